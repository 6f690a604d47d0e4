"""What one was told: the list, what is new, and what the buttons of cards do."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import CHANGED, found, frame_context, said, trigger
from answerable.desk.queries.notices import news_of, notices_page
from answerable.lib.pages import wants_part
from answerable.live.queries import newest_number
from answerable.notices import actions
from answerable.notices.models import Follow, Notice
from answerable.routing.on_call_plan import own_line
from answerable.tickets import actions as tickets

MOST_MARKED = 200


@require_safe
@never_cache
@agent_required
def notices(request: AgentRequest) -> HttpResponse:
    """List what this agent was told, unread or all, or what needed no action."""
    at = now()
    context = frame_context(request) | {
        "after": newest_number(),
        "view": "notices",
        "listed": notices_page(request.agent, request.GET, at),
        "line": own_line(request.agent, at, get_current_timezone()),
    }
    return render(request, "desk/notices.html", context)


@require_POST
@never_cache
@agent_required
def news(request: AgentRequest) -> HttpResponse:
    """Say how many notices are unread, and what came after one in lines. What is about the
    ticket that is looked at has been read."""
    looks, after = _number(request, "looks"), _number(request, "after")
    if looks is not None:
        actions.see_ticket(request.agent, looks, at=now())
    return JsonResponse(news_of(request.agent, after, now()))


@require_POST
@agent_required
def read(request: AgentRequest) -> HttpResponse:
    """Mark all notices as read, or some as read or unread."""
    numbers = [int(n) for n in request.POST.getlist("number")[:MOST_MARKED] if n.isdecimal()]
    if request.POST.get("as") == "unread":
        actions.mark_unread(request.agent, numbers)
    else:
        is_all = request.POST.get("as") == "all"
        actions.mark_read(request.agent, None if is_all else numbers, at=now())
    return redirect(request.POST.get("next") or "desk:notices")


@require_POST
@agent_required
def away(request: AgentRequest, number: int) -> HttpResponse:
    """Take note of a notice; what insists stops for everybody who was told."""
    notice = _mine(request, number)
    actions.put_away(notice, at=now())
    return said(request, notice.ticket, _("You have taken note of it."), unseen=True)


@require_POST
@agent_required
def take_over(request: AgentRequest, number: int) -> HttpResponse:
    """Take a ticket over from a colleague who does not answer."""
    notice, at = _mine(request, number), now()
    ticket = found(request, notice.ticket_id)
    if ticket.assignee_id != request.agent.pk:
        tickets.assign(ticket, to=request.agent, agent=request.agent, at=at)
    actions.put_away(notice, at=at)
    answer = said(request, ticket, _("#{number} is yours now.").format(number=ticket.pk))
    if wants_part(request):
        address = reverse("desk:queue_ticket", args=["all", ticket.pk])
        trigger(answer, CHANGED, **{"desk:open": {"address": address}})
    return answer


@require_POST
@agent_required
def follow(request: AgentRequest, number: int) -> HttpResponse:
    """Follow a ticket, or follow it no more."""
    ticket = found(request, number)
    if Follow.objects.filter(ticket=ticket, agent=request.agent).exists():
        actions.unfollow(ticket, agent=request.agent)
        return said(
            request, ticket, _("You do not follow #{number} any more.").format(number=number)
        )
    actions.follow(ticket, agent=request.agent, at=now())
    words = _("You follow #{number}: you are told quietly of what happens to it.")
    return said(request, ticket, words.format(number=number))


def _number(request: AgentRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _mine(request: AgentRequest, number: int) -> Notice:
    rows = Notice.objects.filter(agent=request.agent).select_related("ticket")
    notice = rows.filter(pk=number).first() if number < 2**63 else None
    if notice is None:
        raise Http404
    return notice
