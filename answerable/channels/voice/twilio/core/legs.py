"""What is known of a leg: one telephone call at the provider, to one of the two sides. Pure.

Twilio tells a leg's news late, twice and out of order. What is known is the sum of all that was
told, in whichever order: `merged` is commutative, associative and idempotent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """A call's status, by Twilio's words."""

    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    ANSWERED = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"
    FAILED = "failed"


ENDS = {
    Status.COMPLETED,
    Status.BUSY,
    Status.NO_ANSWER,
    Status.CANCELED,
    Status.FAILED,
}
# A leg that was answered ends as completed: of two ends that were told, that is the one.
RANKS = (
    Status.QUEUED,
    Status.INITIATED,
    Status.RINGING,
    Status.ANSWERED,
    Status.CANCELED,
    Status.FAILED,
    Status.NO_ANSWER,
    Status.BUSY,
    Status.COMPLETED,
)
RANK: Mapping[str, int] = MappingProxyType({one.value: rank for rank, one in enumerate(RANKS)})
HUMAN, UNKNOWN, FAX = "human", "unknown", "fax"
# What surely is no person outweighs what may be one.
ANSWERERS = ("", UNKNOWN, HUMAN, FAX)
# What a telephone network says of a number (RFC 3261), as far as it helps.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "404": "unallocated",
        "410": "unallocated",
        "604": "unallocated",
        "484": "incomplete",
        "403": "rejected",
        "603": "rejected",
        "607": "rejected",
        "480": "unavailable",
        "503": "no_route",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a leg: its status, since when it rings, is answered and over, who
    answered (Twilio's AnsweredBy, "" as long as nobody said), and why it could not be made
    (REASONS)."""

    status: str = Status.QUEUED
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    answered_by: str = ""
    why: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it ended."""
        return self.status in ENDS

    @property
    def is_machine(self) -> bool:
        """Whether no person answered it."""
        return self.answered_by == FAX or self.answered_by.startswith("machine")


def merged(known: Facts, told: Facts) -> Facts:
    """Return what is known together with what is told: the further status, the earliest
    instants, the surer answers."""
    return Facts(
        status=max(known.status, told.status, key=RANK.__getitem__),
        rang_at=_earliest(known.rang_at, told.rang_at),
        answered_at=_earliest(known.answered_at, told.answered_at),
        ended_at=_earliest(known.ended_at, told.ended_at),
        answered_by=max(known.answered_by, told.answered_by, key=_sureness),
        why=max(known.why, told.why),
    )


def told_by(said: Mapping[str, str], *, at: datetime) -> Facts:
    """Return what a webhook tells; of what it does not date, `at` is the instant.

    What is no status of Twilio's tells nothing new. Nothing can have happened after `at`.
    """
    status = said.get("CallStatus", "").lower()
    stamped = min(_stamped(said.get("Timestamp", "")) or at, at)
    return _facts(
        status if status in RANK else Status.QUEUED,
        at=stamped,
        seconds=_number(said.get("CallDuration", "")),
        answered_by=said.get("AnsweredBy", "")[:30],
        why=REASONS.get(said.get("SipResponseCode", ""), ""),
    )


def told_when_asked(said: Mapping[str, object], *, at: datetime) -> Facts:
    """Return what the provider's API answers about a call.

    It is asked when nothing was heard for a while: who answered a call that goes on is not
    said any more by then, and counts as a person.
    """
    status = str(said.get("status") or "").lower()
    missing = UNKNOWN if status == Status.ANSWERED else ""
    ended = _stamped(str(said.get("end_time") or ""))
    return _facts(
        status if status in RANK else Status.QUEUED,
        at=min(ended or _stamped(str(said.get("date_updated") or "")) or at, at),
        seconds=_number(str(said.get("duration") or "")),
        answered_by=str(said.get("answered_by") or missing)[:30],
        why="",
    )


def _facts(
    status: str, *, at: datetime, seconds: int | None, answered_by: str, why: str
) -> Facts:
    over = status in ENDS
    answered = at if status == Status.ANSWERED else None
    if status == Status.COMPLETED and seconds:
        answered = at - timedelta(seconds=seconds)
    return Facts(
        status=status,
        rang_at=at if status == Status.RINGING else None,
        answered_at=answered,
        ended_at=at if over else None,
        answered_by=answered_by,
        why=why or ("failed" if status == Status.FAILED else ""),
    )


def _sureness(answerer: str) -> tuple[int, str]:
    known = ANSWERERS.index(answerer) if answerer in ANSWERERS else len(ANSWERERS)
    return known, answerer


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _stamped(text: str) -> datetime | None:
    """Return an instant as Twilio writes it (RFC 2822), or None."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None
