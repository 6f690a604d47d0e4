"""Scenes for tests of offers: who is there, and what waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.actions import begin_chat
from answerable.channels.chat.models import Chat
from answerable.channels.voice.models import Call
from answerable.routing import actions as routing
from answerable.routing.models import Ability, Offer, Presence
from answerable.tickets.actions import Opening, Sender, Wanted, open_ticket, request_callback
from answerable.tickets.models import Callback, Ticket

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def there(*agents: Agent, at: datetime) -> None:
    """Let these agents have a page of the desk open, and be available."""
    for agent in agents:
        beat(agent, at=at)
        routing.set_status(agent, Presence.Status.AVAILABLE, at=at)


def beat(*agents: Agent, at: datetime) -> None:
    """Let a page of each of these agents say that it is open."""
    for agent in agents:
        routing.heard(agent, f"page-{agent.pk}", at=at)


def chat_of(contact: Contact, at: datetime, *, product: str = "", language: str = "en") -> Chat:
    """Let a contact ask for a chat."""
    opening = _opening(contact, Ticket.Channel.CHAT, product=product, language=language)
    return begin_chat(opening, contact=contact, at=at)


def callback_of(contact: Contact, at: datetime) -> Callback:
    """Let a contact ask to be called."""
    wanted = Wanted(phone="+4930901820", country="DE")
    opening = _opening(contact, Ticket.Channel.CALLBACK)
    return request_callback(opening, wanted, contact=contact, at=at)


def call_from(contact: Contact, at: datetime) -> Call:
    """Let a contact dial our number."""
    ticket = open_ticket(_opening(contact, Ticket.Channel.PHONE), at=at)
    return Call.objects.create(
        key=f"in-{contact.pk}",
        ticket=ticket,
        contact=contact,
        way=Call.Way.PROVIDER,
        is_inbound=True,
        dialled_at=at,
    )


def with_telephone(*agents: Agent) -> None:
    """Let these agents have a telephone of their own, which can be rung."""
    for agent in agents:
        phone = f"+4915100000{agent.pk % 1000:03}"
        Ability.objects.update_or_create(agent=agent, defaults={"own_phone": phone})


def ringing() -> list[tuple[str, str]]:
    """Return what rings, and at whom."""
    offers = Offer.objects.filter(ended_at=None).select_related("agent").order_by("pk")
    return [(offer.kind, offer.agent.name.split()[0]) for offer in offers]


def _opening(
    contact: Contact, channel: str, *, product: str = "", language: str = "en"
) -> Opening:
    return Opening(
        sender=Sender(contact=contact, channel=channel),
        body="Exports fail",
        channel=channel,
        product=product,
        language=language,
    )
