"""By when the next update is proposed to be promised, and whether it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from answerable.lib import times
from answerable.sla.actions import may_promise
from answerable.sla.models import Clock
from answerable.sla.proposing import UPDATES, next_update, proposed_update
from answerable.tickets.events import Verb
from answerable.tickets.models import STANDARD, Claim, Ticket

LATER = (timedelta(hours=1), timedelta(hours=2), timedelta(hours=4))


@dataclass(frozen=True, slots=True)
class NextUpdate:
    """The instants that are offered, as ISO and in words; the first is the one proposed."""

    choices: Sequence[tuple[str, str]]


def offered(due_at: datetime, at: datetime, zone: tzinfo) -> list[tuple[str, str]]:
    """Return by when an update may be promised with one press: as proposed, or some hours after
    that."""
    instants = [due_at, *(due_at + later for later in LATER)]
    return [(one.isoformat(), times.moment(one, at, zone)) for one in instants]


def proposed_after(
    ticket: Ticket, claim: Claim, clocks: Sequence[Clock], at: datetime
) -> NextUpdate | None:
    """Return what is proposed once a claim is decided, since silence is what customers complain
    of next; None where an update is promised, or an agent saw no need.

    While a ticket stays business-critical that is asked again after each update. No more than
    one query where nothing is proposed; about eight where something is.
    """
    is_quiet = next_update(clocks) is None and may_promise(ticket)
    if not is_quiet or claim.is_open or _was_enough(claim, clocks):
        return None
    seen = ticket.events.filter(verb=Verb.UPDATE_UNPROMISED, at__gte=claim.decided_at)
    if seen.exists():
        return None
    severity = STANDARD if claim.outcome == Claim.Outcome.CHANGED else ticket.severity
    due_at = proposed_update(ticket, severity, at)
    return NextUpdate(offered(due_at, at, get_current_timezone())) if due_at else None


def _was_enough(claim: Claim, clocks: Sequence[Clock]) -> bool:
    """Say whether a ticket that is standard had its update."""
    had = any(clock.metric in UPDATES for clock in clocks)
    return claim.outcome == Claim.Outcome.CHANGED and had


def words_of(due_at: datetime, at: datetime) -> str:
    """Return “Next update promised by 15:10.”"""
    time = times.moment(due_at, at, get_current_timezone())
    return _("Next update promised by {time}.").format(time=time)
