"""What a plan says of the calls that customers ask for. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from answerable.entitlements.core.findings import Findings
from answerable.entitlements.core.rows import Row

if TYPE_CHECKING:
    from answerable.entitlements.core.plan import Terms

CALLBACK = "callback"
KEPT_BY = ("attempt", "answer")
EXHAUSTED = ("writing", "close")
MOST_ATTEMPTS = 10
LONGEST_GAP = timedelta(days=1)
LONGEST_RING = timedelta(minutes=2)
LONGEST_SUMMARY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Calls:
    """How customers are called who asked for it (domain.md c, callback_policy).

    `attempts` is how often, with a `gap` between; a call that nobody answers is an attempt
    once it rang for `ring`. `kept_by`: an "attempt" keeps what is promised of the call, or only
    an "answer"; `voicemail` says whether a voice message does. `exhausted`: after the last
    attempt a request goes on in "writing", or we "close" it. Who asks later than `last_before`
    the end of the hours is called when they begin again. A written summary follows a call in
    which they talked within `summary_within`; None promises none.
    """

    attempts: int = 2
    gap: timedelta = timedelta(minutes=5)
    ring: timedelta = timedelta(seconds=20)
    kept_by: str = "attempt"
    voicemail: bool = True
    exhausted: str = "writing"
    last_before: timedelta = timedelta(0)
    summary_within: timedelta | None = None


def read_calls(row: Row) -> Calls:
    """Return what is said of calls."""
    usual = Calls()
    calls = Calls(
        attempts=row.whole("attempts", usual.attempts),
        gap=_length(row, "gap", usual.gap),
        ring=_length(row, "ring", usual.ring),
        kept_by=row.one_of("kept_by", KEPT_BY, usual.kept_by),
        voicemail=row.yes("voicemail", usual.voicemail),
        exhausted=row.one_of("exhausted", EXHAUSTED, usual.exhausted),
        last_before=_length(row, "last_before", usual.last_before),
        summary_within=row.length_or_none("summary_within"),
    )
    row.end()
    return calls


def _length(row: Row, key: str, usual: timedelta) -> timedelta:
    given = row.length_or_none(key)
    return usual if given is None else given


def check_calls(terms: Terms, findings: Findings) -> None:
    """Note what of calls cannot be meant."""
    if terms.calls == Calls():
        return
    for name, pattern in _impossible(terms.calls):
        findings.error(("calls", name), pattern)
    channel = terms.channels.get(CALLBACK)
    if channel is None:
        findings.warn(("calls",), "No channel is 'callback', so nobody is ever called.")
    elif terms.calls.last_before and channel.hours is None:
        findings.warn(
            ("calls", "last_before"),
            "Calls are made around the clock, so there is no end of hours.",
        )


def _impossible(calls: Calls) -> Iterator[tuple[str, str]]:
    if not 1 <= calls.attempts <= MOST_ATTEMPTS:
        yield "attempts", "Nobody is called so often. Write 1 to 10."
    if calls.gap > LONGEST_GAP:
        yield "gap", "Between two calls lies more than a day."
    if calls.ring > LONGEST_RING:
        yield "ring", "No telephone rings for more than two minutes."
    within = calls.summary_within
    if within is not None and not timedelta(0) < within <= LONGEST_SUMMARY:
        yield "summary_within", "A summary follows within 30 days, and not at once."
