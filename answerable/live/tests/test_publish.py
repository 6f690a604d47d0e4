from __future__ import annotations

import pytest
from django.db import transaction

from answerable.live.actions import KEPT, prune
from answerable.live.events import Changed, publish
from answerable.live.models import LiveEvent
from answerable.live.queries import OVERLAP, missed_topics, newest_number
from answerable.live.tests.wires import heard, wire
from answerable.tickets.tests.at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_it_tells_pages_once_the_transaction_is_committed() -> None:
    with wire() as ear:
        with transaction.atomic():
            publish(Changed("ticket-7"), Changed("queue-all"), Changed("ticket-7"))
            assert heard(ear) == []
        assert sorted(heard(ear)) == ["queue-all", "ticket-7"]


@pytest.mark.django_db(transaction=True)
def test_it_tells_nobody_of_what_was_rolled_back() -> None:
    with wire() as ear:
        with transaction.atomic():
            publish(Changed("ticket-7"))
            transaction.set_rollback(True)
        assert heard(ear) == []
    assert not LiveEvent.objects.exists()


@pytest.mark.django_db
def test_it_tells_nothing_of_nothing() -> None:
    publish()
    assert not LiveEvent.objects.exists()


@pytest.mark.django_db
def test_it_finds_what_a_page_missed_newest_number_for_each_topic() -> None:
    publish(Changed("ticket-1"))
    after = newest_number()
    for _ in range(2):
        publish(Changed("ticket-1"), Changed("ticket-2"), Changed("ticket-3"))
    missed = missed_topics(after, ["ticket-1", "ticket-2"])
    assert missed == [(after + 4, "ticket-1"), (after + 5, "ticket-2")]


@pytest.mark.django_db
def test_it_finds_the_newest_of_a_thousand_changes() -> None:
    publish(Changed("queue-all"))
    after = newest_number()
    for _ in range(1000):
        publish(Changed("queue-all"))
    publish(Changed("ticket-1"))
    missed = missed_topics(after, ["queue-all", "ticket-1"])
    assert missed == [(after + 1000, "queue-all"), (after + 1001, "ticket-1")]


@pytest.mark.django_db
def test_it_knows_when_a_number_is_forgotten() -> None:
    assert newest_number() == 0
    assert missed_topics(0, ["ticket-1"]) is None
    assert missed_topics(10**30, ["ticket-1"]) is None


@pytest.mark.django_db(transaction=True)
def test_it_finds_a_change_that_was_committed_after_a_later_number() -> None:
    def later() -> int:
        publish(Changed("ticket-2"))
        return newest_number()

    with transaction.atomic():
        publish(Changed("ticket-1"))
        early = newest_number()
        (seen,) = at_once([later])
        assert isinstance(seen, int)
        assert seen > early
        publish(Changed("ticket-3"))
    missed = missed_topics(seen, ["ticket-1", "ticket-2", "ticket-3"])
    assert missed == [(early, "ticket-1"), (seen + 1, "ticket-3")]


@pytest.mark.django_db
def test_it_forgets_after_a_day() -> None:
    publish(Changed("ticket-1"))
    at = LiveEvent.objects.get().at
    assert prune(at=at + KEPT) == 0
    assert prune(at=at + KEPT + OVERLAP) == 1
