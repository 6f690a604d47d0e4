"""Queries that are worked out once find what they would find anew."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.db.transaction import TransactionManagementError
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.lib.database import database_from_url
from answerable.lib.ready import Given, GivenNumbers, Ready
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

TICKET = Ready(
    lambda: Ticket.objects.select_related("requester__customer", "assignee").filter(
        Q(pk=Given("pk")) | Q(merged_into=Given("pk")), subject__contains="100 %"
    )
)


def test_it_finds_the_same_each_time_for_other_values(cast: Cast, at: datetime) -> None:
    one = opened(cast.dana, at, subject="100 % of exports fail")
    two = opened(None, at, subject="Only 100 % fail")
    assert [TICKET.first(pk=ticket.pk) for ticket in (one, two, one)] == [one, two, one]
    assert TICKET.first(pk=0) is None


def test_what_it_finds_is_whole(
    cast: Cast, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = opened(cast.dana, at, subject="100 % of exports fail")
    with django_assert_num_queries(1):
        found = TICKET.all(pk=ticket.pk)[0]
        assert found.requester
        assert found.requester.customer == ticket.customer
        assert (found.assignee, found.created_at, found.is_private) == (None, at, False)
    found.subject = "Changed"
    found.save(update_fields=["subject"])
    assert Ticket.objects.get(pk=ticket.pk).subject == "Changed"


def test_it_takes_any_number_of_keys_and_fetches_what_it_left_out(
    cast: Cast, at: datetime
) -> None:
    tickets = [opened(cast.dana, at + timedelta(hours=n)) for n in range(3)]
    keys = GivenNumbers("keys")
    lines = Ready(lambda: Ticket.objects.filter(pk__in=keys).defer("subject").order_by("-pk"))
    assert lines.all(keys=[ticket.pk for ticket in tickets[1:]]) == tickets[:0:-1]
    assert lines.all(keys=[]) == []
    assert lines.all(keys=[tickets[0].pk])[0].subject == tickets[0].subject


def test_postgresql_keeps_its_plan(cast: Cast) -> None:
    query = Ready(lambda: Ticket.objects.filter(subject=Given("subject")))
    query.all(subject="Its plan is kept")
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [statement for (statement,) in cursor.fetchall()]
    assert any('"tickets_ticket"."subject" = ($1)' in statement for statement in kept)
    assert not any("pg_prepared_statements" in statement for statement in kept)


def test_without_a_pool_no_plan_is_kept() -> None:
    address = "postgresql://somebody@bouncer/answerable"
    assert "prepare_threshold" in database_from_url(address, pool=8)["OPTIONS"]
    assert "prepare_threshold" not in database_from_url(address, pool=0)["OPTIONS"]


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_only() -> None:
    held = Ready(lambda: Ticket.objects.select_for_update().filter(pk=Given("pk")))
    with pytest.raises(TransactionManagementError):
        held.first(pk=1)
