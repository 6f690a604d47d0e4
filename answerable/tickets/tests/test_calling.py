"""What counts as having called somebody, by what a plan says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.tickets.core.calling import Rules, is_attempt, is_over, keeps, rules_of

RESULTS = ["connected", "no_answer", "busy", "voicemail", "wrong_number", "refused"]
RULES = st.builds(
    Rules,
    attempts=st.integers(1, 5),
    gap=st.integers(0, 3600),
    ring=st.integers(0, 60),
    kept_by=st.sampled_from(["attempt", "answer"]),
    voicemail=st.booleans(),
    exhausted=st.sampled_from(["writing", "close"]),
)
RANG = st.none() | st.integers(0, 120).map(lambda seconds: timedelta(seconds=seconds))


@given(RULES)
def test_rules_are_what_they_were_stored_as(rules: Rules) -> None:
    assert rules_of(rules.as_json()) == rules


@given(RULES, st.sampled_from(RESULTS), RANG)
def test_what_keeps_a_promise_was_tried_in_earnest(
    rules: Rules, result: str, rang: timedelta | None
) -> None:
    assert is_attempt(rules, result, rang) or not keeps(rules, result, rang)


@given(RULES, RANG)
def test_who_was_reached_was_called(rules: Rules, rang: timedelta | None) -> None:
    assert keeps(rules, "connected", rang)


@given(RULES, st.sampled_from(RESULTS))
def test_nobody_is_called_for_ever(rules: Rules, result: str) -> None:
    assert is_over(rules, result, rules.attempts)


@pytest.mark.parametrize(
    ("rules", "result", "rang", "kept"),
    [
        (Rules(), "no_answer", timedelta(seconds=20), True),
        (Rules(), "no_answer", timedelta(seconds=19), False),
        (Rules(), "no_answer", None, True),
        (Rules(), "busy", timedelta(0), True),
        (Rules(voicemail=False), "voicemail", None, False),
        (Rules(kept_by="answer"), "voicemail", None, False),
        (Rules(kept_by="answer"), "busy", None, False),
    ],
)
def test_it_is_kept_as_the_plan_says(
    rules: Rules, result: str, rang: timedelta | None, kept: bool
) -> None:
    assert keeps(rules, result, rang) is kept
