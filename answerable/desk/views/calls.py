"""Calls that customers asked for, from the desk: dialled, steered, ended, and written down."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.channels.voice import actions as voice
from answerable.channels.voice.models import Call
from answerable.channels.voice.queries import call_on
from answerable.desk.call_forms import MadeForm, OutcomeForm
from answerable.desk.pages import dialog, found, said
from answerable.desk.words import first_name
from answerable.lib import times
from answerable.lib.phones import shown_phone
from answerable.tickets.actions import (
    CallOver,
    TakenByOther,
    attempt_callback,
    give_up_callback,
    take,
)
from answerable.tickets.models import Callback, Ticket

# What an agent may do to a call that goes on, with the keys that they press.
STEERING: dict[str, Callable[[Call, str, datetime], object]] = {
    "answered": lambda call, keys, at: voice.follow(call, voice.News.ANSWERED, at=at),
    "hold": lambda call, keys, at: voice.hold_call(call, at=at),
    "resume": lambda call, keys, at: voice.resume_call(call, at=at),
    "mute": lambda call, keys, at: voice.mute_call(call, on=True, at=at),
    "unmute": lambda call, keys, at: voice.mute_call(call, on=False, at=at),
    "keys": lambda call, keys, at: voice.press_keys(call, keys, at=at),
    "hang_up": lambda call, keys, at: voice.hang_up(call, at=at),
    "stop_recording": lambda call, keys, at: voice.stop_recording(call, at=at),
}
STEERED: dict[str, Promise] = {
    "answered": gettext_lazy("They answered."),
    "hold": gettext_lazy("The customer waits on the line."),
    "resume": gettext_lazy("You talk again."),
    "mute": gettext_lazy("You are not heard now."),
    "unmute": gettext_lazy("You are heard again."),
    "keys": gettext_lazy("Keys sent."),
    "hang_up": gettext_lazy("Call ended."),
    "stop_recording": gettext_lazy("The recording has ended."),
}


@require_POST
@agent_required
def call_now(request: AgentRequest, number: int) -> HttpResponse:
    """Call the customer: the ticket is the agent's from then on, and it rings or dials."""
    ticket = found(request, number)
    callback = _waiting(ticket)
    if callback is None:
        return said(request, ticket, _("Nobody waits for a call any more."))
    return _called_back(request, callback)


@require_POST
@agent_required
def call_requester(request: AgentRequest, number: int) -> HttpResponse:
    """Call who asks on a ticket at one of their numbers, whether they asked for it or not."""
    ticket = found(request, number)
    if callback := _waiting(ticket):
        return _called_back(request, callback)
    way, own = _way(request)
    phone = request.POST.get("phone", "")

    def begin() -> Call:
        return voice.call_requester(
            ticket, way, agent=request.agent, agent_phone=own, phone=phone, at=now()
        )

    return _called(request, ticket, begin)


def _called_back(request: AgentRequest, callback: Callback) -> HttpResponse:
    way, own = _way(request)
    contact, chosen = callback.contact, request.POST.get("phone", "")
    phone = chosen if chosen in {contact.phone, contact.office_phone} else ""
    if request.POST.get("office"):
        phone = contact.office_phone

    def begin() -> Call:
        return voice.begin_call(
            callback, way, agent=request.agent, agent_phone=own, phone=phone, at=now()
        )

    return _called(request, callback.ticket, begin)


def _called(request: AgentRequest, ticket: Ticket, begin: Callable[[], Call]) -> HttpResponse:
    """Begin a call and take its ticket, or say why it cannot begin."""
    try:
        begun = begin()
    except CallOver:
        return said(request, ticket, _("Nobody waits for a call any more."))
    except voice.NoNumber:
        return said(request, ticket, _("This number is not theirs any more."))
    except voice.AlreadyCalled as going:
        name = first_name(going.call.agent.name) if going.call.agent else ""
        return said(request, ticket, _("{name} calls already.").format(name=name))
    except voice.InCall:
        return said(request, ticket, _("You are in a call already."))
    with suppress(TakenByOther):  # A colleague's ticket stays theirs.
        take(ticket, agent=request.agent, at=now())
    name = begun.contact.name if begun.contact else begun.phone
    return said(request, ticket, _("Calling {name}.").format(name=name))


