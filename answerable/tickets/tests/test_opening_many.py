"""Many requests at once become what they would have become one by one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.cast import Cast
from answerable.sla.models import Clock
from answerable.tickets.actions import Empty, Opening, open_tickets
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opening, verbs

MINUTE = timedelta(minutes=1)


def many(cast: Cast, at: datetime) -> list[tuple[Opening, datetime]]:
    people = (cast.dana, cast.sam, cast.olive, cast.mara, None)
    mails = [opening(by, channel="email", surface="mail") for by in people]
    return [(mail, at + number * MINUTE) for number, mail in enumerate(mails)]


def test_it_opens_each_at_its_own_instant(cast: Cast, at: datetime) -> None:
    messages = open_tickets(many(cast, at))
    tickets = [message.ticket for message in messages]
    assert [ticket.created_at for ticket in tickets] == [at + n * MINUTE for n in range(5)]
    assert [ticket.state for ticket in tickets] == ["open"] * 4 + ["review"]
    assert [ticket.requester for ticket in tickets[:2]] == [cast.dana, cast.sam]
    clocks = Clock.objects.order_by("ticket").values_list("ticket", "started_at")
    assert list(clocks) == [(ticket.pk, ticket.created_at) for ticket in tickets[:3]]


def test_it_writes_the_log_of_each(cast: Cast, at: datetime) -> None:
    first, *_, stranger = [message.ticket for message in open_tickets(many(cast, at))]
    assert verbs(first) == ["opened", "promised", "clock_started"]
    assert verbs(stranger) == ["opened", "promised"]


def test_it_costs_as_many_queries_as_one(cast: Cast, at: datetime) -> None:
    with CaptureQueriesContext(connection) as one:
        open_tickets(many(cast, at)[:1])
    with CaptureQueriesContext(connection) as five:
        open_tickets(many(cast, at))
    assert len(five) <= len(one) <= 21


def test_it_opens_none_when_one_says_nothing(cast: Cast, at: datetime) -> None:
    empty = opening(cast.dana, body="  ", channel="email")
    with pytest.raises(Empty):
        open_tickets([*many(cast, at), (empty, at)])
    assert not Ticket.objects.exists()
