"""How stories end: a story is deflected only when that is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.knowledge.core.outcomes import A_DAY, DEFLECTED, Outcome, Read, Story, outcome

TEN = datetime(2025, 10, 20, 10, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = TEN + 10 * A_DAY
READ = Story(TEN, readings=(Read(TEN + MINUTE),))


def said(helpful: bool) -> Story:
    return Story(TEN, readings=(Read(TEN + MINUTE, helpful),))


@pytest.mark.parametrize(
    ("story", "ended"),
    [
        (Story(TEN), Outcome.UNREAD),
        (READ, Outcome.QUIET),
        (said(True), Outcome.HELPED),
        (said(False), Outcome.UNHELPFUL),
        (replace(READ, contact=TEN + HOUR), Outcome.CONTACT),
        (replace(READ, tickets=(TEN + HOUR,)), Outcome.TICKET),
        (replace(READ, tickets=(TEN + MINUTE + A_DAY,)), Outcome.TICKET),
        (replace(READ, tickets=(TEN + 2 * MINUTE + A_DAY,)), Outcome.QUIET),
        (replace(READ, tickets=(TEN - HOUR,)), Outcome.QUIET),
        (replace(READ, questions=(TEN + 2 * HOUR,)), Outcome.AGAIN),
        (replace(READ, questions=(TEN + 2 * A_DAY,)), Outcome.QUIET),
        (replace(said(True), questions=(TEN + 2 * HOUR,)), Outcome.HELPED),
        (replace(said(True), tickets=(TEN + 2 * HOUR,)), Outcome.TICKET),
        (replace(said(True), contact=TEN + 2 * HOUR), Outcome.CONTACT),
        (Story(TEN, contact=TEN + MINUTE), Outcome.CONTACT),
    ],
)
def test_a_story_ends_in_one_way(story: Story, ended: Outcome) -> None:
    assert outcome(story, LATER) == ended


def test_the_last_word_counts() -> None:
    both = (Read(TEN + MINUTE, False), Read(TEN + HOUR, True))
    assert outcome(Story(TEN, both), LATER) == Outcome.HELPED
    assert outcome(Story(TEN, both[::-1]), LATER) == Outcome.HELPED


def test_nothing_is_known_before_the_day_is_over() -> None:
    assert outcome(said(True), TEN + MINUTE + A_DAY - MINUTE) == Outcome.OPEN
    assert outcome(said(True), TEN + MINUTE + A_DAY) == Outcome.HELPED


INSTANTS = st.integers(-3000, 6000).map(lambda minutes: TEN + minutes * MINUTE)
AFTER = st.integers(0, 6000).map(lambda minutes: TEN + minutes * MINUTE)
STORIES = st.builds(
    Story,
    at=st.just(TEN),
    readings=st.lists(
        st.builds(Read, at=AFTER, helpful=st.sampled_from([None, True, False])), max_size=4
    ).map(tuple),
    contact=st.none() | INSTANTS,
    tickets=st.lists(INSTANTS, max_size=3).map(tuple),
    questions=st.lists(INSTANTS, max_size=3).map(tuple),
)


@given(STORIES, INSTANTS)
def test_a_deflected_story_was_read_and_its_day_is_over(story: Story, now: datetime) -> None:
    ended = outcome(story, now)
    if ended in DEFLECTED:
        assert story.readings
        assert now >= story.last + A_DAY
        assert not any(story.at <= each <= story.last + A_DAY for each in story.tickets)
    if ended == Outcome.QUIET:
        first = min(read.at for read in story.readings)
        assert not any(first <= each <= story.last + A_DAY for each in story.questions)
        assert all(read.helpful is None for read in story.readings)


@given(STORIES, INSTANTS, INSTANTS)
def test_another_ticket_never_makes_a_story_deflected(
    story: Story, ticket: datetime, now: datetime
) -> None:
    after = outcome(replace(story, tickets=(*story.tickets, ticket)), now)
    assert after in {outcome(story, now), Outcome.TICKET}


@given(STORIES, st.integers(0, 10_000))
def test_a_story_that_is_over_stays_as_it_ended(story: Story, minutes: int) -> None:
    over = story.last + A_DAY
    assert outcome(story, over) == outcome(story, over + minutes * MINUTE) != Outcome.OPEN