@require_POST
@agent_required
def call_end(request: AgentRequest, number: int) -> HttpResponse:
    """Record what became of a call that was made by hand, and what was said, if it was said."""
    ticket = found(request, number)
    call = _mine(request, ticket)
    if call is None:
        return said(request, ticket, _("This call is over."))
    form = OutcomeForm(request.POST, call=call)
    if not form.is_valid():
        context = {"ticket": ticket, "form": form, "draft": request.POST.get("summary", "")}
        return render(request, "desk/parts/_call_outcome.html", context, status=422)
    facts = form.cleaned_data
    ended = voice.end_call(call, facts["result"], at=now())
    if facts["summary"].strip():
        voice.note_call(ended, facts["summary"], agent=request.agent, at=now())
    return said(request, ticket, _outcome(ended))


@require_POST
@agent_required
def call_act(request: AgentRequest, number: int, what: str) -> HttpResponse:
    """Note that the customer answered, hold, resume, hang up, or be ready for the next."""
    ticket, at = found(request, number), now()
    if what == "ready":
        voice.be_ready(request.agent, at=at)
        return said(request, ticket, _("You get offers again."))
    if what == "write":
        return _in_writing(request, ticket, at)
    steer, call = STEERING.get(what), _mine(request, ticket)
    if steer is None:
        raise Http404
    if call is None:
        return said(request, ticket, _("This call is over."))
    steer(call, request.POST.get("keys", ""), at)
    return said(request, ticket, str(STEERED[what]), unseen=True)


@require_POST
@agent_required
def call_note(request: AgentRequest, number: int) -> HttpResponse:
    """Keep the summary of a call that is over."""
    ticket = found(request, number)
    calls = Call.objects.without_summary().filter(ticket=ticket, agent=request.agent)
    call = calls.order_by("-pk").first()
    text = request.POST.get("summary", "")
    if call is None or not text.strip():
        return said(request, ticket, _("Enter what was said"))
    voice.note_call(call, text, agent=request.agent, at=now())
    return said(request, ticket, _("Summary added."))


@require_POST
@agent_required
def call_code(request: AgentRequest, number: int) -> HttpResponse:
    """Look up a code that the caller reads out."""
    ticket = found(request, number)
    call = _mine(request, ticket)
    if call is None:
        return said(request, ticket, _("This call is over."))
    try:
        is_them = voice.identify_caller(
            call, request.POST.get("code", ""), agent=request.agent, at=now()
        )
    except voice.TooManyTries:
        words = _("Too many wrong codes in this call. Do not discuss account matters.")
        return said(request, ticket, words)
    name = call.contact.name if call.contact else ""
    words = _("It is {name}.") if is_them else _("This code is not that of {name}.")
    return said(request, ticket, words.format(name=name))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def call(request: AgentRequest, number: int) -> HttpResponse:
    """Ask what became of a call that was made without a word here, or record it."""
    ticket = found(request, number)
    callback = _waiting(ticket)
    if callback is None:
        return said(request, ticket, _("Nobody waits for a call any more."))
    form = MadeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = attempt_callback(
                callback, form.attempt(now()), agent=request.agent, at=now()
            )
        except CallOver:
            return said(request, ticket, _("Nobody waits for a call any more."))
        return said(request, ticket, _words(made))
    context = {"ticket": ticket, "form": form, "callback": callback}
    context |= {"shown": shown_phone(callback.phone)}
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_call.html", context, status=status)


def _in_writing(request: AgentRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    """Let a request go on in writing whose customer cannot be called."""
    callback = _waiting(ticket)
    if callback is None:
        return said(request, ticket, _("Nobody waits for a call any more."))
    with suppress(CallOver):
        give_up_callback(callback, agent=request.agent, at=at)
    return said(request, ticket, _("The request goes on in writing. Write the reply now."))


def _waiting(ticket: Ticket) -> Callback | None:
    waiting = Callback.objects.waiting().filter(ticket=ticket)
    return waiting.select_related("ticket", "contact").first()


def _mine(request: AgentRequest, ticket: Ticket) -> Call | None:
    call = call_on(ticket)
    return call if call and call.agent_id == request.agent.pk else None


def _way(request: AgentRequest) -> tuple[str, str]:
    """Return by which way the agent calls, and where a provider rings them."""
    ability = getattr(request.agent, "ability", None)
    usual = ability.call_way if ability else Call.Way.BROWSER
    return request.POST.get("way") or usual, ability.own_phone if ability else ""


def _outcome(call: Call) -> str:
    if call.callback:
        call.callback.refresh_from_db()
        return _words(call.callback)
    return _("The call is recorded.")


def _words(callback: Callback) -> str:
    name = callback.contact.name
    if callback.outcome == Callback.Outcome.CONNECTED:
        return _("The call with {name} is recorded.").format(name=name)
    if callback.again_at:
        time = times.clock_time(callback.again_at, get_current_timezone())
        return _("{name} was not reached. Try again at {time}.").format(name=name, time=time)
    return _("{name} was not reached. Answer in writing.").format(name=name)
