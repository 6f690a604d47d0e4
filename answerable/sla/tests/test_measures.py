"""The table of metrics, what stops a response clock, and when clocks stand still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from answerable.desk.marks import WORDS
from answerable.entitlements.core.clauses import PauseRule, Response
from answerable.entitlements.core.plan import Metric
from answerable.sla.core.metrics import MEASURES
from answerable.sla.core.response import ATTEMPTED, CONNECTED, DELIVERED, Said, is_response
from answerable.sla.core.stands import Stand, ends_at, pausing
from answerable.sla.models import Clock
from answerable.tickets.models import TicketEvent

TEN = datetime(2025, 10, 20, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
SAID_AS_MESSAGES = {
    "opened",
    "wrote",
    "answered",
    "noticed",
    "noted",
    "delivered",
    "undelivered",
    "left",
    "taken_back",
}


def test_every_metric_of_a_plan_is_measured() -> None:
    assert set(MEASURES) == set(Metric)
    assert {metric.value for metric in Metric} == set(Clock.Metric.values)


def test_it_names_lines_of_the_log_only() -> None:
    named = [m.starts | m.stops | m.taken_back_by for m in MEASURES.values()]
    assert frozenset().union(*named) <= set(TicketEvent.Verb)


def test_every_line_of_the_log_has_its_words_on_the_desk() -> None:
    assert set(TicketEvent.Verb) - SAID_AS_MESSAGES == set(WORDS)


def test_only_turns_updates_and_solutions_pause_where_a_plan_names_no_metric() -> None:
    assert {metric for metric, measure in MEASURES.items() if measure.may_pause} == {
        "next_response",
        "status_update",
        "workaround",
        "resolution",
    }


@pytest.mark.parametrize(
    ("it", "said", "defined", "counts"),
    [
        ("is a reply that arrived", Said(DELIVERED, True), Response(), True),
        ("is nothing that a machine sent", Said(DELIVERED, False), Response(), False),
        (
            "is nothing of a colleague where the assignee must answer",
            Said(DELIVERED, True),
            Response(by="assignee"),
            False,
        ),
        (
            "is the assignee's where the assignee must answer",
            Said(DELIVERED, True, by_assignee=True),
            Response(by="assignee"),
            True,
        ),
        ("may be one of many", Said(DELIVERED, True, is_bulk=True), Response(), True),
        (
            "may not be one of many",
            Said(DELIVERED, True, is_bulk=True),
            Response(bulk=False),
            False,
        ),
        ("is a call", Said(CONNECTED, True), Response(), True),
        ("is no call", Said(CONNECTED, True), Response(calls=False), False),
        (
            "is a call that lasts",
            Said(CONNECTED, True, seconds=30),
            Response(connected_seconds=30),
            True,
        ),
        (
            "is no call that is too short",
            Said(CONNECTED, True, seconds=29),
            Response(connected_seconds=30),
            False,
        ),
        ("is no attempt to call", Said(ATTEMPTED, True), Response(voicemail=True), False),
        (
            "is no voice message",
            Said(ATTEMPTED, True, is_voicemail=True),
            Response(),
            False,
        ),
        (
            "is a voice message where the plan says so",
            Said(ATTEMPTED, True, is_voicemail=True),
            Response(voicemail=True),
            True,
        ),
        ("is nothing else", Said("noted", True), Response(), False),
    ],
)
def test_a_response(it: str, said: Said, defined: Response, counts: bool) -> None:
    assert is_response(defined, said) == counts, it


ALL = PauseRule("waiting", ())
FIRST_TOO = PauseRule("waiting", ("first_response",))
PICKY = PauseRule("third_party", (), needs_reason=True, needs_message=True)


@pytest.mark.parametrize(
    ("rules", "stand", "metric", "rule"),
    [
        ([ALL], Stand("waiting"), "next_response", ALL),
        ([ALL], Stand("waiting"), "first_response", None),
        ([ALL], Stand("vendor"), "next_response", None),
        ([ALL, FIRST_TOO], Stand("waiting"), "first_response", FIRST_TOO),
        ([FIRST_TOO], Stand("waiting"), "resolution", None),
        ([PICKY], Stand("third_party"), "resolution", PICKY),
        ([PICKY], Stand("third_party", has_reason=False), "resolution", None),
        ([PICKY], Stand("third_party", was_told=False), "resolution", None),
        ([], Stand("waiting"), "resolution", None),
    ],
)
def test_a_clock_stands_still_by_the_first_rule_that_holds(
    rules: list[PauseRule], stand: Stand, metric: str, rule: PauseRule | None
) -> None:
    assert pausing(rules, stand, metric) == rule


def test_a_pause_ends_by_itself_at_what_comes_first() -> None:
    assert ends_at(TEN, None, None) is None
    assert ends_at(TEN, 2 * HOUR, TEN + HOUR) == TEN + HOUR
    assert ends_at(TEN, HOUR, TEN + 2 * HOUR) == TEN + HOUR
