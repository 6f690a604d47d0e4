"""A customer's own list: what waits for them first, then what was promised, in time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.routing.models import QueueEntry
from answerable.sla.tests.clocks import replied
from answerable.tickets import actions
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def listed(contact: Contact) -> list[int]:
    entries = QueueEntry.objects.of_contact(contact).as_their_list()
    return list(entries.values_list("pk", flat=True))


def answered(ticket: Ticket, cast: Cast, at: datetime) -> Ticket:
    replied(ticket, cast.ana, at=at)
    return ticket


def test_what_waits_stands_first_then_guarantees_as_they_fall_due_then_aims(
    cast: Cast, at: datetime
) -> None:
    aim = opened(cast.sam, at - HOUR)
    later, sooner = opened(cast.dana, at), opened_critical(cast.dana, at)
    before = answered(opened(cast.dana, at - HOUR), cast, at)
    lately = answered(opened(cast.dana, at - HOUR), cast, at + MINUTE)
    assert listed(cast.dana) == [t.pk for t in (lately, before, sooner, later, aim)]


def test_what_was_answered_and_goes_on_stands_last(cast: Cast, at: datetime) -> None:
    goes_on = answered(opened(cast.dana, at - HOUR), cast, at)
    actions.add_message(
        goes_on, sender=actions.Sender(contact=cast.dana), body="All", at=at + MINUTE
    )
    aim = opened(cast.sam, at)
    assert listed(cast.dana) == [aim.pk, goes_on.pk]


def test_a_decision_of_ours_moves_no_request_before_another(cast: Cast, at: datetime) -> None:
    sooner, claimed = opened(cast.dana, at - 35 * MINUTE), opened_critical(cast.dana, at)
    assert listed(cast.dana) == [sooner.pk, claimed.pk]


def test_what_is_on_hold_does_not_wait_for_its_customer(cast: Cast, at: datetime) -> None:
    held, waiting = (answered(opened(cast.dana, at - HOUR), cast, at) for _ in range(2))
    actions.put_on_hold(
        held, kind="vendor", reason="A fix is tested", until=None, agent=cast.ana, at=at
    )
    bands = QueueEntry.objects.in_bulk()
    assert bands[held.pk].customer_band == QueueEntry.CustomerBand.OTHER
    assert bands[waiting.pk].customer_band == QueueEntry.CustomerBand.WAITING


def test_it_has_the_tickets_that_a_contact_may_see_until_they_are_resolved(
    cast: Cast, at: datetime
) -> None:
    mine, theirs = opened(cast.sam, at), opened(cast.dana, at)
    opened(cast.olive, at)
    assert listed(cast.sam) == [mine.pk]
    assert set(listed(cast.dana)) == {mine.pk, theirs.pk}
    actions.resolve(mine, agent=cast.ana, contact=None, reason="Done", at=at)
    assert listed(cast.sam) == []


@pytest.mark.parametrize("name", ["list", "waiting", "by number"])
def test_it_is_read_in_the_order_of_an_index(cast: Cast, at: datetime, name: str) -> None:
    entries = QueueEntry.objects.of_contact(cast.dana)
    found = {
        "list": entries.as_their_list(),
        "waiting": entries.filter(customer_band=0).as_their_list(),
        "by number": entries.order_by("-ticket_id"),
    }[name]
    plan = plan_of(found[:50])
    assert "Index" in plan
    assert "Sort" not in plan


def plan_of(found: QuerySet[QueueEntry]) -> str:
    with connection.cursor() as cursor:
        # On a small table PostgreSQL would read everything and sort it; now it sorts only what
        # no index has in order.
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    return found.explain()
