"""What is asked in a call that goes on: to whom it goes, and whether it may be recorded."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.channels.voice import actions as voice
from answerable.channels.voice.models import Call
from answerable.channels.voice.told_transfers import rings_words
from answerable.desk.chat_forms import TransferForm
from answerable.desk.pages import dialog, said
from answerable.desk.queries.standing import others_standing
from answerable.tickets.actions import CallOver


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def hand_on(request: AgentRequest, key: str) -> HttpResponse:
    """Ask to whom a call goes on and why, or let it ring there."""
    call = _mine(request, key)
    posted = request.POST if request.method == "POST" else None
    form = TransferForm(others_standing(request.agent, now()), posted)
    if not form.is_valid():
        context = {"call": call, "ticket": call.ticket, "form": form}
        status = 422 if form.errors else 200
        return dialog(request, "desk/parts/_call_transfer.html", context, status=status)
    chosen = form.onward()
    onward = voice.Onward(
        sentence=chosen.sentence, to=chosen.to, skill=chosen.skill, team=chosen.team
    )
    try:
        transfer = voice.hand_on(call, onward, agent=request.agent, at=now())
    except (CallOver, voice.NotInCall):
        return said(request, call.ticket, _("Only a call in which you talk can be handed on."))
    return said(request, call.ticket, rings_words(transfer))


@require_POST
@agent_required
def keep(request: AgentRequest, key: str) -> HttpResponse:
    """Let a call ring at nobody else: it stays this agent's."""
    call = _mine(request, key)
    voice.keep_call(call, at=now())
    return said(request, call.ticket, _("You keep the call."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def record(request: AgentRequest, key: str) -> HttpResponse:
    """Say what to ask the customer, or begin to record: they agreed."""
    call = _mine(request, key)
    if request.method != "POST":
        context: dict[str, object] = {"call": call, "ticket": call.ticket}
        context |= {"days": settings.ANSWERABLE_RECORDINGS_DAYS}
        return dialog(request, "desk/parts/_call_record.html", context)
    try:
        voice.consent(call, agent=request.agent, at=now())
    except voice.NotInCall:
        return said(request, call.ticket, _("Only a call in which you talk can be recorded."))
    return said(request, call.ticket, _("The customer agreed. The recording begins."))


def _mine(request: AgentRequest, key: str) -> Call:
    calls = Call.objects.filter(key=key[:32], agent=request.agent)
    call = calls.select_related("ticket", "contact", "agent").first()
    if call is None:
        raise Http404
    return call
