"""When who does not answer is reminded, and when their ticket is resolved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from answerable.tickets.core.silence import PROMPT, Rules, Step, happened, next_step, rules_of

BEGAN = datetime(2025, 10, 24, 16, 45, tzinfo=UTC)
DAY = 86_400.0
RULES = st.builds(
    Rules,
    remind_after=st.none() | st.floats(3600, 10 * DAY),
    reminders=st.integers(1, 5),
    resolve_after=st.none() | st.floats(51 * DAY, 100 * DAY),
)
LATE = st.lists(st.floats(0, 20 * DAY), min_size=6, max_size=6)


def steps(rules: Rules, late: list[float]) -> list[tuple[Step, datetime]]:
    """Every step, and when it was done: so much later than its time."""
    done: list[tuple[Step, datetime]] = []
    reminded, last = 0, None
    for seconds in late:
        step = next_step(rules, BEGAN, reminded, last)
        if step is None:
            return done
        at = happened(step.at, step.at + timedelta(seconds=seconds))
        done.append((step, at))
        if step.does == "resolve":
            return done
        reminded, last = reminded + 1, at
    return done


@given(RULES)
def test_rules_are_what_they_were_stored_as(rules: Rules) -> None:
    assert rules_of(rules.as_json()) == rules


@given(RULES, LATE)
def test_it_reminds_as_often_as_it_says_and_resolves_once_at_the_end(
    rules: Rules, late: list[float]
) -> None:
    does = [step.does for step, _ in steps(rules, late)]
    often = rules.reminders if rules.remind_after else 0
    assert does == ["remind"] * often + ["resolve"] * (rules.resolve_after is not None)


@given(RULES, LATE)
def test_a_late_reminder_leaves_as_much_time_to_answer(rules: Rules, late: list[float]) -> None:
    done = steps(rules, late)
    for (_, before), (step, _) in pairwise(done):
        gap = rules.remind_after or 0
        if step.does == "resolve":
            gap = (rules.resolve_after or 0) - rules.reminders * gap
        assert step.at >= before + timedelta(seconds=gap) - timedelta(milliseconds=1)


@given(RULES)
def test_in_time_it_is_resolved_when_the_plan_says(rules: Rules) -> None:
    step = next((s for s, _ in steps(rules, [0.0] * 6) if s.does == "resolve"), None)
    if step and rules.resolve_after is not None:
        planned = BEGAN + timedelta(seconds=rules.resolve_after)
        assert abs(step.at - planned) < timedelta(milliseconds=1)


def test_what_is_noticed_late_is_not_dated_back() -> None:
    assert happened(BEGAN, BEGAN + PROMPT) == BEGAN
    late = BEGAN + PROMPT + timedelta(seconds=1)
    assert happened(BEGAN, late) == late
