"""What a line costs in statements: at a hundred lines a second each one counts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.cast import Cast
from answerable.channels.chat.actions import Line, say
from answerable.channels.chat.models import Chat
from answerable.channels.chat.tests.chatting import MINUTE, answered, fresh, taken
from answerable.sla.models import Clock
from answerable.sla.tests.plans import row, sold

Costs = Callable[[int], AbstractContextManager[object]]
NEXT = row("next_response", timedelta(hours=1))
# To hold the chat, to write the message with its log, to tell pages, to write the entry.
A_LINE = 4
# More is to hold the ticket, to ask for clocks and what is promised now, to place it anew, and
# to note who waits for whom.
ANSWER, TURN = 12, 17
# The same where each turn has a promise: a decision, a clock and its ledger, and their lines.
ANSWER_OF_PROMISE, TURN_WITH_PROMISE = 24, 27


@pytest.fixture
def costs(django_assert_num_queries: Costs) -> Costs:
    """Expects so many statements; BEGIN and COMMIT are none of a test's."""
    return lambda count: django_assert_num_queries(count + 2)  # and its savepoint


def ana_says(chat: Chat, cast: Cast, token: str, at: datetime) -> None:
    say(chat, Line(body="Which exports?", token=token, agent=cast.ana), at=at)


def dana_says(chat: Chat, cast: Cast, token: str, at: datetime) -> None:
    say(chat, Line(body="Those of today", token=token, contact=cast.dana), at=at)


def test_a_line_that_changes_no_turn_is_only_written(
    cast: Cast, at: datetime, costs: Costs
) -> None:
    chat = answered(cast, at)
    with costs(A_LINE):
        ana_says(chat, cast, "more", at + MINUTE)
    dana_says(chat, cast, "turn", at + MINUTE)
    with costs(A_LINE):
        dana_says(chat, cast, "more still", at + MINUTE)


def test_an_answer_costs_few_statements(cast: Cast, at: datetime, costs: Costs) -> None:
    chat = answered(cast, at)
    dana_says(chat, cast, "turn", at + MINUTE)
    with costs(ANSWER):
        ana_says(chat, cast, "answer", at + 2 * MINUTE)


def test_what_a_customer_answers_costs_few_statements(
    cast: Cast, at: datetime, costs: Costs
) -> None:
    chat = answered(cast, at)
    with costs(TURN):
        dana_says(chat, cast, "turn", at + MINUTE)


def test_a_turn_costs_the_same_however_many_there_were(cast: Cast, at: datetime) -> None:
    sold(cast, at, NEXT)
    chat = taken(cast, at)
    costs = []
    for turn in range(1, 8):
        with CaptureQueriesContext(connection) as ours:
            ana_says(fresh(chat), cast, f"ours {turn}", at + turn * MINUTE)
        with CaptureQueriesContext(connection) as theirs:
            dana_says(fresh(chat), cast, f"theirs {turn}", at + turn * MINUTE)
        costs.append((len(ours), len(theirs)))
    assert Clock.objects.filter(ticket=chat.ticket_id, metric="next_response").count() == 7
    assert set(costs[1:]) == {(ANSWER_OF_PROMISE + 2, TURN_WITH_PROMISE + 2)}
