"""Days off from iCalendar files and feeds."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.entitlements.core.places import MOST_BYTES
from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.ical import days_of

SINCE, UNTIL = date(2025, 1, 1), date(2028, 12, 31)


def calendar(*events: str) -> bytes:
    text = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{text}END:VCALENDAR\n".encode()


def days(*events: str) -> dict[str, str]:
    found = days_of(calendar(*events), SINCE, UNTIL)
    return {day.isoformat(): name for day, name in found.days.items()}


def test_it_reads_a_day() -> None:
    event = "DTSTART;VALUE=DATE:20261224\nSUMMARY:Christmas Eve\\, closed"
    assert days(event) == {"2026-12-24": "Christmas Eve, closed"}


def test_it_reads_days_until_the_one_before_the_end() -> None:
    event = "DTSTART;VALUE=DATE:20261230\nDTEND;VALUE=DATE:20270102\nSUMMARY:Shutdown"
    assert list(days(event)) == ["2026-12-30", "2026-12-31", "2027-01-01"]


def test_it_reads_a_length_in_days() -> None:
    assert len(days("DTSTART;VALUE=DATE:20261230\nDURATION:P3D")) == 3


def test_it_reads_days_that_come_every_year() -> None:
    event = "DTSTART;VALUE=DATE:19991224\nRRULE:FREQ=YEARLY\nSUMMARY:Eve"
    assert list(days(event)) == ["2025-12-24", "2026-12-24", "2027-12-24", "2028-12-24"]


def test_it_reads_a_rule_with_an_end_and_exceptions() -> None:
    event = (
        "DTSTART;VALUE=DATE:20251126\nSUMMARY:Thanksgiving\n"
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20281231T000000Z\n"
        "EXDATE;VALUE=DATE:20271125\nRDATE;VALUE=DATE:20261127"
    )
    assert list(days(event)) == [
        "2025-11-26",
        "2025-11-27",
        "2026-11-26",
        "2026-11-27",
        "2028-11-23",
    ]


def test_it_reads_a_rule_that_counts() -> None:
    event = "DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=MONTHLY;COUNT=3"
    assert list(days(event)) == ["2025-01-01", "2025-02-01", "2025-03-01"]


def test_it_moves_a_repeated_day_that_has_an_event_of_its_own() -> None:
    found = days(
        "UID:a\nDTSTART;VALUE=DATE:20251224\nRRULE:FREQ=YEARLY;COUNT=2\nSUMMARY:Eve",
        "UID:a\nRECURRENCE-ID;VALUE=DATE:20261224\nDTSTART;VALUE=DATE:20261223\nSUMMARY:Early",
    )
    assert found == {"2025-12-24": "Eve", "2026-12-23": "Early"}


def test_it_leaves_out_what_was_called_off() -> None:
    assert days("DTSTART;VALUE=DATE:20261224\nSTATUS:CANCELLED") == {}


def test_it_names_a_day_once_for_each_of_its_events() -> None:
    day = "DTSTART;VALUE=DATE:20261224\nSUMMARY:"
    assert days(f"{day}Eve", f"{day}Closed", f"{day}Eve") == {"2026-12-24": "Eve, Closed"}


def test_it_counts_events_with_times_of_day() -> None:
    found = days_of(
        calendar("DTSTART:20261224T120000Z", "DTSTART;VALUE=DATE:20261225"), SINCE, UNTIL
    )
    assert (list(found.days), found.left_out) == ([date(2026, 12, 25)], 1)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"hello", "not an iCalendar"),
        (b"", "not an iCalendar"),
        (b"x" * (MOST_BYTES + 1), "longer than 2 MB"),
        (calendar("DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=SECONDLY"), "no rule for days"),
        (calendar("DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY"), "no rule for days"),
        (calendar("DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=YEARLY;BYDAY=XX"), "not an iCal"),
        (
            calendar(*["DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=DAILY"] * 8),
            "more than 10,000 days",
        ),
    ],
)
def test_it_says_what_it_cannot_read(data: bytes, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        days_of(data, SINCE, UNTIL)


lines = st.sampled_from(
    ["DTSTART", "DTEND", "RRULE", "EXDATE", "RDATE", "DURATION", "SUMMARY", "RECURRENCE-ID"]
)
values = st.sampled_from(
    ["20260101", "20260101T000000", "FREQ=YEARLY", "P1D", "PT5M", "", "20261399"]
)
events = st.lists(
    st.tuples(lines, st.sampled_from(["", ";VALUE=DATE", ";TZID=Nowhere"]), values).map(
        lambda parts: f"{parts[0]}{parts[1]}:{parts[2]}"
    ),
    max_size=5,
).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(events, max_size=3), st.binary(max_size=20))
def test_it_meets_any_nonsense_with_words(found: list[str], junk: bytes) -> None:
    for data in (calendar(*found), junk, calendar(*found) + junk):
        with suppress(PlanError):
            days_of(data, SINCE, UNTIL)
