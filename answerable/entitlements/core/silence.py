"""What a plan says of customers who do not answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from answerable.entitlements.core.findings import Findings
from answerable.entitlements.core.rows import Row

if TYPE_CHECKING:
    from answerable.entitlements.core.plan import Terms

MOST_REMINDERS = 5
LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Silence:
    """What happens while a ticket waits for its customer (domain.md E58).

    After `remind_after` of real time they are reminded, `reminders` times with as long between
    two; `resolve_after` the wait began the ticket is resolved by itself, None for never. Either
    says its words to the customer, or ours where the plan has none.
    """

    remind_after: timedelta | None = None
    reminders: int = 1
    resolve_after: timedelta | None = None
    reminder: str = ""
    notice: str = ""


def read_silence(row: Row) -> Silence:
    """Return what is said of customers who do not answer."""
    silence = Silence(
        remind_after=row.length_or_none("remind_after"),
        reminders=row.whole("reminders", 1),
        resolve_after=row.length_or_none("resolve_after"),
        reminder=row.text_or_none("reminder", most=LONGEST_WORDS) or "",
        notice=row.text_or_none("notice", most=LONGEST_WORDS) or "",
    )
    row.end()
    return silence


def check_silence(terms: Terms, findings: Findings) -> None:
    """Note what of it cannot be meant."""
    silence = terms.silence
    if not 1 <= silence.reminders <= MOST_REMINDERS:
        findings.error(("silence", "reminders"), "Nobody is reminded so often. Write 1 to 5.")
        return
    for name in ("remind_after", "resolve_after"):
        length = getattr(silence, name)
        if length is not None and length < timedelta(hours=1):
            findings.error(("silence", name), "Nobody answers so fast. Write an hour or more.")
    if silence.remind_after is None or silence.resolve_after is None:
        return
    if silence.remind_after * silence.reminders >= silence.resolve_after:
        findings.error(
            ("silence", "resolve_after"),
            "It would be resolved before the last reminder, or with it.",
        )
