"""Everything that the page of one ticket shows, with what it costs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.models import Chat
from answerable.channels.voice.models import Call
from answerable.design.files import Attaching
from answerable.desk.queries.account import Account, account_of
from answerable.desk.queries.account_beside import folded_of
from answerable.desk.queries.account_notes import PINNED, Pinned, pinned_on
from answerable.desk.queries.callback import CallPart, calls_on
from answerable.desk.queries.claim import ClaimView, claim_of
from answerable.desk.queries.clocks import ClockView, clock_views, clocks_of
from answerable.desk.queries.copied import copied_on
from answerable.desk.queries.filed import Filed, filed_on
from answerable.desk.queries.joining import merged_here
from answerable.desk.queries.misses import MissLink, missed_among
from answerable.desk.queries.rating import Rated, rated_of
from answerable.desk.queries.read_before import HAS_READ, read_before
from answerable.desk.queries.segments import HAS_CHATS, open_chat
from answerable.desk.queries.sides import HAS_SIDES, SideView, sides_of
from answerable.desk.queries.timeline import Timeline, timeline_of
from answerable.desk.rows import CHANNELS, is_super_admin, person_of
from answerable.files.queries import waiting_in
from answerable.files.taking import attaching
from answerable.incidents.beside import Beside, beside
from answerable.knowledge.models import ReadBefore
from answerable.lib import times
from answerable.live.guards import Reader as User
from answerable.notices.models import Follow
from answerable.sla.refused import Reader
from answerable.tickets.access import visible_to
from answerable.tickets.actions.asking import LOOKS
from answerable.tickets.actions.holds import HOLDABLE
from answerable.tickets.events import Verb
from answerable.tickets.models import (
    Callback,
    Draft,
    Merge,
    Message,
    Participant,
    Ticket,
    TicketEvent,
)
from answerable.tickets.places import owner_of, place_of

MOST_KNOWN = 50
BOXES = (Draft.Mode.REPLY.value, Draft.Mode.NOTE.value)
SEATS: dict[str, Promise] = {
    Contact.Seat.PAID: _("paid"),
    Contact.Seat.VIEW_ONLY: _("view-only"),
    Contact.Seat.NONE: _("none"),
}


@dataclass(frozen=True, slots=True)
class TicketPage:
    """A ticket with its clocks, its conversation, its customer and this agent's drafts."""

    ticket: Ticket
    clocks: list[ClockView]
    claim: ClaimView | None
    timeline: Timeline
    account: Account
    drafts: dict[str, Draft]
    known: list[Contact]
    was_answered: bool
    agent: Agent
    standard_due: str
    misses: list[MissLink]
    copied: list[Participant]
    read_before: list[ReadBefore]
    rated: Rated
    attaching: Mapping[str, Attaching]
    calls: CallPart
    chat: Chat | None
    incidents: Beside
    sides: list[SideView]
    filed: Filed
    held_until: datetime | None
    merges: list[Merge]

    @property
    def person(self) -> str:
        """Who asks."""
        return person_of(self.ticket)

    @property
    def is_admin(self) -> bool:
        """Whether a Super Admin of the customer asks."""
        return is_super_admin(self.ticket)

    @property
    def pinned(self) -> list[Pinned]:
        """What is read before replying to anybody of this account."""
        return pinned_on(self.ticket)

    @property
    def folded(self) -> Collection[str]:
        """The parts of the customer pane that its reader has folded."""
        return folded_of(self.agent)

    @property
    def is_critical(self) -> bool:
        """Whether people are woken for its severity."""
        return self.rated.is_critical

    @property
    def look_waits(self) -> bool:
        """Whether a customer asked for another look, and no lead has answered."""
        asked = getattr(self.ticket, "last_look", None)
        return bool(asked == Verb.ANOTHER_LOOK_ASKED)

    @property
    def is_in_a_known_name(self) -> bool:
        """Whether a ticket for review names a contact whom we know as its sender."""
        address = self.ticket.sender_email.lower()
        return any(contact.email.lower() == address for contact in self.known)

    @property
    def is_resolved(self) -> bool:
        """Whether it is done."""
        return self.ticket.state == Ticket.State.RESOLVED

    @property
    def address(self) -> str:
        """The link that colleagues follow to it."""
        base = str(settings.ANSWERABLE_URL).rstrip("/")
        return base + reverse("desk:ticket", args=[self.ticket.pk])

    @property
    def began_with_a_call(self) -> bool:
        """Whether somebody called, and nobody has written."""
        is_called = self.ticket.channel in {Ticket.Channel.PHONE, Ticket.Channel.CALLBACK}
        shown = self.timeline
        spoken = any(entry.kind in Message.PUBLIC for entry in shown.entries)
        return is_called and not spoken and shown.earlier is None

    @property
    def can_hold(self) -> bool:
        """Whether it may be put on hold."""
        return self.ticket.state in HOLDABLE

    @property
    def can_take(self) -> bool:
        """Whether it is nobody's and there is work to do."""
        return self.ticket.assignee is None and not self.is_resolved

    @property
    def channel(self) -> str:
        """By which way it came."""
        return str(CHANNELS.get(self.ticket.channel, self.ticket.channel))

    @property
    def seat(self) -> str:
        """What the requester pays for."""
        return str(SEATS[self.ticket.requester.seat]) if self.ticket.requester else ""


