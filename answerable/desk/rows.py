"""A ticket in the list, in words: what its row shows, and how it is read aloud.

A queue has a hundred rows and is written anew whenever something changes, so all that a row
shows is worked out here once; its template only puts it in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from zlib import crc32

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent, Contact
from answerable.design.chips import counting_chip, icon_chip, stated_chip, time_element
from answerable.design.states import aim_words
from answerable.desk.words import first_name, left_words
from answerable.entitlements.core.plan import Metric
from answerable.lib import times
from answerable.routing.core.order import State
from answerable.routing.models import QueueEntry
from answerable.routing.queries import Row
from answerable.routing.rows_sql import Entry
from answerable.sla.words import metric_word
from answerable.tickets.models import Ticket

Band = QueueEntry.Band

CHANNELS: dict[str, Promise] = {
    Ticket.Channel.FORM: gettext_lazy("form"),
    Ticket.Channel.EMERGENCY_FORM: gettext_lazy("emergency form"),
    Ticket.Channel.EMAIL: gettext_lazy("email"),
    Ticket.Channel.CALLBACK: gettext_lazy("callback"),
    Ticket.Channel.CHAT: gettext_lazy("chat"),
    Ticket.Channel.PHONE: gettext_lazy("telephone"),
    Ticket.Channel.IN_PERSON: gettext_lazy("in person"),
}
COUNTING = {State.LATE, State.AT_RISK, State.SOON, State.ON_TRACK}
# The icon of a row that nothing is promised for, and the name of its words.
NO_PROMISE: dict[int, tuple[str, str]] = {
    Band.WAITING: ("bars", "waiting"),
    Band.REVIEW: ("people", "review"),
}
WROTE, UNSENT = ("chat", "wrote"), ("pen", "unsent")
BY_STATE: dict[str, tuple[str, str]] = {
    Ticket.State.HELD: ("bars", "held"),
    Ticket.State.RESOLVED: ("tick", "resolved"),
}


def row_words() -> dict[str, str]:
    """Return what rows say, in the reader's language: looked up once a list, not once a row."""
    return {
        State.LATE: _("Late"),
        State.AT_RISK: _("At risk"),
        State.SOON: _("Soon"),
        State.ON_TRACK: _("On track"),
        "counts": _("{state}, {left}, due {time}"),
        "starts": _("Starts {time}"),
        "waiting": _("Waiting"),
        "waiting since": _("Waiting for the customer since {time}"),
        "held": _("On hold"),
        "held since": _("On hold; last message {time}"),
        "review": _("For review"),
        "review since": _("For review since {time}"),
        "resolved": _("Resolved"),
        "resolved since": _("Resolved; last message {time}"),
        "unsent": _("Not sent yet"),
        "unsent since": _("Not sent yet; written {time}"),
        "wrote": _("Customer wrote"),
        "wrote since": _("The customer wrote {time}"),
        "form": _("form"),
        "emergency_form": _("emergency form"),
        "email": _("email"),
        "chat": _("chat"),
        "callback": _("callback"),
        "first reply": _("first reply"),
        "critical": _("Critical"),
        "crit": _("CRIT"),
        "admin": _("Super Admin"),
        "you": _("you"),
        "last": _("Last message {time}"),
        "nobody": _("Assigned to nobody"),
        "to you": _("Assigned to you"),
        "to somebody": _("Assigned to {name}"),
    }


@dataclass(frozen=True, slots=True)
class Shown:
    """Who looks at the list, where and when, and the words of its rows."""

    agent: Agent
    at: datetime
    zone: tzinfo
    words: Mapping[str, str] = field(default_factory=row_words)


@dataclass(frozen=True, slots=True)
class RowView:
    """What one row shows. `left` in `name` stands for the time left, which passes.

    The last line is left out where it only greets; `last` is when it was said, and `last_said`
    that in full.
    """

    number: str
    chip: SafeString
    time: SafeString
    due: str
    critical: SafeString
    is_admin: bool
    subject: str
    account: str
    person: str
    way: str
    who: str
    last_line: str
    last: SafeString
    last_said: str
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
    entry = row.entry
    chip, time, said = _clock(row, shown)
    way, last_line = (
        _way(entry, shown),
        "" if entry.last_line.endswith(",") else entry.last_line,
    )
    counts = entry.due_at if row.state in COUNTING else None
    return RowView(
        number=str(entry.ticket_id),
        chip=chip,
        time=time,
        due=counts.isoformat() if counts else "",
        critical=stated_chip("critical", shown.words["crit"])
        if entry.is_critical
        else SafeString(),
        is_admin=entry.role == Contact.Role.SUPER_ADMIN,
        subject=entry.subject,
        account=entry.customer,
        person=entry.person,
        way=way,
        who=_who(entry, shown),
        last_line=last_line,
        last=_last(entry, shown) if last_line else SafeString(),
        last_said=_last_said(entry, shown) if last_line else "",
        name=_name(entry, said, way, shown),
        left=left_words(counts, shown.at) if counts else "",
    )


