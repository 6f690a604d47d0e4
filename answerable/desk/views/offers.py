"""Offers: what rings at an agent, and claimed tickets that nobody has taken."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.channels.chat import actions as chats
from answerable.channels.chat.models import Chat
from answerable.channels.voice.actions import InCall
from answerable.channels.voice.models import Call
from answerable.desk.pages import CHANGED, found, said, trigger
from answerable.desk.queries import offers as queries
from answerable.desk.queries.leads import lead_cards
from answerable.desk.queries.notices import notice_cards
from answerable.desk.queries.suggested import suggested_to
from answerable.desk.words import first_name, reasons_to_decline
from answerable.lib.pages import wants_part
from answerable.routing import actions as routing
from answerable.routing.models import Offer
from answerable.tickets import actions
from answerable.tickets.models import Ticket


@require_safe
@never_cache
@agent_required
def offers(request: AgentRequest) -> HttpResponse:
    """The cards of this agent; for those the page had, what became of them meanwhile."""
    agent, at, zone = request.agent, now(), get_current_timezone()
    had = request.GET.get("have", "").split(",")[: queries.MOST_ASKED]
    tickets = [int(number) for number in had if _is_number(number)]
    rang = [int(number[1:]) for number in had if number[:1] == "o" and _is_number(number[1:])]
    context = {
        "rings": queries.ring_cards(agent, at=at, zone=zone),
        "cards": queries.offer_cards(agent, have=tickets, at=at, zone=zone),
        "gone": queries.gone_cards(agent, rang),
        "is_paused": queries.is_paused(agent),
        "lead_cards": lead_cards(agent, at),
        "suggested": suggested_to(agent, at, zone),
        "notice_cards": notice_cards(agent, at, zone),
    }
    context["why"] = reasons_to_decline().items()
    return render(request, "desk/parts/_offers.html", context)


@require_POST
@agent_required
def accept(request: AgentRequest, number: int) -> HttpResponse:
    """Take what rings; the first one wins, and the others are told who."""
    offer = _offer(request, number)
    try:
        taken = routing.accept_offer(offer, agent=request.agent, at=now())
    except routing.OfferOver as over:
        return said(request, None, _over(over))
    except InCall:
        return said(request, None, _("You are in a call. End it first."))
    address, words = _place(taken)
    if not wants_part(request):
        return redirect(address)
    answer = said(request, None, words, unseen=True)
    # Enter saves what became of a call made by hand, without a way to the form first.
    place = {"address": address, "focus": "call-outcome"}
    return trigger(answer, CHANGED, **{"desk:taken": place})


@require_POST
@agent_required
def decline(request: AgentRequest, number: int) -> HttpResponse:
    """Pass what rings on to the next person, with a reason or without."""
    why = request.POST.get("why", "")
    try:
        offer = _offer(request, number)
        reason = why if why in reasons_to_decline() else ""
        routing.decline_offer(offer, agent=request.agent, reason=reason, at=now())
    except routing.OfferOver as over:
        return said(request, None, _over(over))
    return said(request, None, _("Not now. It goes to the next person."))


@require_POST
@agent_required
def claim(request: AgentRequest, number: int) -> HttpResponse:
    """Take an offered ticket; the first one wins, and the others are told who."""
    ticket = found(request, number)
    routing.mark_seen(request.agent, ticket=ticket, at=now())
    try:
        actions.take(ticket, agent=request.agent, at=now())
    except actions.TakenByOther as taken:
        return said(
            request, ticket, _("{name} took it").format(name=first_name(taken.agent.name))
        )
    answer = said(request, ticket, _("Took #{number}.").format(number=number))
    if wants_part(request):
        address = reverse("desk:queue_ticket", args=["all", number])
        trigger(
            answer, CHANGED, **{"desk:open": {"address": address, "focus": "triage-choice"}}
        )
    return answer


@require_POST
@agent_required
def later(request: AgentRequest, number: int) -> HttpResponse:
    """Put an offer away; the next step of the ladder may bring it back."""
    ticket = found(request, number)
    routing.mark_seen(request.agent, ticket=ticket, at=now())
    return said(request, ticket, _("Not now. Somebody else may claim it."))


@require_POST
@agent_required(role=Agent.Role.LEAD)
def line(request: AgentRequest) -> HttpResponse:
    """Let nobody new into the line of chats, or let them in again."""
    if request.POST.get("open") == "1":
        chats.open_line(agent=request.agent, at=now())
        return said(request, None, _("Chat is open again."))
    chats.close_line(agent=request.agent, at=now())
    return said(request, None, _("Chat is closed for new people. Who waits goes on waiting."))


def _offer(request: AgentRequest, number: int) -> Offer:
    mine = Offer.objects.filter(agent=request.agent)
    offer = mine.filter(pk=number).first() if number < 2**63 else None
    if offer is None:
        raise Http404
    return offer


def _place(taken: Chat | Call | Ticket) -> tuple[str, str]:
    """Return where what was taken goes on, and what is said of it."""
    if isinstance(taken, Chat):
        words = _("You are in the chat with {name}.").format(
            name=first_name(taken.contact.name)
        )
        return reverse("desk:chat", args=[taken.key]), words
    ticket = taken.ticket_id if isinstance(taken, Call) else taken.pk
    words = _("Took #{number}.").format(number=ticket)
    return reverse("desk:queue_ticket", args=["all", ticket]), words


def _over(over: routing.OfferOver) -> str:
    if over.by:
        return _("{name} took it").format(name=first_name(over.by.name))
    return _("It does not ring any more.")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
