"""How a browser call stands, for one of its two sides: in words, and as facts for its page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from answerable.accounts.models import Agent
from answerable.channels.voice import told_transfers
from answerable.channels.voice.core import staying
from answerable.channels.voice.models import Call, CallSide, Recording, Signal, Transfer
from answerable.lib import times
from answerable.tickets.promised import summary_by

Side, State, Outcome = Signal.Side, Call.State, Call.Outcome
# Why a call ended is kept as it stands here, and read in the reader's language.
WHY = (
    gettext_noop("The agent's page was closed."),
    gettext_noop("The customer's page was closed."),
    gettext_noop("The two browsers found no way to each other."),
    gettext_noop("The customer's browser blocks the microphone."),
    gettext_noop("The agent's browser blocks the microphone."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A call as one side sees it now: that side's row, and the other's."""

    call: Call
    side: str
    mine: CallSide | None
    other: CallSide | None
    at: datetime
    reader: Agent | None = None
    transfer: Transfer | None = None  # how the call is being handed on

    @property
    def name(self) -> str:
        """What the other is called: customers know agents by their first name."""
        if self.side == Side.AGENT:
            return self.call.contact.name if self.call.contact else _("the customer")
        return told_transfers.first(self.call.agent) if self.call.agent else _("Support")

    @property
    def comes(self) -> bool:
        """Whether this is the page of an agent who takes the call over, not in it yet."""
        if self.reader is None or self.transfer is None:
            return False
        return self.transfer.taken_by_id == self.reader.pk

    @property
    def has_left(self) -> bool:
        """Whether this is the page of an agent who handed the call on."""
        is_anothers = self.reader is not None and self.reader.pk != self.call.agent_id
        return is_anothers and not self.comes

    @property
    def is_other_here(self) -> bool:
        """Whether the other's page is open, as far as we know."""
        return self.other is not None and staying.is_here(self.other.heard_at, self.at)

    def other_says(self, name: str) -> Any:
        """Return what the other's page says of itself."""
        return self.other.says.get(name) if self.other else None


def seen(call: Call, side: str, at: datetime, reader: Agent | None = None) -> Seen:
    """Return a call as a side sees it; of agents `reader` is the one who looks. Two queries.

    Who comes into a call that is handed on, or has left it, has no part in it.
    """
    rows = {row.side: row for row in call.sides.all()}
    other = Side.CONTACT if side == Side.AGENT else Side.AGENT
    takes_part = reader is None or reader.pk == call.agent_id
    return Seen(
        call=call,
        side=side,
        mine=rows.get(side) if takes_part else None,
        other=rows.get(other),
        at=at,
        reader=reader,
        transfer=told_transfers.open_transfer(call),
    )


def facts(view: Seen) -> dict[str, Any]:
    """Return what the script of a call's page goes by."""
    call, other = view.call, view.other
    return {
        "state": State.ENDED if view.has_left else call.state,
        "words": sentence(view),
        "beside": beside(view),
        "since": call.connected_at.isoformat() if call.connected_at else "",
        "now": view.at.isoformat(),
        "has": view.mine.leg if view.mine else "",
        "elsewhere": bool(
            view.mine and view.mine.leg and staying.is_here(view.mine.heard_at, view.at)
        ),
        "other": {"leg": other.leg if other else "", **(other.says if other else {})},
        "recording": _recording(call),
    }


def sentence(view: Seen) -> str:
    """Return in one sentence how the call stands."""
    call, name = view.call, view.name
    if view.has_left:
        return told_transfers.left_words(call)
    if call.state == State.ENDED:
        return ended(call, view.side)
    if view.comes and view.transfer:
        return told_transfers.comes_words(view.transfer, name)
    return _going(view).format(name=name)


def _going(view: Seen) -> str:
    state = view.call.state
    if state == State.RINGING:
        return _ringing(view)
    if state == State.LOST:
        return _lost(view)
    if state == State.HELD and view.side == Side.AGENT:
        return _("{name} waits on the line.")
    if state == State.HELD:
        return _("{name} put you on hold. Nobody hears you meanwhile.")
    return _("On a call with {name}")


