"""Replies that wait for the time that their writer chose, or for a colleague to read them."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.desk.composing import Written, send_at_in
from answerable.desk.pages import CHANGED, found, said, trigger
from answerable.files.actions import Waiting
from answerable.lib import times
from answerable.lib.pages import wants_part
from answerable.tickets import actions
from answerable.tickets.actions import preparing
from answerable.tickets.events import Verb
from answerable.tickets.held_back import held_back_words
from answerable.tickets.models import PreparedReply, Ticket

# A file waits for thirty days from the instant for which its reply is planned.
LONGEST_AHEAD = timedelta(days=365)
# What a text may wait for: a time, or a colleague.
LATER, REVIEW = "later", "review"


def prepared(
    request: AgentRequest, ticket: Ticket, reply: Written, files: Waiting, then: str
) -> tuple[str, str]:
    """Let a reply wait; return what is wrong, or else what was done. Raises NewerMessages."""
    until = until_of(request, then)
    if isinstance(until, str):
        return until, ""
    answer = actions.Answer(request.agent, reply.body, reply.seen, data=reply.data)
    try:
        preparing.prepare_reply(ticket, answer, until, files, at=now())
    except preparing.AlreadyPrepared:
        return _("A reply of yours waits on this ticket already. Edit that one."), ""
    except preparing.TimeHasPassed:
        return time_has_passed(), ""
    return "", until_words(until)


def time_has_passed() -> str:
    """Return what is said of a time that is over before anything could wait for it."""
    return _("That time has passed. Choose a later one.")


def until_of(request: AgentRequest, then: str) -> preparing.Until | str:
    """Return what a form lets its text wait for, or what is wrong with that."""
    return _later(request) if then == LATER else _reviewed(request)


def until_words(until: preparing.Until) -> str:
    """Return when something is sent that waits."""
    if until.send_at:
        time = times.moment(until.send_at, now(), timezone.get_current_timezone())
        return _("It is sent {time}.").format(time=time)
    name = until.reviewer.name if until.reviewer else ""
    return _("{name} is asked to read it. It is sent once they approve.").format(name=name)


def _later(request: AgentRequest) -> preparing.Until | str:
    send_at = send_at_in(request.POST, timezone.get_current_timezone())
    if send_at is None:
        return _("Choose when it is sent")
    if send_at > now() + LONGEST_AHEAD:
        return _("Choose a time within a year")
    return preparing.Until(send_at=send_at)


def _reviewed(request: AgentRequest) -> preparing.Until | str:
    number = request.POST.get("reviewer", "")
    others = Agent.objects.active().exclude(pk=request.agent.pk)
    reviewer = others.filter(pk=number).first() if number.isdecimal() else None
    if reviewer is None:
        return _("Select who reads it")
    return preparing.Until(reviewer=reviewer)


@require_POST
@never_cache
@agent_required
def call_off(request: AgentRequest, number: int, prepared_reply: int) -> HttpResponse:
    """Make a reply that waits a draft again, to edit it or to leave it."""
    ticket, waits = _waiting(request, number, prepared_reply)
    try:
        preparing.call_off(waits, agent=request.agent, at=now())
    except preparing.NotTheReviewer as theirs:
        raise Http404 from theirs
    except preparing.NotWaiting:
        return said(request, ticket, _("It was sent or given back meanwhile."))
    return _undone(request, ticket, _("It is your draft again."))


@require_POST
@agent_required
def approve(request: AgentRequest, number: int, prepared_reply: int) -> HttpResponse:
    """Send a colleague's reply in their name."""
    ticket, waits = _waiting(request, number, prepared_reply)
    try:
        sent = preparing.approve_reply(waits, reviewer=request.agent, at=now())
    except preparing.NotTheReviewer as theirs:
        raise Http404 from theirs
    except preparing.NotWaiting:
        return said(request, ticket, _("It was sent or given back meanwhile."))
    if sent is None:
        words = _("Not sent: {why}. {name} has it as a draft again.")
        words = words.format(why=_why(ticket), name=waits.agent.name)
        return said(request, ticket, words)
    return said(request, ticket, _("Approved and sent."))


def _why(ticket: Ticket) -> str:
    """Return why the reply that was just held back was not sent."""
    line = ticket.events.filter(verb=Verb.REPLY_OVERTAKEN).latest("pk")
    return held_back_words(line.data.get("why", ""))


@require_POST
@agent_required
def send_back(request: AgentRequest, number: int, prepared_reply: int) -> HttpResponse:
    """Give a colleague's reply back to them with a sentence."""
    ticket, waits = _waiting(request, number, prepared_reply)
    words = request.POST.get("words", "")
    try:
        preparing.return_reply(waits, reviewer=request.agent, words=words, at=now())
    except preparing.NotTheReviewer as theirs:
        raise Http404 from theirs
    except preparing.NotWaiting:
        return said(request, ticket, _("It was sent or given back meanwhile."))
    except actions.Empty:
        return said(
            request,
            ticket,
            _("Not sent back: enter a sentence for {name}.").format(name=waits.agent.name),
        )
    except actions.TooLong:
        return said(request, ticket, _("Not sent back: the sentence is too long."))
    words = _("Sent back to {name}.").format(name=waits.agent.name)
    return said(request, ticket, words)


def _waiting(
    request: AgentRequest, number: int, prepared_reply: int
) -> tuple[Ticket, PreparedReply]:
    ticket = found(request, number)
    theirs = PreparedReply.objects.select_related("ticket", "agent", "reviewer")
    return ticket, get_object_or_404(theirs, pk=prepared_reply, ticket=ticket)


def _undone(request: AgentRequest, ticket: Ticket, text: str) -> HttpResponse:
    answer = said(request, ticket, text)
    if wants_part(request):
        address = f"/desk/q/all/{ticket.pk}/"
        trigger(answer, CHANGED, **{"desk:undone": {"number": ticket.pk, "address": address}})
    return answer
