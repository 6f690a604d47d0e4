"""Cases of business time are answered, judged, or refused with a reason."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.sla.core.cases import (
    BadCase,
    Judged,
    is_scored,
    judge_due,
    judge_elapsed,
    judge_intervals,
)
from answerable.sla.core.scenarios import judge_pauses

Case = dict[str, Any]
BERLIN: Case = {
    "tz": "Europe/Berlin",
    "weekly": [[day, "09:00", "17:00"] for day in range(5)],
    "holidays": ["2025-10-22"],
    "date_hours": {"2025-10-23": [["09:00", "12:00"], ["13:00", "14:00"]]},
}
DUE: Case = {
    "calendar": BERLIN,
    "start": "2025-10-24T14:45:00Z",
    "business_seconds": 3600,
    "due": "2025-10-27T08:45:00Z",
}
WINDOW = {"from": "2025-10-21T15:00:00Z", "to": "2025-10-23T12:00:00Z"}


def test_it_answers_in_the_zone_of_the_calendar() -> None:
    assert judge_due(DUE) == Judged("2025-10-27T09:45:00+01:00", True)
    assert judge_due(DUE | {"due": "2025-10-27T08:45:01Z"}).ok is False


def test_it_takes_either_answer_where_projects_differ() -> None:
    whole_day = DUE | {"start": "2025-10-20T07:00:00Z", "business_seconds": 8 * 3600}
    at_closing = whole_day | {"due": "2025-10-21T07:00:00Z", "due_alt": "2025-10-20T15:00:00Z"}
    assert judge_due(at_closing).ok
    assert judge_due(whole_day | {"due": "2025-10-21T07:00:00Z"}).ok is False


def test_it_answers_nothing_on_a_calendar_that_never_opens() -> None:
    never = DUE | {"calendar": BERLIN | {"weekly": []}}
    assert judge_due(never) == Judged(None, False)
    assert judge_due(never | {"due": None}).ok


def test_it_judges_nothing_where_nothing_is_expected() -> None:
    asked = {key: DUE[key] for key in ("calendar", "start", "business_seconds")}
    assert judge_due(asked) == Judged("2025-10-27T09:45:00+01:00", None)
    assert judge_elapsed(asked | {"due": DUE["due"]}).ok
    assert judge_intervals(WINDOW | {"calendar": BERLIN}).ok is None


def test_it_counts_elapsed_seconds() -> None:
    assert judge_elapsed(DUE) == Judged(3600, True)
    assert judge_elapsed(DUE | {"start": "2025-10-24T14:45:00.5Z"}) == Judged(3599.5, False)


def test_it_finds_intervals() -> None:
    said = [
        ["2025-10-23T09:00:00+02:00", "2025-10-23T12:00:00+02:00"],
        ["2025-10-23T13:00:00+02:00", "2025-10-23T14:00:00+02:00"],
    ]
    case = WINDOW | {"calendar": BERLIN, "open_intervals": said}
    assert judge_intervals(case) == Judged(said, True)
    assert judge_intervals(case | {"open_intervals": said[1:]}).ok is False


SCENARIO: Case = {
    "calendar": BERLIN,
    "targets_minutes": {"first_response": 60, "solution": 120},
    "created": "2025-10-20T08:00:00Z",
    "events": [
        ["2025-10-20T08:15:00Z", "pending"],
        ["2025-10-20T08:45:00Z", "open"],
        ["2025-10-20T09:15:00Z", "first_response"],
        ["2025-10-20T09:30:00Z", "closed"],
    ],
}


def answer(name: str, **changed: object) -> object:
    judged = judge_pauses(SCENARIO | {"expect": {name: None}} | changed)
    return judged.answer[name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("first_response_due", "2025-10-20T11:30:00+02:00"),
        ("first_response_used_minutes", 45),
        ("first_response_left_minutes", 15),
        ("solution_used_seconds", 3600),
        ("solution_left_minutes", 60),
        ("solution_due", None),
        ("used_minutes_first_20m", 15),
        ("used_minutes_created_to_close", 60),
        ("used_minutes_created_plus_50m_to_close_plus_1h", 40),
    ],
)
def test_it_answers_what_a_scenario_expects(name: str, value: object) -> None:
    assert answer(name) == value
    assert judge_pauses(SCENARIO | {"expect": {name: value}}).ok
    assert not judge_pauses(SCENARIO | {"expect": {name: "2025-10-20T00:00:00Z"}}).ok


def test_it_holds_all_but_the_first_response() -> None:
    held = {"events": [], "hold_seconds": 1800}
    assert answer("solution_due", **held) == "2025-10-20T12:30:00+02:00"
    assert answer("first_response_due", **held) == "2025-10-20T11:00:00+02:00"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"start": None}, "start is None, and no time like"),
        ({"start": "2025-10-24T14:45:00"}, "without its offset from UTC"),
        ({"start": "0001-01-01T00:00:00Z"}, "not of the years 1900 to 2200"),
        ({"business_seconds": -1}, "must be a number, 0 or more"),
        ({"business_seconds": "1h"}, "must be a number, 0 or more"),
        ({"business_seconds": 1e300}, "must be a number, 0 or more"),
        ({"calendar": BERLIN | {"tz": "Berlin"}}, "'Berlin' is no time zone"),
        ({"calendar": {"tz": "UTC"}}, "the calendar has no 'weekly'"),
        ({"calendar": []}, "the calendar cannot be read"),
        ({"calendar": BERLIN | {"weekly": [[0, "9", "17"]]}}, "'9' is no time of day"),
        ({"calendar": BERLIN | {"weekly": [[7, "09:00", "17:00"]]}}, "cannot be read"),
        ({"calendar": BERLIN | {"holidays": ["Christmas"]}}, "cannot be read"),
    ],
)
def test_it_says_why_a_case_cannot_be_read(changed: Case, words: str) -> None:
    with pytest.raises(BadCase, match=words):
        judge_due(DUE | changed)


def test_it_says_what_is_missing() -> None:
    with pytest.raises(BadCase, match="'start' is missing"):
        judge_due({"calendar": BERLIN})
    with pytest.raises(BadCase, match="is no list of pairs"):
        judge_intervals(WINDOW | {"calendar": BERLIN, "open_intervals": 1})
    for name in ("smile_due", "used_minutes_of_tea", "first_response", "used_minutes_"):
        with pytest.raises(BadCase, match="is n"):
            answer(name)
    with pytest.raises(BadCase, match="never closed"):
        answer("used_minutes_created_to_close", events=[])


def test_it_scores_only_what_the_projects_agree_on() -> None:
    assert is_scored({})
    assert is_scored({"check": "agrees"})
    assert not is_scored({"check": "disagrees: cross-check engine says 0.25 s"})


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
WHOLE = DUE | WINDOW | SCENARIO | {"expect": {"solution_due": None}, "open_intervals": []}


@given(st.sampled_from([*WHOLE, "tz", "weekly", "holidays", "date_hours"]), values)
def test_it_meets_any_nonsense_with_a_reason(key: str, value: object) -> None:
    case = WHOLE | ({"calendar": BERLIN | {key: value}} if key in BERLIN else {key: value})
    for judge in (judge_due, judge_elapsed, judge_intervals, judge_pauses):
        with suppress(BadCase):
            judge(case)