def _ringing(view: Seen) -> str:
    joined = bool(view.other and view.other.leg and view.mine and view.mine.leg)
    if joined:
        return _("Connecting with {name} …")
    if view.side == Side.CONTACT:
        return _("{name} is calling you now.")
    if view.other_says("microphone") == "blocked":
        return _("{name}'s browser blocks the microphone.")
    if view.other_says("microphone") == "asked":
        return _("{name} is asked to allow the microphone.")
    return _("It rings at {name}'s page.") if view.is_other_here else _("Calling {name} …")


def _lost(view: Seen) -> str:
    rows = [row for row in (view.mine, view.other) if row]
    if rows and not any("connected" in row.says for row in rows):
        return _("Connecting with {name} …")  # The call was handed on just now.
    if view.is_other_here:
        return _("The line to {name} is lost. Connecting again …")
    return _("{name}'s page was closed. The call goes on if it is opened within a minute.")


def beside(view: Seen) -> str:
    """Return what else is to be known of the other side: that they are muted, for one."""
    if view.call.state not in {State.CONNECTED, State.HELD}:
        return ""
    said = []
    if view.other_says("muted"):
        said.append(_("{name} is muted."))
    if view.other_says("sharing"):
        said.append(_("{name} shares their screen."))
    if view.other_says("quality") == "bad":
        said.append(_("{name} can hardly hear you."))
    words = [one.format(name=view.name) for one in said]
    return " ".join([*words, *_handed_on(view)])


def _handed_on(view: Seen) -> list[str]:
    if view.transfer is None or view.comes:
        return []
    if view.side == Side.CONTACT:
        return [told_transfers.customer_words(view.transfer)]
    return [told_transfers.rings_words(view.transfer)]


def ended(call: Call, side: str) -> str:
    """Return what became of a call, as one of its sides is told."""
    words = _OUTCOMES.get((call.outcome, side)) or _OUTCOMES.get((call.outcome, ""))
    if call.outcome == Outcome.CONNECTED:
        follows = _summary(call) if side == Side.CONTACT else ""
        return " ".join(part for part in (_lasted(call), follows) if part)
    told = _(words) if words else _("The call could not be made.")
    return " ".join(part for part in (told, why(call)) if part)


def why(call: Call) -> str:
    """Return why a call ended in the reader's language, "" where nothing is to be said."""
    return _(call.why) if call.why else ""


def _summary(call: Call) -> str:
    """Return “A written summary follows by 15:00.” where one is promised."""
    due_at = summary_by(call.ticket)
    if due_at is None:
        return ""
    time = times.moment(due_at, call.ended_at or due_at, get_current_timezone())
    return _("A written summary follows by {time}.").format(time=time)


def _lasted(call: Call) -> str:
    since, until = call.connected_at, call.ended_at
    minutes = max(math.ceil((until - since).total_seconds() / 60), 1) if since and until else 0
    words = ngettext(
        "Call ended after {count} minute.", "Call ended after {count} minutes.", minutes
    )
    return " ".join(part for part in (words.format(count=minutes), why(call)) if part)


def _recording(call: Call) -> Mapping[str, Any]:
    last = call.recordings.order_by("-pk").first()
    if last is None or last.ended_at:
        return {"number": last.pk if last else 0, "state": ""}
    return {"number": last.pk, "state": "on" if last.begun_at else "asked"}


def recording_of(call: Call, number: int) -> Recording | None:
    """Return a recording of a call, or None."""
    return call.recordings.filter(pk=number).first()


_OUTCOMES: Mapping[tuple[str, str], str] = {
    (Outcome.NO_ANSWER, Side.AGENT): gettext_noop("Nobody answered."),
    (Outcome.NO_ANSWER, Side.CONTACT): gettext_noop("You missed our call."),
    (Outcome.REFUSED, Side.AGENT): gettext_noop("The customer did not take the call."),
    (Outcome.REFUSED, Side.CONTACT): gettext_noop("You did not take the call."),
    (Outcome.CANCELLED, ""): gettext_noop("The call is cancelled."),
    (Outcome.FAILED, ""): gettext_noop("The call could not be made."),
}
