"""What happens to a chat by itself, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.chat.core.timing import Rules, Standing, Step, next_step

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RULES = Rules(
    expected_wait=5 * MINUTE,
    unanswered_after=5 * MINUTE,
    abandoned_after=10 * MINUTE,
    warn_after=25 * MINUTE,
    idle_after=30 * MINUTE,
    mail_after=MINUTE,
    gone_after=5 * MINUTE,
)
moments = st.integers(0, 7200).map(lambda seconds: AT + timedelta(seconds=seconds))
maybe = st.none() | moments
standings = st.builds(
    Standing,
    waits_since=maybe,
    was_taken=st.booleans(),
    expected=st.none() | st.integers(0, 3600).map(lambda seconds: timedelta(seconds=seconds)),
    closes_at=maybe,
    silent_since=maybe,
    warned_at=maybe,
    left_at=maybe,
    unseen_at=maybe,
)


def test_a_wait_ends_five_minutes_after_what_the_customer_was_told() -> None:
    told = Standing(waits_since=AT, expected=3 * MINUTE)
    assert next_step(told, RULES) == (AT + 8 * MINUTE, Step.UNANSWERED)
    untold = Standing(waits_since=AT)
    assert next_step(untold, RULES) == (AT + 10 * MINUTE, Step.UNANSWERED)


def test_a_wait_ends_when_chats_end_for_the_day() -> None:
    waiting = Standing(waits_since=AT, closes_at=AT + 2 * MINUTE)
    assert next_step(waiting, RULES) == (AT + 2 * MINUTE, Step.CLOSED)


def test_who_closes_the_page_in_the_line_is_waited_for_a_while() -> None:
    long = timedelta(hours=1)
    gone = Standing(waits_since=AT, expected=long, left_at=AT + MINUTE)
    assert next_step(gone, RULES) == (AT + 11 * MINUTE, Step.ABANDONED)


def test_a_silent_customer_is_told_and_then_it_goes_on_by_mail() -> None:
    silent = Standing(was_taken=True, silent_since=AT)
    assert next_step(silent, RULES) == (AT + 25 * MINUTE, Step.WARN)
    told = Standing(was_taken=True, silent_since=AT, warned_at=AT + 25 * MINUTE)
    assert next_step(told, RULES) == (AT + 30 * MINUTE, Step.IDLE)


def test_who_was_told_late_has_as_long_as_others() -> None:
    late = Standing(was_taken=True, silent_since=AT, warned_at=AT + 50 * MINUTE)
    assert next_step(late, RULES) == (AT + 55 * MINUTE, Step.IDLE)


def test_what_a_customer_who_left_has_not_seen_is_mailed_before_the_chat_ends() -> None:
    left = Standing(was_taken=True, left_at=AT, unseen_at=AT + 2 * MINUTE)
    assert next_step(left, RULES) == (AT + 3 * MINUTE, Step.MAIL)
    mailed = Standing(was_taken=True, left_at=AT)
    assert next_step(mailed, RULES) == (AT + 5 * MINUTE, Step.GONE)


def test_nothing_happens_while_the_customer_waits_for_us() -> None:
    assert next_step(Standing(was_taken=True), RULES) is None


@given(standings)
def test_nothing_is_due_before_what_it_counts_from(standing: Standing) -> None:
    step = next_step(standing, RULES)
    known = [
        instant
        for instant in (
            standing.waits_since,
            standing.closes_at,
            standing.silent_since,
            standing.left_at,
        )
        if instant is not None
    ]
    if step is None:
        assert standing.waits_since is None or not known
    else:
        assert step[0] >= min(known)


@given(standings)
def test_nobody_is_dropped_for_silence_who_was_not_told(standing: Standing) -> None:
    step = next_step(standing, RULES)
    if step and step[1] == Step.IDLE:
        assert standing.warned_at is not None
        assert step[0] >= standing.warned_at + RULES.idle_after - RULES.warn_after
    if standing.waits_since is not None and step:
        assert step[1] not in {Step.WARN, Step.IDLE}