def is_super_admin(ticket: Ticket) -> bool:
    """Say whether a Super Admin of the customer asks."""
    contact = ticket.requester
    return contact is not None and contact.product_role == Contact.Role.SUPER_ADMIN


def person_of(ticket: Ticket) -> str:
    """Return the name of who asks."""
    return ticket.requester.name if ticket.requester else ticket.sender_name


def _way(entry: Entry, shown: Shown) -> str:
    """Return by which way it came, and which clock runs: “email · first reply”."""
    channel = shown.words.get(entry.channel, entry.channel)
    if not entry.due_at:
        return channel
    if entry.metric in {"", Metric.FIRST_RESPONSE}:
        return f"{channel} · {shown.words['first reply']}"
    return f"{channel} · {metric_word(entry.metric)}"


def _clock(row: Row, shown: Shown) -> tuple[SafeString, SafeString, str]:
    """Return the chip of a row, the time beside it, and both as they are read aloud."""
    entry, due, words = row.entry, row.entry.due_at, shown.words
    if row.state in COUNTING and due:
        time = _moment(due, shown)
        said = words["counts"].format(state=words[row.state], left="{left}", time=time)
        chip = counting_chip(row.state, due, row.turns_at, shown.at, shown.zone)
        return chip, time_element(due, time), said
    if row.state == State.NOT_STARTED and due and entry.started_at:
        said = words["starts"].format(time=_moment(entry.started_at, shown))
        chip = stated_chip(row.state, said, turns=row.turns_at, due=due)
        return chip, time_element(due, _moment(due, shown)), said
    if row.state == State.AIM and due:
        said = aim_words(due, shown.at, shown.zone)
        return stated_chip(row.state, said), SafeString(), said
    ours = UNSENT if entry.is_unsent else WROTE
    icon, name = BY_STATE.get(entry.state) or NO_PROMISE.get(entry.band, ours)
    time = _moment(entry.last_at, shown)
    said = words[f"{name} since"].format(time=time)
    return icon_chip(icon, words[name]), time_element(entry.last_at, time), said


def _moment(instant: datetime, shown: Shown) -> str:
    return times.moment(instant, shown.at, shown.zone)


def _last(entry: Entry, shown: Shown) -> SafeString:
    """Return when the last line was said; pointed at, it says the exact moment."""
    in_full = times.in_full(entry.last_at, shown.zone)
    return time_element(entry.last_at, _moment(entry.last_at, shown), "queue-at", in_full)


def _last_said(entry: Entry, shown: Shown) -> str:
    return shown.words["last"].format(time=times.in_full(entry.last_at, shown.zone))


def _who(entry: Entry, shown: Shown) -> str:
    if entry.assignee_id is None:
        return "—"
    return shown.words["you"] if _is_mine(entry, shown) else first_name(entry.assignee)


def _name(entry: Entry, clock: str, way: str, shown: Shown) -> str:
    """“Critical. At risk, 6 minutes left, due 14:40. 4835 Nobody can sign in. …” (8.2)."""
    parts = [
        shown.words["critical"] if entry.is_critical else "",
        clock,
        f"{entry.ticket_id} {entry.subject}",
        _people_name(entry, shown),
        way.replace(" · ", ", ").capitalize(),
        _assigned_name(entry, shown),
    ]
    return " ".join(f"{part}." for part in parts if part)


def _people_name(entry: Entry, shown: Shown) -> str:
    admin = shown.words["admin"] if entry.role == Contact.Role.SUPER_ADMIN else ""
    return ", ".join(name for name in (entry.customer, entry.person, admin) if name)


def _assigned_name(entry: Entry, shown: Shown) -> str:
    if entry.assignee_id is None:
        return shown.words["nobody"]
    if _is_mine(entry, shown):
        return shown.words["to you"]
    return shown.words["to somebody"].format(name=entry.assignee)


def _is_mine(entry: Entry, shown: Shown) -> bool:
    return entry.assignee_id == shown.agent.pk
