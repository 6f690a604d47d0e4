"""Whatever is told of a call, in whatever order: it moves as it may, and ends once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.voice.core.states import News, State, after

NEWS = st.lists(st.sampled_from(News), max_size=30)


def told(news: list[News]) -> State:
    state = State.RINGING
    for one in news:
        state = after(state, one) or state
    return state


@given(NEWS)
def test_an_ended_call_stays_ended(news: list[News]) -> None:
    assert told([News.ENDED, *news]) == State.ENDED


@given(NEWS)
def test_nobody_talks_who_did_not_answer(news: list[News]) -> None:
    silent: list[News] = [one for one in news if one != News.ANSWERED]
    assert told(silent) in {State.RINGING, State.ENDED}


@given(NEWS, st.integers(0, 29))
def test_news_told_twice_at_once_changes_nothing(news: list[News], place: int) -> None:
    twice = [*news[: place + 1], *news[place : place + 1], *news[place + 1 :]]
    assert told(twice) == told(news)
