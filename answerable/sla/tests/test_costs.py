"""What an action costs in queries, and that many clocks at once cost no more than one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.sla.actions import wake_due
from answerable.sla.tests.clocks import LATEST
from answerable.tickets.actions import answer, mark_delivered
from answerable.tickets.tests.openings import NOBODY_CAN_SIGN_IN, opened, opened_critical

HOUR = timedelta(hours=1)


def test_it_wakes_many_clocks_in_as_many_queries_as_one(cast: Cast, at: datetime) -> None:
    opened_critical(cast.dana, at)
    with CaptureQueriesContext(connection) as one:
        assert wake_due(at=at + HOUR) == 2
    for _ in range(10):
        opened_critical(cast.dana, at)
    with CaptureQueriesContext(connection) as many:
        assert wake_due(at=at + HOUR) == 20
    assert len(many) <= len(one) <= 30  # five of them ask for post-mortems


def test_it_opens_a_claimed_ticket_in_few_queries(
    cast: Cast, at: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(28):
        opened(cast.dana, at, impact=NOBODY_CAN_SIGN_IN, submission="one-form")


def test_it_answers_in_few_queries(
    cast: Cast, at: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = opened(cast.dana, at)
    with django_assert_max_num_queries(21):
        message = answer(ticket, agent=cast.ana, body="Use it.", seen=LATEST, at=at)
    with django_assert_max_num_queries(22):
        mark_delivered(message, at=at)
