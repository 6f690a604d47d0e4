"""Counts of views: exact, whatever happened to the queue and however much time has passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.routing.actions.tallying import fold_tally, tally_anew
from answerable.routing.core.order import State
from answerable.routing.counts_sql import Counts
from answerable.routing.models import QueueEntry, Tally
from answerable.routing.queries import counts_in, queue_for
from answerable.routing.views import VIEWS, asker_of, view_for
from answerable.tickets import actions
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical

MINUTE = timedelta(minutes=1)
START = datetime(2025, 10, 20, 8, tzinfo=UTC)


def counted_by_hand(agent: Agent, view: str, at: datetime) -> Counts:
    queue = queue_for(view_for(agent, view), asker_of(agent, UTC, at), most=500)
    states = [row.state for row in (*queue.now, *queue.rows)]
    return Counts(len(states), states.count(State.LATE), states.count(State.AT_RISK))


def counts(cast: Cast, view: str, at: datetime) -> Counts:
    return counts_in(view_for(cast.ana, view), asker_of(cast.ana, UTC, at))


def assert_exact(cast: Cast, at: datetime) -> None:
    for view in VIEWS:
        assert counts(cast, view, at) == counted_by_hand(cast.ana, view, at), view


def test_they_follow_what_happens_and_the_time(cast: Cast, at: datetime) -> None:
    first, second = opened(cast.dana, at), opened(cast.olive, at + 7 * MINUTE)
    opened(None, at)
    opened(cast.sam, at)
    opened_critical(cast.dana, at + 3 * MINUTE)
    assert counts(cast, "all", at) == Counts(4)
    assert counts(cast, "review", at) == Counts(1)
    for minutes in (22, 27, 34, 52, 59, 60, 61, 68, 200):
        assert_exact(cast, at + minutes * MINUTE)
    actions.take(first, agent=cast.ana, at=at)
    actions.resolve(second, agent=cast.ben, contact=None, reason="Twice", at=at)
    assert counts(cast, "mine", at + 61 * MINUTE) == Counts(1, late=1)
    assert_exact(cast, at + 61 * MINUTE)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["open", "claim", "take", "assign", "resolve", "hold", "fold", "delete"]
        ),
        st.integers(0, 90),
    ),
    max_size=8,
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS, later=st.integers(0, 120))
def test_they_are_what_counting_says_after_any_history(
    cast: Cast, acts: list[tuple[str, int]], later: int
) -> None:
    with transaction.atomic():
        for act, minutes in acts:
            do(cast, act, START + minutes * MINUTE)
        assert_tallied(cast, later)
        transaction.set_rollback(True)


def assert_tallied(cast: Cast, later: int) -> None:
    at = START + (90 + later) * MINUTE
    assert_exact(cast, at)
    fold_tally(at=at)
    assert_exact(cast, at)
    folded = {measure: total(measure) for measure in Tally.Measure}
    tally_anew()
    assert folded == {measure: total(measure) for measure in Tally.Measure}


def total(measure: int) -> int:
    return Tally.objects.filter(measure=measure).aggregate(all=Sum("many"))["all"] or 0


def do(cast: Cast, act: str, at: datetime) -> None:
    ticket = Ticket.objects.order_by("pk").exclude(state="resolved").first()
    if act in {"open", "claim"}:
        (opened if act == "open" else opened_critical)(cast.dana, at)
    elif act == "fold":
        fold_tally(at=at)
    elif ticket is None:
        return
    elif act == "delete":
        QueueEntry.objects.filter(ticket=ticket).delete()
    elif act == "hold":
        actions.put_on_hold(
            ticket, kind="vendor", reason="A fix", until=None, agent=cast.ana, at=at
        )
    elif act == "resolve":
        actions.resolve(ticket, agent=cast.ana, contact=None, reason="Done", at=at)
    else:
        actions.assign(ticket, to=cast.ana if act == "take" else None, agent=cast.ben, at=at)
