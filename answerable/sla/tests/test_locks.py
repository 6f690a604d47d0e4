"""The watch and the people at the desk do not wait for each other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from answerable.cast import Cast
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock
from answerable.tickets.actions import Opening, Sender, open_ticket
from answerable.tickets.actions.held import hold

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)


def elsewhere(work: Callable[[], int]) -> int:
    """Do something on a connection of its own that gives up when it has to wait."""

    def run() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '3s'")
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@pytest.mark.django_db(transaction=True)
def test_it_stamps_a_miss_while_somebody_writes_on_the_ticket() -> None:
    cast = Cast(AT)
    opening = Opening(sender=Sender(contact=cast.dana), body="Exports fail.", channel="form")
    ticket = open_ticket(opening, at=AT)
    with transaction.atomic():
        hold(ticket)
        assert elsewhere(lambda: wake_due(at=AT + timedelta(hours=2))) == 1
    assert Clock.objects.get(ticket=ticket).outcome == "missed"
