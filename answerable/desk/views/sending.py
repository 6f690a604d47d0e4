"""The seconds in which a reply can be taken back: its bar, undo, and sending it at once."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.channels.email import actions as mail
from answerable.desk.pages import CHANGED, found, said, trigger
from answerable.desk.queries.sending import waiting_of
from answerable.desk.words import seconds
from answerable.lib.pages import wants_part
from answerable.tickets.actions import HasLeft
from answerable.tickets.models import Message


@require_safe
@never_cache
@agent_required
def sending(request: AgentRequest) -> HttpResponse:
    """What waits to leave, for the bar of every page."""
    context = {"sending": waiting_of(request.agent)}
    return render(request, "desk/parts/_sending.html", context)


@require_POST
@agent_required
def undo(request: AgentRequest, message: int) -> HttpResponse:
    """Take a reply back: its words are the draft of its ticket again."""
    reply = _mine(request, message)
    ticket = found(request, reply.ticket_id)
    try:
        if reply.kind == Message.Kind.REPLY:
            mail.take_back(reply, agent=request.agent, at=now())
    except HasLeft:
        reply.refresh_from_db()
        correct = f"{reverse('desk:ticket', args=[ticket.pk])}#reply-text"
        return said(request, ticket, _too_late(reply), leads=correct)
    answer = said(request, ticket, _("Not sent. It is your draft again."))
    if wants_part(request):
        address = reverse("desk:queue_ticket", args=["all", ticket.pk])
        trigger(answer, CHANGED, **{"desk:undone": {"number": ticket.pk, "address": address}})
    return answer


@require_POST
@agent_required
def send_now(request: AgentRequest, message: int) -> HttpResponse:
    """Let a reply leave at once."""
    reply = _mine(request, message)
    ticket = found(request, reply.ticket_id)
    mail.send_now(reply, agent=request.agent, at=now())
    return said(request, ticket, _("Sending now."))


def _mine(request: AgentRequest, number: int) -> Message:
    kinds = [Message.Kind.REPLY, Message.Kind.TAKEN_BACK]
    mine = Message.objects.filter(pk=number, agent=request.agent, kind__in=kinds)
    reply = mine.select_related("ticket").first()
    if reply is None:
        raise Http404
    return reply


def _too_late(reply: Message) -> str:
    if reply.delivered_at:
        time = seconds(reply.delivered_at, timezone.get_current_timezone())
        return _("Already delivered at {time}. Write a correction?").format(time=time)
    return _("It is on its way already. Write a correction?")
