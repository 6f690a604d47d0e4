"""Replies, notes and drafts: each has its own address and field, and none becomes another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import CHANGED, desk_context, found, said, trigger
from answerable.desk.rows import person_of
from answerable.desk.words import seconds
from answerable.lib.pages import wants_part
from answerable.sla.grace import grace_of, left_on
from answerable.tickets import actions
from answerable.tickets.core.grace import NONE
from answerable.tickets.models import Message, Ticket

SECOND = timedelta(seconds=1)


@require_POST
@agent_required
def reply(request: AgentRequest, number: int) -> HttpResponse:
    """Send a reply to the customer, unless somebody wrote since its writer last looked."""
    ticket = found(request, number)
    body = request.POST.get("reply", "")
    if ticket.state == Ticket.State.REVIEW:
        return _refused(request, ticket, "reply", body, _("Let it in before you reply"))
    try:
        sent = actions.send(
            ticket,
            actions.Answer(request.agent, body, _seen(request), grace=grace_of),
            at=now(),
        )
    except actions.NewerMessages as newer:
        return _newer(request, ticket, body, newer)
    except actions.Empty:
        return _refused(request, ticket, "reply", body, _("Enter a reply"))
    except actions.TooLong:
        text = _("The reply must be {count} characters or fewer")
        return _refused(request, ticket, "reply", body, text)
    return _sent(request, ticket, "reply", _sending(ticket, sent), unseen=bool(sent.leaves_at))


@require_POST
@agent_required
def note(request: AgentRequest, number: int) -> HttpResponse:
    """Add an internal note, which no customer ever sees."""
    ticket = found(request, number)
    body = request.POST.get("note", "")
    try:
        actions.add_note(ticket, agent=request.agent, body=body, at=now())
    except actions.Empty:
        return _refused(request, ticket, "note", body, _("Enter a note"))
    except actions.TooLong:
        text = _("The note must be {count} characters or fewer")
        return _refused(request, ticket, "note", body, text)
    return _sent(request, ticket, "note", _("Note added."))


@require_POST
@agent_required
def draft(request: AgentRequest, number: int, mode: str) -> HttpResponse:
    """Keep what was typed, and say when."""
    ticket, at = found(request, number), now()
    body = request.POST.get("text", "")
    actions.save_draft(ticket, agent=request.agent, mode=mode, body=body, at=at)
    time = seconds(at, timezone.get_current_timezone())
    return JsonResponse({"saved": _("saved {time}").format(time=time) if body.strip() else ""})


def _seen(request: AgentRequest) -> int:
    """Return the last event that the writer had on the page, or chose to send past."""
    numbers = (request.POST.get(name, "") for name in ("seen_now", "seen"))
    return next((int(text) for text in numbers if text.isascii() and text.isdigit()), 0)


def _sending(ticket: Ticket, reply: Message) -> str:
    """Return that a reply waits, that its promise could not, or to whom it goes."""
    if reply.leaves_at:
        left = reply.leaves_at - reply.written_at
        return _("Sending in {seconds} s.").format(seconds=round(left.total_seconds()))
    left_on_promise = left_on(ticket, reply.written_at)
    if not settings.ANSWERABLE_UNDO_SECONDS or left_on_promise is None:
        return _("Sending to {name}.").format(name=person_of(ticket))
    if left_on_promise < NONE:
        return _("Sent at once: the promise is late already.")
    words = _("Sent at once: {seconds} s were left on the promise.")
    return words.format(seconds=left_on_promise // SECOND)


def _sent(
    request: AgentRequest, ticket: Ticket, mode: str, text: str, *, unseen: bool = False
) -> HttpResponse:
    answer = said(request, ticket, text, unseen=unseen)
    if wants_part(request):
        trigger(answer, CHANGED, **{"desk:sent": {"mode": mode}})
    return answer


def _refused(
    request: AgentRequest, ticket: Ticket, mode: str, body: str, text: str
) -> HttpResponse:
    """Say what is missing; the text stays where it was typed."""
    text = text.format(count=number_format(actions.LONGEST, force_grouping=True))
    if wants_part(request):
        return render(request, "desk/parts/_refused.html", {"text": text}, status=422)
    return _whole(request, ticket, mode, body, {"problem": text})


def _newer(
    request: AgentRequest, ticket: Ticket, body: str, newer: actions.NewerMessages
) -> HttpResponse:
    count = len(newer.messages)
    last = ticket.events.order_by("-pk").values_list("pk", flat=True).first()
    context = {
        "messages_since": newer.messages,
        "seen_now": last,
        "ticket": ticket,
        "title": ngettext(
            "{count} new message since you started",
            "{count} new messages since you started",
            count,
        ).format(count=count),
    }
    if wants_part(request):
        return render(request, "desk/parts/_newer.html", context, status=422)
    return _whole(request, ticket, "reply", body, context)


def _whole(
    request: AgentRequest, ticket: Ticket, mode: str, body: str, more: Mapping[str, object]
) -> HttpResponse:
    context = desk_context(request, "all", ticket) | dict(more)
    context |= {"problem_in": mode, "typed": body}
    return render(request, "desk/desk.html", context, status=422)
