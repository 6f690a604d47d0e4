"""Promises as values, for the tests of what is counted and owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from answerable.entitlements.core.clauses import Band, Remedy
from answerable.sla.core.counting import Kept

HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")
FIRST = "first_response"
GITHUB = Remedy(
    key="credit",
    measure="missed",
    metrics=(FIRST,),
    window="quarter",
    fiscal_start=2,
    more_than=4,
    percent=20,
    claim_within=timedelta(days=30),
)
ZITADEL = Remedy(
    key="extension",
    measure="minutes_over",
    metrics=(FIRST, "escalation_response"),
    days=1,
    per=timedelta(minutes=15),
    claim_within=timedelta(days=30),
    answer_within=timedelta(days=10),
)
BANDS = Remedy(
    key="bands",
    measure="kept",
    metrics=(FIRST,),
    bands=(Band(0.95, 5), Band(0.9, 10), Band(0.5, 50)),
    cap_percent=40,
)


def promise(number: int, due_at: datetime, outcome: str = "missed", **facts: Any) -> Kept:
    """Return an hour's promise that fell due then; a missed one was answered an hour late."""
    answered = {"missed": due_at + HOUR, "met": due_at - HOUR / 2}.get(outcome)
    known: dict[str, Any] = {
        "ticket": number,
        "metric": FIRST,
        "severity": "standard",
        "answered_at": answered,
        "excused": False,
    }
    return Kept(
        clock=number, started_at=due_at - HOUR, due_at=due_at, outcome=outcome, **known | facts
    )


def on(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """Return an instant by Berlin's clocks, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


INSTANTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001  # Hypothesis adds the zone.
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001  # As above.
    timezones=st.just(UTC),
)
OUTCOMES = ("met", "missed", "running", "paused", "void", "superseded")


@st.composite
def promises(draw: st.DrawFn) -> Sequence[Kept]:
    """Return some promises of a few months, in every state."""
    rows = st.tuples(
        st.datetimes(
            min_value=datetime(2025, 1, 1),  # noqa: DTZ001  # As above.
            max_value=datetime(2025, 9, 1),  # noqa: DTZ001  # As above.
            timezones=st.just(UTC),
        ),
        st.sampled_from(OUTCOMES),
        st.booleans(),
        st.integers(0, 300),
        st.integers(1, 6),
    )
    return [
        promise(
            number,
            due_at,
            outcome,
            excused=excused,
            ticket=ticket,
            answered_at=due_at + timedelta(minutes=late) if outcome == "missed" else None,
        )
        for number, (due_at, outcome, excused, late, ticket) in enumerate(
            draw(st.lists(rows, max_size=30))
        )
    ]


REMEDIES = st.builds(
    Remedy,
    key=st.just("any"),
    measure=st.sampled_from(["missed", "kept", "minutes_over"]),
    metrics=st.just((FIRST,)),
    window=st.sampled_from(["month", "quarter", "term"]),
    fiscal_start=st.integers(1, 12),
    more_than=st.integers(0, 5),
    percent=st.sampled_from([0.0, 5.0, 20.0]),
    days=st.sampled_from([0.0, 1.0]),
    per=st.sampled_from([timedelta(minutes=15), HOUR]),
    bands=st.lists(
        st.builds(
            Band,
            below=st.floats(0.01, 1, allow_nan=False),
            percent=st.floats(0, 100, allow_nan=False),
        ),
        max_size=3,
    ).map(tuple),
    cap_percent=st.sampled_from([None, 10.0, 40.0]),
    claim_within=st.sampled_from([None, timedelta(days=30)]),
)
