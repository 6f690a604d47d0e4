"""The queue: whose tickets stand where, and what comes next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.routing.actions import serve_next
from answerable.routing.models import QueueEntry
from answerable.routing.order_sql import RANKS, statement_of
from answerable.routing.queries import (
    counts_in,
    offers_to,
    queue_for,
    still_in_view,
    with_somebody,
)
from answerable.routing.views import VIEWS, asker_of, view_for
from answerable.sla.actions import wake_due
from answerable.sla.tests.plans import shipped
from answerable.tickets import actions
from answerable.tickets.actions import Impact, Opening, Said, Sender
from answerable.tickets.models import Ticket

MINUTE = timedelta(minutes=1)


def ask(
    contact: Contact, at: datetime, *, critical: bool = False, channel: str = "form"
) -> Ticket:
    impact = Impact(key="sign_in", says="Nobody can sign in") if critical else None
    opening = Opening(
        sender=Sender(contact=contact),
        body="Exports fail",
        channel=channel,
        surface="web" if channel == "form" else "mail",
        impact=impact,
    )
    return actions.open_ticket(opening, at=at)


def numbers(cast: Cast, view: str, at: datetime) -> list[int]:
    queue = queue_for(view_for(cast.ana, view), asker_of(cast.ana, UTC, at))
    return [row.entry.ticket_id for row in (*queue.now, *queue.rows)]


def test_it_stands_in_least_slack_order_with_claims_above(cast: Cast, at: datetime) -> None:
    aim = ask(cast.sam, at)
    later = ask(cast.dana, at + MINUTE)
    first = ask(cast.olive, at)
    claim = ask(cast.dana, at + 2 * MINUTE, critical=True)
    queue = queue_for(view_for(cast.ana, "all"), asker_of(cast.ana, UTC, at + 3 * MINUTE))
    assert [row.entry.ticket_id for row in queue.now] == [claim.pk]
    assert [row.entry.ticket_id for row in queue.rows] == [first.pk, later.pk, aim.pk]
    assert queue.counts.total == 4


def test_a_claim_without_a_promise_stands_below_those_with_one(
    cast: Cast, at: datetime
) -> None:
    without = ask(cast.sam, at, critical=True)
    promised = ask(cast.dana, at + 5 * MINUTE, critical=True)
    queue = queue_for(view_for(cast.ana, "all"), asker_of(cast.ana, UTC, at + 6 * MINUTE))
    assert [row.entry.ticket_id for row in queue.now] == [promised.pk, without.pk]
    assert [row.state for row in queue.now] == ["on_track", "aim"]


@pytest.mark.parametrize(("severity", "band"), [("s1", "NOW"), ("s2", "PROMISE")])
def test_what_a_plan_calls_critical_stands_above(
    cast: Cast, at: datetime, severity: str, band: str
) -> None:
    shipped(cast, "zitadel", at=at)
    said = Said(severity=severity)
    opening = Opening(sender=Sender(contact=cast.dana), body="Down.", channel="form", said=said)
    entry = QueueEntry.objects.get(ticket=actions.open_ticket(opening, at=at))
    assert (entry.band, entry.is_critical) == (QueueEntry.Band[band], band == "NOW")


def test_an_aim_rises_above_promises_with_time_once_most_of_it_is_used(
    cast: Cast, at: datetime
) -> None:
    aim = ask(cast.sam, at)
    at += timedelta(hours=23)  # the aim of nine office hours is due on Tuesday at ten
    promise = ask(cast.dana, at)
    assert numbers(cast, "all", at) == [aim.pk, promise.pk]


def test_views_show_what_they_name(cast: Cast, at: datetime) -> None:
    mine, free, waiting = (ask(cast.dana, at) for _ in range(3))
    actions.take(mine, agent=cast.ana, at=at)
    actions.answer(waiting, agent=cast.ben, body="Done.", seen=2**62, at=at)
    stranger = Sender(name="J. Weber", email="j.weber@hafenkontor.example")
    review = actions.open_ticket(
        Opening(sender=stranger, body="Offer?", channel="email"), at=at
    )
    every = [mine.pk, free.pk, waiting.pk, review.pk]
    views = {
        "all": [mine.pk, free.pk],
        "mine": [mine.pk],
        "unassigned": [free.pk],
        "waiting": [waiting.pk],
        "review": [review.pk],
    }
    for view, has in views.items():
        assert numbers(cast, view, at) == has
        seen, asker = view_for(cast.ana, view), asker_of(cast.ana, UTC, at)
        assert counts_in(seen, asker).total == len(has)
        assert still_in_view(seen, asker, every) == set(has)


def test_next_is_free_or_mine_and_not_where_one_comes_from(cast: Cast, at: datetime) -> None:
    bens, mine, free = (ask(cast.dana, at + number * MINUTE) for number in range(3))
    actions.take(bens, agent=cast.ben, at=at)
    actions.take(mine, agent=cast.ana, at=at)
    assert serve_next(cast.ana, at=at) == mine.pk
    assert serve_next(cast.ana, at=at, after=mine.pk) == free.pk
    assert with_somebody(cast.ana, at=at) == 1


def test_next_finds_nothing_when_others_have_everything(cast: Cast, at: datetime) -> None:
    actions.take(ask(cast.dana, at), agent=cast.ben, at=at)
    assert serve_next(cast.ana, at=at) is None


def test_a_claim_is_offered_until_somebody_takes_it(cast: Cast, at: datetime) -> None:
    claim = ask(cast.dana, at, critical=True)
    wake_due(at=at)
    assert list(offers_to(cast.ana)) == [claim]
    actions.take(claim, agent=cast.ben, at=at + MINUTE)
    assert not offers_to(cast.ana)


def test_a_row_is_in_its_view_however_far_down(cast: Cast, at: datetime) -> None:
    first, second = ask(cast.dana, at), ask(cast.dana, at)
    actions.take(second, agent=cast.ben, at=at)
    free = view_for(cast.ana, "unassigned")
    asker = asker_of(cast.ana, UTC, at)
    assert still_in_view(free, asker, [first.pk, second.pk]) == {first.pk}


def test_thousands_are_counted_and_shown_in_slices(cast: Cast, at: datetime) -> None:
    ticket = ask(cast.dana, at)
    tickets = Ticket.objects.bulk_create(
        Ticket(subject="x", channel="form", created_at=at, last_at=at) for _ in range(1200)
    )
    QueueEntry.objects.bulk_create(
        QueueEntry(ticket=one, band=QueueEntry.Band.OPEN, act_by=at) for one in tickets
    )
    view, asker = view_for(cast.ana, "all"), asker_of(cast.ana, UTC, at)
    queue = queue_for(view, asker, most=60)
    assert queue.counts.total == 1201
    assert queue.more
    assert len(queue.rows) == 60
    assert queue.rows[0].entry.ticket_id == ticket.pk
    later = queue_for(view, asker, most=60, skip=1190)
    assert [row.entry.ticket_id for row in later.rows] == [one.pk for one in tickets[-11:]]


@pytest.mark.parametrize("view", ["all", "mine", "unassigned", "waiting", "review"])
def test_a_view_costs_three_queries_at_the_most(
    cast: Cast, at: datetime, view: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    actions.take(ask(cast.dana, at), agent=cast.ana, at=at)
    with django_assert_max_num_queries(3):
        queue_for(view_for(cast.ana, view), asker_of(cast.ana, UTC, at))


@pytest.mark.parametrize("view", VIEWS)
def test_every_part_is_read_in_the_order_of_an_index(
    cast: Cast, at: datetime, view: str
) -> None:
    scope = view_for(cast.ana, view).scope(asker_of(cast.ana, UTC, at))
    values = scope.values(at) | {"far": 60}
    with connection.cursor() as cursor:
        # On a small table PostgreSQL would read everything and sort it.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {statement_of(scope, RANKS[view])}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index" in plan
    assert plan.count("Sort Key") == 1  # of what each part returned, and nothing else
