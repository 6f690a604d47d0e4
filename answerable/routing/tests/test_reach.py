"""Nobody is taken for gone who could not be heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from answerable.cast import Cast
from answerable.channels.chat.actions import take_chat
from answerable.routing.core.being import BEAT, GIVES_BACK_AFTER, LOST_AFTER
from answerable.routing.core.reach import (
    PATIENCE,
    SILENT_AFTER,
    Reach,
    Signs,
    can_be_heard,
    is_given_up,
)
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Offer
from answerable.routing.queries_of_presence import standing_of
from answerable.routing.tests.scenes import SECOND, beat, chat_of, there
from answerable.routing.waiting import RINGS

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STEP = 5
LASTS = 1500  # seconds of a morning that is played
LAW = settings(max_examples=60, deadline=None)


def played(
    silent_from: Mapping[str, int], away: tuple[int, int]
) -> Iterator[tuple[datetime, set[str]]]:
    """Play a morning: each agent beats every 15 seconds until they fall silent, and nobody is
    heard while the web processes are away. Return who is given up, step by step."""
    heard = dict.fromkeys(silent_from, AT)
    reach, web_at = Reach(), AT
    for second in range(0, LASTS, STEP):
        at, is_up = AT + second * SECOND, not away[0] <= second < away[1]
        web_at = at if is_up else web_at
        for place, (name, until) in enumerate(silent_from.items()):
            if is_up and second < until and (second + STEP * place) % 15 == 0:
                heard[name] = at
        there_at = max(heard.values())
        reach = reach.after(Signs(beat_at=there_at, there=len(heard), web_at=web_at), at)
        lost = {name for name, last in heard.items() if at - last > LOST_AFTER}
        yield at, {name for name in lost if is_given_up(heard[name], reach, at)}


@LAW
@given(
    agents=some.integers(1, 4),
    begins=some.integers(0, LASTS // STEP).map(lambda n: n * STEP),
    lasts=some.integers(0, 120).map(lambda n: n * STEP),
)
def test_who_beats_whenever_they_can_is_never_given_up(
    agents: int, begins: int, lasts: int
) -> None:
    everybody = {f"agent {number}": LASTS for number in range(agents)}
    for _at, gone in played(everybody, (begins, begins + lasts)):
        assert gone == set()


@LAW
@given(
    others=some.integers(0, 3),
    silent=some.integers(0, 120).map(lambda n: n * STEP),
    begins=some.integers(0, 100).map(lambda n: n * STEP),
    lasts=some.integers(0, 60).map(lambda n: n * STEP),
)
def test_who_falls_silent_alone_is_given_up_in_the_end(
    others: int, silent: int, begins: int, lasts: int
) -> None:
    agents = {"silent": silent} | {f"agent {number}": LASTS for number in range(others)}
    away = (begins, begins + lasts)
    found = [at for at, gone in played(agents, away) if "silent" in gone]
    assert found
    waited = GIVES_BACK_AFTER + BEAT + STEP * SECOND
    assert found[0] <= AT + max(silent, away[1]) * SECOND + waited + SILENT_AFTER


def test_all_who_fall_silent_at_once_are_waited_for_a_while() -> None:
    signs = Signs(beat_at=AT, there=3, web_at=AT + 2 * MINUTE)
    assert not can_be_heard(signs, AT + 2 * MINUTE)
    late = AT + PATIENCE + SECOND
    assert can_be_heard(Signs(beat_at=AT, there=3, web_at=late), late)


@pytest.mark.django_db
def test_a_web_process_that_was_away_costs_nobody_their_chats(cast: Cast, at: datetime) -> None:
    there(cast.ana, cast.ben, at=at)
    chat = chat_of(cast.dana, at)
    take_chat(chat, agent=cast.ana, at=at)
    shut, reach = Reach(), Reach()
    for minute in range(1, 6):
        dispatch(at=at + minute * MINUTE, reach=shut)
    chat.refresh_from_db()
    assert chat.agent == cast.ana
    back = at + 6 * MINUTE
    beat(cast.ben, at=back)
    reach = reach.after(Signs(beat_at=back, there=2, web_at=back), back)
    dispatch(at=back, reach=reach)
    assert standing_of(cast.ana, back).status == "lost"
    dispatch(at=back + GIVES_BACK_AFTER, reach=reach)
    chat.refresh_from_db()
    assert chat.agent == cast.ana
    beat(cast.ben, at=back + GIVES_BACK_AFTER)
    dispatch(at=back + GIVES_BACK_AFTER + SECOND, reach=reach)
    chat.refresh_from_db()
    assert chat.agent is None


@pytest.mark.django_db
def test_what_rang_while_nobody_could_answer_counts_as_no_miss(
    cast: Cast, at: datetime
) -> None:
    there(cast.ana, at=at)
    chat_of(cast.dana, at)
    dispatch(at=at)
    dispatch(at=at + RINGS[Offer.Kind.CHAT], reach=Reach())
    assert cast.ana.offers.get().outcome == "withdrawn"
