"""A preview shows a plan at the edges of its calendars, by the rules that decide on tickets."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from answerable.entitlements.actions import SHIPPED, read_plan_text
from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.reading import read_terms
from answerable.sla.core.hours import Always, Hours
from answerable.sla.preview import Kind, cases, due_of, edges
from answerable.sla.preview_words import case_words, due_words
from answerable.sla.trying import answer

MARCH = datetime(2026, 3, 4, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = (("08:00", "17:00"),)
WEEKDAYS = (OFFICE,) * 5 + ((), ())


def shipped(plan: str) -> Terms:
    return read_terms(read_document(read_plan_text(SHIPPED / f"{plan}.toml")))


def table(plan: str, row: str) -> dict[str, str]:
    terms = shipped(plan)
    return {
        case_words(case): due_words(due_of(terms, case))
        for case in cases(terms, MARCH)
        if case.row == row
    }


def test_it_shows_a_row_on_office_hours() -> None:
    assert table("premium", "aim") == {
        "Shortly before closing, Fri 6 Mar 2026 16:45": "Mon 9 Mar 2026 16:45",
        "At closing time, Fri 6 Mar 2026 17:00": "Mon 9 Mar 2026 17:00",
        "One minute before opening, Mon 9 Mar 2026 07:59": "Mon 9 Mar 2026 17:00",
        "Before clocks go forward, Fri 27 Mar 2026 16:45": "Mon 30 Mar 2026 16:45",
        "Before clocks go back, Fri 23 Oct 2026 16:45": "Mon 26 Oct 2026 16:45",
        "Before 29 February, Mon 28 Feb 2028 16:00": "Tue 29 Feb 2028 16:00",
        "From Tokyo, Tue 10 Mar 2026 10:00 there": "Wed 11 Mar 2026 01:00",
        "From Los Angeles, Tue 10 Mar 2026 10:00 there": "Wed 11 Mar 2026 09:00",
    }


def test_it_shows_a_row_around_the_clock_where_clocks_change() -> None:
    shown = table("premium", "critical")
    assert shown["Before clocks go forward, Sun 29 Mar 2026 01:40"] == "Sun 29 Mar 2026 03:10"
    back = shown["Before clocks go back, Sun 25 Oct 2026 02:40 (UTC+2)"]
    assert back == "Sun 25 Oct 2026 02:10 (UTC+1)"


@pytest.mark.parametrize("plan", ["premium", "gitlab-priority", "red-hat-premium", "zitadel"])
def test_each_case_falls_to_the_row_that_it_was_made_for(plan: str) -> None:
    terms = shipped(plan)
    made = cases(terms, MARCH)
    assert {case.row for case in made} == {target.key for target in terms.targets}
    for case in made:
        tried = answer(terms, case.request)
        assert tried.target
        assert tried.target.key == case.row
        assert case.start >= MARCH


def test_it_shows_under_another_plan_what_was_made_for_one() -> None:
    terms = shipped("premium")
    other = read_terms(
        {**read_document(read_plan_text(SHIPPED / "premium.toml")), "languages": ["fr"]}
    )
    case = cases(terms, MARCH)[0]
    assert due_of(terms, case)
    # The guarantee is in French now, and the aim for everybody remains.
    assert answer(other, case.request).ask.language == "fr"


def test_it_looks_at_breaks_and_days_off() -> None:
    split = (("08:00", "12:00"), ("13:00", "17:00"))
    short = {date(2026, 12, 24): split[:1]}
    off = {date(2026, 4, 3): (), date(2026, 4, 6): (), **short}
    hours = Hours("Europe/Berlin", (split,) * 5 + ((), ()), off)
    found = [(kind, f"{moment:%a %d %b %H:%M}") for kind, moment in edges(hours, BERLIN, MARCH)]
    assert found == [
        (Kind.BEFORE_CLOSING, "Fri 06 Mar 16:45"),
        (Kind.CLOSING, "Fri 06 Mar 17:00"),
        (Kind.BEFORE_OPENING, "Mon 09 Mar 07:59"),
        (Kind.BREAK, "Wed 04 Mar 12:30"),
        (Kind.DAY_OFF, "Thu 02 Apr 16:45"),
    ]


def test_it_finds_no_edges_where_nothing_closes() -> None:
    assert list(edges(Always(), BERLIN, MARCH)) == []


def test_it_knows_a_weekend_from_a_day_off() -> None:
    kinds = {kind for kind, _ in edges(Hours("Europe/Berlin", WEEKDAYS), BERLIN, MARCH)}
    assert Kind.DAY_OFF not in kinds


def test_it_looks_at_the_days_off_of_a_plan_and_at_unions() -> None:
    text = read_plan_text(SHIPPED / "premium.toml").split("\n[[examples]]")[0]
    text = text.replace('zone = "Europe/Berlin"', 'zone = "Europe/Berlin"\nholidays = ["ours"]')
    text = text.replace('calendar = "office"', 'calendar = "sun"')
    terms = read_terms(
        read_document(
            f"{text}\n"
            '[calendars.tokyo]\nzone = "Asia/Tokyo"\nopen = ["mon-fri 09:00-17:00"]\n'
            '[calendars.sun]\nunion = ["office", "tokyo"]\n'
            '[holidays.ours]\ndays = [{ on = "2026-04-03", until = "2026-04-06" }]\n'
        )
    )
    found = {case.kind: case for case in cases(terms, MARCH) if case.row == "aim"}
    # Tokyo goes on working while Berlin is away, so that no day is off.
    assert Kind.DAY_OFF not in found
    assert f"{found[Kind.CLOSING].start:%a %H:%M %Z}" == "Fri 17:00 CET"
    assert due_of(terms, found[Kind.CLOSING])


def test_it_looks_at_the_eve_of_a_day_off() -> None:
    text = read_plan_text(SHIPPED / "premium.toml").split("\n[[examples]]")[0]
    text = text.replace('zone = "Europe/Berlin"', 'zone = "Europe/Berlin"\nholidays = ["ours"]')
    days = '\n[holidays.ours]\ndays = [{ on = "2026-04-03", until = "2026-04-06" }]\n'
    terms = read_terms(read_document(text + days))
    shown = {
        case_words(case): due_words(due_of(terms, case))
        for case in cases(terms, MARCH)
        if case.row == "aim"
    }
    assert shown["Before a day off, Thu 2 Apr 2026 16:45"] == "Tue 7 Apr 2026 16:45"
