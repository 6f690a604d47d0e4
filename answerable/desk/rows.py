"""A ticket in the list, in words: what its row shows, and how it is read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent, Contact
from answerable.desk.words import first_name, left_words
from answerable.lib import times
from answerable.routing.core.order import State
from answerable.routing.models import QueueEntry
from answerable.routing.queries import Row
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


@dataclass(frozen=True, slots=True)
class Shown:
    """Who looks at the list, where and when."""

    agent: Agent
    at: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class RowView:
    """What one row shows. `left` in `name` stands for the time left, which passes."""

    number: int
    ticket: Ticket
    is_critical: bool
    is_admin: bool
    state: str
    due_at: datetime | None
    starts_at: datetime | None
    turns_at: datetime | None
    since: datetime
    account: str
    person: str
    who: str
    line: str
    name: str
    left: str

    @property
    def said(self) -> str:
        """The row's name for screen readers, as it is now."""
        return self.name.replace("{left}", self.left)

    @property
    def dom_id(self) -> str:
        """Its name in the page."""
        return f"row-{self.number}"

    @property
    def is_counting(self) -> bool:
        """Whether a promise runs towards its due time."""
        return self.state in STATE_WORDS


def row_view(row: Row, shown: Shown) -> RowView:
    """Return what the row of a ticket in the queue shows to this agent."""
    entry, ticket = row.entry, row.entry.ticket
    state = _state(row)
    return RowView(
        number=ticket.pk,
        ticket=ticket,
        is_critical=ticket.severity == CRITICAL,
        is_admin=is_super_admin(ticket),
        state=state,
        due_at=entry.due_at,
        starts_at=entry.started_at,
        turns_at=row.turns_at,
        since=ticket.last_at,
        account=ticket.customer.name if ticket.customer else "",
        person=person_of(ticket),
        who=_who(ticket, shown.agent),
        line=line_of(row),
        name=_name(row, state, shown),
        left=left_words(entry.due_at, shown.at) if entry.due_at else "",
    )


def is_super_admin(ticket: Ticket) -> bool:
    """Say whether a Super Admin of the customer asks."""
    contact = ticket.requester
    return contact is not None and contact.product_role == Contact.Role.SUPER_ADMIN


def person_of(ticket: Ticket) -> str:
    """Return the name of who asks."""
    return ticket.requester.name if ticket.requester else ticket.sender_name


def line_of(row: Row) -> str:
    """Return by which way it came, and which clock runs: “email · first reply”."""
    ticket = row.entry.ticket
    channel = str(CHANNELS.get(ticket.channel, ticket.channel))
    return f"{channel} · {_('first reply')}" if row.entry.due_at else channel


def _state(row: Row) -> str:
    if row.state:
        return row.state.value
    match row.entry.band:
        case Band.WAITING:
            return "waiting"
        case Band.REVIEW:
            return "review"
    return "open"


def _who(ticket: Ticket, agent: Agent) -> str:
    if ticket.assignee is None:
        return "—"
    return _("you") if ticket.assignee_id == agent.pk else first_name(ticket.assignee.name)


def _name(row: Row, state: str, shown: Shown) -> str:
    """“Critical. At risk, 6 minutes left, due 14:40. 4835 Nobody can sign in. …” (8.2)."""
    ticket = row.entry.ticket
    parts = [
        _("Critical") if ticket.severity == CRITICAL else "",
        _clock_name(row, state, shown),
        f"{ticket.pk} {ticket.subject}",
        _people_name(ticket),
        capfirst(", ".join(line_of(row).split(" · "))),
        _assigned_name(ticket, shown.agent),
    ]
    return " ".join(f"{part}." for part in parts if part)


def _clock_name(row: Row, state: str, shown: Shown) -> str:
    due = row.entry.due_at
    if state in STATE_WORDS and due:
        words = _("{state}, {left}, due {time}")
        return words.format(
            state=STATE_WORDS[state],
            left="{left}",
            time=times.moment(due, shown.at, shown.zone),
        )
    moments = {
        "aim": (_("Aim {time}"), due),
        "not_started": (_("Starts {time}"), row.entry.started_at),
        "waiting": (_("Waiting for the customer since {time}"), row.entry.ticket.last_at),
        "review": (_("For review since {time}"), row.entry.ticket.last_at),
        "open": (_("The customer wrote {time}"), row.entry.ticket.last_at),
    }
    words, instant = moments[state]
    return words.format(time=times.moment(instant or shown.at, shown.at, shown.zone))


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