def ticket_for(user: User, number: int) -> Ticket:
    """Return a ticket that this reader may see. Raises Ticket.DoesNotExist."""
    tickets = visible_to(user).select_related(
        "customer__account_manager", "requester", "assignee", "claim__decided_by", "rating"
    )
    replies = Message.objects.filter(ticket=OuterRef("pk"), kind=Message.Kind.REPLY)
    looks = TicketEvent.objects.filter(ticket=OuterRef("pk"), verb__in=LOOKS)
    last = Subquery(looks.order_by("-pk").values("verb")[:1])
    copied = Participant.objects.filter(ticket=OuterRef("pk"))
    calls = Callback.objects.waiting().filter(ticket=OuterRef("pk"))
    follows = Follow.objects.filter(ticket=OuterRef("pk"), agent__user=user.pk)
    asked = tickets.annotate(
        was_answered=Exists(replies),
        last_look=last,
        has_copied=Exists(copied),
        has_read=HAS_READ,
        has_callback=Exists(calls),
        has_calls=Exists(Call.objects.filter(ticket=OuterRef("pk"))),
        has_chats=HAS_CHATS,
        has_sides=HAS_SIDES,
        pinned_notes=PINNED,
        is_followed=Exists(follows),
    )
    return asked.get(pk=number)


def ticket_page(ticket: Ticket, agent: Agent, at: datetime, zone: tzinfo) -> TicketPage:
    """Return what the page shows: about ten queries, however long the conversation is."""
    clocks = clocks_of(ticket)
    views = clock_views(clocks, at, zone)
    drafts = Draft.objects.filter(ticket=ticket, agent=agent)
    claim = claim_of(ticket, views, at)
    standard = claim.standard_due_at if claim else None
    return TicketPage(
        ticket=ticket,
        clocks=views,
        claim=claim,
        timeline=timeline_of(ticket, clocks, zone),
        account=account_of(ticket, clocks, Reader(zone, at, is_agent=True)),
        drafts={draft.mode: draft for draft in drafts},
        known=known_contacts(ticket),
        was_answered=was_answered(ticket),
        agent=agent,
        standard_due=times.moment(standard, at, zone) if standard else "",
        misses=missed_among(clocks),
        copied=copied_on(ticket),
        read_before=read_before(ticket),
        rated=rated_of(ticket, clocks),
        attaching=_attaching(ticket, agent),
        calls=calls_on(ticket, agent, views, at),
        chat=open_chat(ticket),
        sides=list(sides_of(ticket, agent).values()),
        incidents=beside(ticket, ticket.last_line, at),
        filed=filed_on(ticket),
        held_until=_held_until(ticket),
        merges=merged_here(ticket),
    )


def _held_until(ticket: Ticket) -> datetime | None:
    if ticket.state != Ticket.State.HELD:
        return None
    return ticket.holds.filter(ended_at=None).values_list("until", flat=True).first()


def _attaching(ticket: Ticket, agent: Agent) -> Mapping[str, Attaching]:
    """Return the files that wait in the boxes for a reply and a note."""
    places = {mode: place_of(ticket.pk, mode) for mode in BOXES}
    waiting = waiting_in(owner_of(agent), [*places.values()])
    return {
        mode: attaching(reverse(f"desk:upload_{mode}", args=[ticket.pk]), waiting[place])
        for mode, place in places.items()
    }


def known_contacts(ticket: Ticket) -> list[Contact]:
    """Return the contacts who may have written a stranger's ticket, by their mail domain."""
    if ticket.state != Ticket.State.REVIEW or "@" not in ticket.sender_email:
        return []
    domain = ticket.sender_email.rsplit("@", 1)[1].lower()
    contacts = Contact.objects.filter(customer__domains__contains=[domain], left_at=None)
    return list(contacts.select_related("customer").order_by("name")[:MOST_KNOWN])


def was_answered(ticket: Ticket) -> bool:
    """Say whether an agent ever replied; ticket_for asked it along with the ticket."""
    return bool(getattr(ticket, "was_answered", False))
