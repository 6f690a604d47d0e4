"""What rings at an agent, claims that they may take, and what became of cards that went.

A few queries where nothing rings.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Contact
from answerable.channels.voice.models import Transfer
from answerable.channels.voice.told_transfers import open_transfer
from answerable.desk.words import first_name, min_left
from answerable.lib import times
from answerable.lib.phones import shown_phone
from answerable.routing.models import Offer, Presence
from answerable.routing.queries import offers_ringing, offers_to
from answerable.sla.models import Clock, Decision
from answerable.sla.words import language_names
from answerable.tickets.models import Ticket

Kind = Offer.Kind
MOST_ASKED = 20


@dataclass(frozen=True, slots=True)
class Card:
    """A claim that this agent was told of and may take, or who took it."""

    ticket: Ticket
    due: str = ""
    left: str = ""
    taken_by: str = ""

    @property
    def number(self) -> str:
        """What the page knows the card by."""
        return str(self.ticket.pk)

    @property
    def account(self) -> str:
        """Whose ticket it is."""
        return self.ticket.customer.name if self.ticket.customer else self.ticket.sender_name


@dataclass(frozen=True)
class Ring:
    """Something that rings at this agent: what it is, who waits, since when and until when."""

    offer: Offer
    at: datetime
    zone: tzinfo

    @property
    def number(self) -> str:
        """What the page knows the card by."""
        return f"o{self.offer.pk}"

    @property
    def kind(self) -> str:
        """What is offered, by Offer.Kind."""
        return self.offer.kind

    @property
    def ticket(self) -> Ticket:
        """The ticket that it is on."""
        return self.offer.ticket

    @property
    def account(self) -> str:
        """Whose ticket it is."""
        return self.ticket.customer.name if self.ticket.customer else ""

    @cached_property
    def contact(self) -> Contact | None:
        """Who waits."""
        offer = self.offer
        if offer.callback:
            return offer.callback.contact
        if offer.call:
            return offer.call.contact
        return offer.chat.contact if offer.chat else self.ticket.requester

    @property
    def who(self) -> str:
        """The name of who waits; of an unknown caller, their number."""
        if self.contact:
            return self.contact.name
        return self.phone or self.ticket.sender_name or _("Unknown caller")

    @cached_property
    def transfer(self) -> Transfer | None:
        """How a colleague hands the call on, None where nobody does."""
        call = self.offer.call if self.kind == Kind.HANDED else None
        return open_transfer(call) if call else None

    @property
    def from_whom(self) -> str:
        """Which colleague hands the call on."""
        return first_name(self.transfer.by.name) if self.transfer else ""

    @cached_property
    def plan(self) -> str:
        """The plan by which they are promised something."""
        decided = Decision.objects.filter(ticket=self.ticket, plan_version__isnull=False)
        name = "plan_version__plan__name"
        return decided.order_by("-pk").values_list(name, flat=True).first() or ""

    @property
    def facts(self) -> list[str]:
        """What else is known of a caller: account, plan, role, language, their time of day."""
        person = self.contact
        known = [self.account, self.plan]
        if person:
            local = f"{self.at.astimezone(ZoneInfo(person.zone)):%H:%M}"
            known += [
                str(_(person.get_product_role_display())),
                language_names([person.language]),
            ]
            known.append(_("local {time}").format(time=local))
        return [fact for fact in known if fact]

    @property
    def since(self) -> datetime:
        """Since when they wait."""
        offer = self.offer
        if offer.chat:
            return offer.chat.asked_at
        if self.kind == Kind.HANDED:
            return offer.made_at
        return offer.call.dialled_at if offer.call else offer.made_at

    @property
    def waited(self) -> str:
        """How long they have waited: “0:12”."""
        seconds = max(0, (self.at - self.since) // timedelta(seconds=1))
        return f"{seconds // 60}:{seconds % 60:02}"

    @property
    def lasts(self) -> int:
        """For how many seconds it rings."""
        return int((self.offer.ends_at - self.offer.made_at).total_seconds())

    @property
    def phone(self) -> str:
        """The number that is called, or calls, as people read it."""
        one = self.offer.callback or self.offer.call
        return shown_phone(one.phone) if one and one.phone else ""

    @cached_property
    def due_at(self) -> datetime | None:
        """When the call, or the first reply, is due; None where nothing is promised."""
        is_call = self.kind == Kind.CALLBACK
        metric = Clock.Metric.CALLBACK_START if is_call else Clock.Metric.FIRST_RESPONSE
        found = Clock.objects.awaited().filter(ticket=self.ticket, metric=metric)
        return found.values_list("due_at", flat=True).first()

    @property
    def due(self) -> str:
        """When it is due, in words."""
        return times.moment(self.due_at, self.at, self.zone) if self.due_at else ""

    @property
    def left(self) -> str:
        """How much time is left, in words."""
        return min_left(self.due_at, self.at) if self.due_at else ""


@dataclass(frozen=True, slots=True)
class Gone:
    """An offer that this agent had, and what became of it in words."""

    number: str
    words: str


def ring_cards(agent: Agent, *, at: datetime, zone: tzinfo) -> list[Ring]:
    """Return what rings at an agent, the latest first."""
    return [Ring(offer, at, zone) for offer in offers_ringing(agent, at)]


def offer_cards(agent: Agent, *, have: Sequence[int], at: datetime, zone: tzinfo) -> list[Card]:
    """Return the claims an agent may take; of those in `have` that went, who took them."""
    cards = [_card(ticket, due, at, zone) for ticket, due in offers_to(agent).items()]
    gone = set(have) - {card.ticket.pk for card in cards}
    if not gone:
        return cards
    others = Ticket.objects.filter(pk__in=gone).exclude(assignee=None).exclude(assignee=agent)
    return cards + [
        Card(ticket, taken_by=first_name(ticket.assignee.name))
        for ticket in others.select_related("assignee", "customer")
        if ticket.assignee
    ]


def gone_cards(agent: Agent, had: Collection[int]) -> list[Gone]:
    """Return what became of offers that an agent had; nothing of those that they ended."""
    if not had:
        return []
    ended = Offer.objects.filter(agent=agent, pk__in=had, ended_at__isnull=False)
    rows = ended.select_related(
        "ticket__assignee", "ticket__requester", "chat__agent", "call__agent"
    )
    told = [(offer, _became(offer, agent)) for offer in rows]
    return [Gone(f"o{offer.pk}", words) for offer, words in told if words]


def is_paused(agent: Agent) -> bool:
    """Say whether an agent missed two offers, and has not said since that they are back."""
    return Presence.objects.filter(agent=agent, is_paused=True).exists()


def _card(ticket: Ticket, due: datetime | None, at: datetime, zone: tzinfo) -> Card:
    if due is None:
        return Card(ticket)
    return Card(ticket, times.moment(due, at, zone), min_left(due, at))


def _became(offer: Offer, agent: Agent) -> str:
    other = _who_has(offer)
    if other and other != agent:
        words = {
            Kind.CHAT: _("{name} took this chat."),
            Kind.CRITICAL: _("{name} took it"),
        }.get(Kind(offer.kind), _("{name} took this call."))
        return words.format(name=first_name(other.name))
    if offer.outcome == Offer.Outcome.MISSED:
        return _("You did not take it. It goes to the next.")
    if offer.outcome == Offer.Outcome.WITHDRAWN:
        return _("Nobody waits there any more.")
    return ""


def _who_has(offer: Offer) -> Agent | None:
    if offer.kind == Kind.CRITICAL:
        return offer.ticket.assignee
    if offer.kind == Kind.HANDED and offer.call:
        taken = offer.call.transfers.filter(taken_by__isnull=False).order_by("-pk").first()
        return taken.taken_by if taken else None
    one = offer.chat or offer.call
    return one.agent if one else None
