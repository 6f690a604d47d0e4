"""Who else is on a ticket, by what open pages say; who fell silent keeps nobody from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.live.models import LiveEvent
from answerable.routing.actions import On, closed, heard, serve_next
from answerable.routing.company import company_beside, visited
from answerable.routing.core.being import BEAT
from answerable.routing.core.company import FRESH_FOR, SAID_FOR, Doing, PageHeard, company
from answerable.routing.models import OpenPage
from answerable.routing.queries import with_somebody
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HALF_A_MINUTE = 30 * SECOND
NOON = datetime(2025, 10, 24, 12, tzinfo=UTC)
# A steady beat: it writes two rows in place, in one transaction, and reads nothing.
BEAT_QUERIES = 4


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def on(ticket: Ticket, doing: Doing = Doing.VIEWS) -> On:
    return On(ticket.pk, doing)


def seen_by(agent: Agent, at: datetime) -> list[tuple[int, str, str, bool]]:
    return [(c.ticket, c.name, c.doing, c.is_lost) for c in company_beside(agent, at=at)]


def told() -> int:
    return LiveEvent.objects.filter(topic="company-all").count()


def test_others_see_who_views_and_who_writes(cast: Cast, ticket: Ticket, at: datetime) -> None:
    heard(cast.ben, "b", at=at, on=on(ticket))
    heard(cast.chidi, "c", at=at, on=on(ticket, Doing.REPLIES))
    assert seen_by(cast.ana, at) == [
        (ticket.pk, "Ben Adler", "view", False),
        (ticket.pk, "Chidi Okafor", "reply", False),
    ]
    assert seen_by(cast.ben, at) == [(ticket.pk, "Chidi Okafor", "reply", False)]
    closed(cast.chidi, "c", at=at)
    assert seen_by(cast.ben, at) == []


def test_pages_are_told_of_changes_and_not_of_beats(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    heard(cast.ben, "b", at=at)
    assert told() == 0
    heard(cast.ben, "b", at=at, on=on(ticket))
    heard(cast.ben, "b", at=at + BEAT, on=on(ticket, Doing.NOTES))
    assert told() == 2
    for beats in range(2, 5):
        heard(cast.ben, "b", at=at + beats * BEAT, on=on(ticket, Doing.NOTES))
    assert told() == 2
    heard(cast.ben, "b", at=at + 5 * BEAT)
    assert told() == 3
    closed(cast.ben, "b", at=at + 5 * BEAT)
    assert told() == 3


def test_a_beat_costs_what_it_cost_before_it_named_a_ticket(
    cast: Cast,
    ticket: Ticket,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    heard(cast.ben, "b", at=at, on=on(ticket))
    with django_assert_num_queries(BEAT_QUERIES):
        heard(cast.ben, "b", at=at + BEAT, on=on(ticket))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        company_beside(cast.ana, at=at + BEAT)
    assert len(asked) == 1


def test_no_page_is_on_what_there_is_not(cast: Cast, ticket: Ticket, at: datetime) -> None:
    heard(cast.ben, "b", at=at, on=On(10**12, Doing.VIEWS))
    heard(cast.ben, "b", at=at, on=On(ticket.pk, "watch"))
    assert OpenPage.objects.get().ticket is None
    assert told() == 0


def test_q_skips_what_somebody_is_on_and_counts_it(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    other = opened(cast.dana, at + MINUTE)
    heard(cast.ben, "b", at=at, on=on(ticket))
    assert serve_next(cast.ana, at=at) == other.pk
    assert serve_next(cast.chidi, at=at) is None
    assert with_somebody(cast.chidi, at=at) == 2
    assert serve_next(cast.ben, at=at) == ticket.pk  # One's own page keeps one from nothing.


def test_d_15_what_a_killed_browser_was_on_is_served_again(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    heard(cast.ben, "b", at=at)
    assert serve_next(cast.ben, at=at) == ticket.pk
    heard(cast.ben, "b", at=at, on=on(ticket, Doing.REPLIES))
    still = at + FRESH_FOR
    assert serve_next(cast.ana, at=still) is None
    assert seen_by(cast.ana, still) == [(ticket.pk, "Ben Adler", "reply", False)]
    later = at + HALF_A_MINUTE
    assert seen_by(cast.ana, later) == [(ticket.pk, "Ben Adler", "reply", True)]
    assert serve_next(cast.ana, at=later) == ticket.pk
    assert seen_by(cast.ana, at + SAID_FOR + SECOND) == []


def test_who_has_no_page_at_all_keeps_what_they_were_served(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    assert serve_next(cast.ben, at=at) == ticket.pk
    assert serve_next(cast.ana, at=at + MINUTE) is None
    assert visited([ticket.pk], cast.ana, at=at) == set()


PAGES = st.builds(
    PageHeard,
    agent=st.integers(1, 3),
    name=st.just("Ben"),
    ticket=st.none() | st.integers(1, 3),
    doing=st.sampled_from([*Doing, ""]),
    heard_at=st.integers(-200, 0).map(lambda s: NOON + s * SECOND),
)


@given(pages=st.lists(PAGES, max_size=8))
def test_everybody_is_said_once_a_ticket_and_nobody_for_long(pages: list[PageHeard]) -> None:
    said = company(pages, NOON)
    assert len({(one.ticket, one.agent) for one in said}) == len(said)
    for one in said:
        assert one.is_lost == (NOON - one.heard_at > FRESH_FOR)
        assert NOON - one.heard_at <= SAID_FOR
    heard_now = {page.agent for page in pages if NOON - page.heard_at <= FRESH_FOR}
    assert not {one.agent for one in said if one.is_lost} & heard_now


@given(beats_at=st.integers(0, 15), silent=st.integers(0, 300))
def test_d_15_silence_is_noticed_within_half_a_minute(beats_at: int, silent: int) -> None:
    last = NOON - beats_at * SECOND  # Its browser is killed at noon, between two beats.
    page = PageHeard(1, "Ben", 7, Doing.VIEWS, last)
    said = company([page], NOON + silent * SECOND)
    if silent * SECOND >= HALF_A_MINUTE:
        assert all(one.is_lost for one in said)
