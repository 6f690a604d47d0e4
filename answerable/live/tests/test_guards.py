"""Who may listen to what: each topic asks its own room."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from answerable.accounts.actions import let_in
from answerable.accounts.models import User
from answerable.cast import Cast
from answerable.live.guards import allowed
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened


@pytest.fixture
def topics(cast: Cast, at: datetime) -> dict[str, str]:
    """Every topic there is about a ticket of Dana's, by what it is called here."""
    ticket = opened(cast.dana, at)
    return {
        "desk": f"ticket-{ticket.pk}",
        "queue": "queue-all",
        "of Ana": f"notices-{cast.ana.pk}",
        "request": f"request-{ticket.pk}",
        "of Dana": f"requests-{cast.dana.pk}",
    }


def heard(user: User | AnonymousUser, topics: dict[str, str]) -> set[str]:
    may = allowed(user, topics.values())
    return {name for name, topic in topics.items() if topic in may}


def test_it_lets_agents_hear_of_tickets_and_the_queue_and_their_own_notices(
    cast: Cast, topics: dict[str, str]
) -> None:
    assert heard(cast.ana.user, topics) == {"desk", "queue", "of Ana"}
    assert heard(cast.ben.user, topics) == {"desk", "queue"}


def test_it_lets_a_requester_hear_of_their_request_and_their_list(
    cast: Cast, topics: dict[str, str], at: datetime
) -> None:
    assert heard(let_in(cast.dana, at=at), topics) == {"request", "of Dana"}


def test_it_lets_a_super_admin_hear_of_every_request_of_the_account(
    cast: Cast, topics: dict[str, str], at: datetime
) -> None:
    assert heard(let_in(cast.kim, at=at), topics) == {"request"}
    sams = {"sams": f"request-{opened(cast.sam, at).pk}"}
    assert heard(let_in(cast.dana, at=at), sams) == {"sams"}


def test_it_lets_nobody_else_hear_anything(
    cast: Cast, topics: dict[str, str], at: datetime
) -> None:
    assert heard(let_in(cast.sam, at=at), topics) == set()
    assert heard(let_in(cast.olive, at=at), topics) == set()
    assert heard(AnonymousUser(), topics) == set()


def test_it_lets_nobody_hear_who_has_left(
    cast: Cast, topics: dict[str, str], at: datetime
) -> None:
    user = let_in(cast.dana, at=at)
    type(cast.dana).objects.filter(pk=cast.dana.pk).update(left_at=at)
    assert heard(type(user).objects.get(pk=user.pk), topics) == set()


def test_it_lets_nobody_hear_whose_account_is_closed(
    cast: Cast, topics: dict[str, str]
) -> None:
    cast.ana.user.is_active = False
    assert heard(cast.ana.user, topics) == set()


@pytest.mark.parametrize(
    "topic", ["", "-", "ticket", "ticket-", "request-²", "request-1e9", "users-1", "queue"]
)
def test_it_knows_no_topic_by_that_name(cast: Cast, at: datetime, topic: str) -> None:
    assert Ticket.objects.count() == 0
    assert allowed(let_in(cast.dana, at=at), [topic]) == set()
