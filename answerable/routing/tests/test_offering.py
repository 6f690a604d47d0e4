"""What waits rings at one agent, goes on to the next, and is one person's in the end."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.channels.chat.actions import begin_chat
from answerable.channels.chat.models import Chat
from answerable.routing import actions as routing
from answerable.routing.actions import accept_offer
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Offer, Presence
from answerable.routing.queries import offers_ringing
from answerable.routing.waiting import RINGS
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, Sender, Wanted
from answerable.tickets.models import Callback, Ticket

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
Status, Outcome = Presence.Status, Offer.Outcome


def there(*agents: Agent, at: datetime) -> None:
    """Let these agents have a page of the desk open, and be available."""
    for agent in agents:
        routing.heard(agent, f"page-{agent.pk}", at=at)
        routing.set_status(agent, Status.AVAILABLE, at=at)


def chat_of(contact: Contact, at: datetime, **more: str) -> Chat:
    opening = Opening(
        sender=Sender(contact=contact), body="Exports fail", channel=Ticket.Channel.CHAT, **more
    )
    return begin_chat(opening, contact=contact, at=at)


def callback_of(contact: Contact, at: datetime) -> Callback:
    opening = Opening(
        sender=Sender(contact=contact), body="Call me", channel=Ticket.Channel.CALLBACK
    )
    wanted = Wanted(phone="+4930901820", country="DE")
    return tickets.request_callback(opening, wanted, contact=contact, at=at)


def ringing(at: datetime, *agents: Agent) -> list[tuple[str, str]]:
    """What rings, and at whom."""
    offers = Offer.objects.filter(ended_at=None).select_related("agent").order_by("pk")
    return [(offer.kind, offer.agent.name.split()[0]) for offer in offers]


def test_a_chat_rings_at_who_is_there(cast: Cast, at: datetime) -> None:
    chat = chat_of(cast.sam, at)
    assert dispatch(at=at) == 0
    there(cast.ben, at=at)
    assert dispatch(at=at) == 1
    (offer,) = offers_ringing(cast.ben, at)
    assert (offer.chat, offer.ends_at) == (chat, at + RINGS)
    assert accept_offer(offer, agent=cast.ben, at=at + SECOND) == chat
    chat.refresh_from_db()
    assert (chat.agent, chat.ticket.assignee) == (cast.ben, cast.ben)
    assert dispatch(at=at + SECOND) == 0
