"""A ticket in the list, in words: what its row shows, and how it is read aloud.

A queue has a hundred rows and is written anew whenever something changes, so all that a row
shows is worked out here once; its template only puts it in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from zlib import crc32

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent, Contact
from answerable.desk.chips import counting_chip, icon_chip, stated_chip, time_element
from answerable.desk.words import first_name, left_words
from answerable.entitlements.core.plan import Metric
from answerable.lib import times
from answerable.routing.core.order import State
from answerable.routing.models import QueueEntry
from answerable.routing.queries import Row
from answerable.sla.words import metric_word
from answerable.tickets.models import CRITICAL, Ticket

Band = QueueEntry.Band

CHANNELS: dict[str, Promise] = {
    Ticket.Channel.FORM: gettext_lazy("form"),
    Ticket.Channel.EMAIL: gettext_lazy("email"),
}
STATE_WORDS: dict[str, Promise] = {
    State.LATE: gettext_lazy("Late"),
    State.AT_RISK: gettext_lazy("At risk"),
    State.SOON: gettext_lazy("Soon"),
    State.ON_TRACK: gettext_lazy("On track"),
}
BANDS: dict[int, str] = {Band.WAITING: "waiting", Band.REVIEW: "review"}
NO_PROMISE: dict[str, tuple[str, Promise, Promise]] = {
    "waiting": (
        "bars",
        gettext_lazy("Waiting"),
        gettext_lazy("Waiting for the customer since {time}"),
    ),
    "held": ("bars", gettext_lazy("On hold"), gettext_lazy("On hold; last message {time}")),
    "review": ("people", gettext_lazy("For review"), gettext_lazy("For review since {time}")),
    "open": (
        "chat",
        gettext_lazy("Customer wrote"),
        gettext_lazy("The customer wrote {time}"),
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Who looks at the list, where and when."""

    agent: Agent
    at: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class RowView:
    """What one row shows. `left` in `name` stands for the time left, which passes."""

    number: str
    chip: SafeString
    time: SafeString
    due: str
    is_critical: bool
    is_admin: bool
    subject: str
    account: str
    person: str
    way: str
    who: str
    last_line: str
    name: str
    left: str

    @property
    def said(self) -> str:
        """The row's name for screen readers, as it is now."""
        return self.name.replace("{left}", self.left)

    @property
    def print(self) -> str:
        """A short sum over what the row says, the same however time has passed."""
        state = self.chip.split("<due-time", 1)[0]
        lasting = (state, self.time, self.due, self.who, self.last_line, self.name)
        return f"{crc32(repr(lasting).encode()):08x}"


def row_view(row: Row, shown: Shown) -> RowView:
    """Return what the row of a ticket in the queue shows to this agent."""
    entry, ticket = row.entry, row.entry.ticket
    chip, instant, said = _clock(row, shown)
    counts = row.state in STATE_WORDS
    return RowView(
        number=str(ticket.pk),
        chip=chip,
        time=time_element(instant, shown.at, shown.zone) if instant else SafeString(),
        due=entry.due_at.isoformat() if entry.due_at and counts else "",
        is_critical=ticket.severity == CRITICAL,
        is_admin=is_super_admin(ticket),
        subject=ticket.subject,
        account=ticket.customer.name if ticket.customer else "",
        person=person_of(ticket),
        way=way_of(row),
        who=_who(ticket, shown.agent),
        last_line=ticket.last_line,
        name=_name(row, said, shown.agent),
        left=left_words(entry.due_at, shown.at) if entry.due_at and counts else "",
    )


def is_super_admin(ticket: Ticket) -> bool:
    """Say whether a Super Admin of the customer asks."""
    contact = ticket.requester
    return contact is not None and contact.product_role == Contact.Role.SUPER_ADMIN


def person_of(ticket: Ticket) -> str:
    """Return the name of who asks."""
    return ticket.requester.name if ticket.requester else ticket.sender_name


def way_of(row: Row) -> str:
    """Return by which way it came, and which clock runs: “email · first reply”."""
    ticket = row.entry.ticket
    channel = str(CHANNELS.get(ticket.channel, ticket.channel))
    if not row.entry.due_at:
        return channel
    return f"{channel} · {metric_word(row.entry.metric or Metric.FIRST_RESPONSE)}"


def _clock(row: Row, shown: Shown) -> tuple[SafeString, datetime | None, str]:
    """Return the chip of a row, the time beside it, and both as they are read aloud."""
    entry, due = row.entry, row.entry.due_at
    if row.state in STATE_WORDS and due:
        words = _("{state}, {left}, due {time}").format(
            state=STATE_WORDS[row.state], left="{left}", time=_moment(due, shown)
        )
        return counting_chip(row.state, due, row.turns_at, shown.at, shown.zone), due, words
    if row.state == State.NOT_STARTED and due and entry.started_at:
        words = _("Starts {time}").format(time=_moment(entry.started_at, shown))
        chip = stated_chip(row.state, words, turns=row.turns_at, due=due)
        return chip, due, words
    if row.state == State.AIM and due:
        words = _("Aim {time}").format(time=_moment(due, shown))
        return stated_chip(row.state, words), None, words
    is_held = entry.ticket.state == Ticket.State.HELD
    icon, short, long = NO_PROMISE["held" if is_held else BANDS.get(entry.band, "open")]
    since = entry.ticket.last_at
    return icon_chip(icon, str(short)), since, str(long).format(time=_moment(since, shown))


def _moment(instant: datetime, shown: Shown) -> str:
    return times.moment(instant, shown.at, shown.zone)


def _who(ticket: Ticket, agent: Agent) -> str:
    if ticket.assignee is None:
        return "—"
    return _("you") if ticket.assignee_id == agent.pk else first_name(ticket.assignee.name)


def _name(row: Row, clock: str, agent: Agent) -> str:
    """“Critical. At risk, 6 minutes left, due 14:40. 4835 Nobody can sign in. …” (8.2)."""
    ticket = row.entry.ticket
    parts = [
        _("Critical") if ticket.severity == CRITICAL else "",
        clock,
        f"{ticket.pk} {ticket.subject}",
        _people_name(ticket),
        way_of(row).replace(" · ", ", ").capitalize(),
        _assigned_name(ticket, agent),
    ]
    return " ".join(f"{part}." for part in parts if part)


def _people_name(ticket: Ticket) -> str:
    names = [
        ticket.customer.name if ticket.customer else "",
        person_of(ticket),
        _("Super Admin") if is_super_admin(ticket) else "",
    ]
    return ", ".join(name for name in names if name)


def _assigned_name(ticket: Ticket, agent: Agent) -> str:
    if ticket.assignee is None:
        return _("Assigned to nobody")
    if ticket.assignee_id == agent.pk:
        return _("Assigned to you")
    return _("Assigned to {name}").format(name=ticket.assignee.name)
