from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.tickets.actions import (
    AlreadyDecided,
    Empty,
    change_claim,
    confirm_claim,
    mark_delivered,
    mark_undelivered,
)
from answerable.tickets.models import Claim, Ticket
from answerable.tickets.tests.openings import opened, opened_critical, verbs

MINUTE = timedelta(minutes=1)
WHY = "Only your own export fails, so we work on it as a standard request."


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened_critical(cast.dana, at)


def change(cast: Cast, ticket: Ticket, at: datetime, words: str = WHY) -> Claim:
    return change_claim(
        ticket, agent=cast.ana, reason="few", reason_says="A few people", words=words, at=at
    )


def test_it_is_confirmed_by_somebody_at_an_instant(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    claim = confirm_claim(ticket, agent=cast.ana, at=at + MINUTE)
    claim.refresh_from_db()
    assert (claim.outcome, claim.decided_by, claim.decided_at) == (
        *("confirmed", cast.ana),
        at + MINUTE,
    )
    assert claim.in_force_at == at + MINUTE
    assert ticket.events.filter(verb="claim_confirmed", agent=cast.ana).exists()


def test_it_is_changed_with_a_reason_that_is_sent_to_the_customer(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    claim = change(cast, ticket, at)
    assert claim.notice
    assert (claim.notice.kind, claim.notice.body) == ("notice", WHY)
    assert (claim.outcome, claim.reason, claim.in_force_at) == ("changed", "few", None)
    ticket.refresh_from_db()
    assert (ticket.severity, ticket.state) == ("business_critical", "open")


def test_it_takes_effect_once_the_reason_has_arrived(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    claim = change(cast, ticket, at)
    assert claim.notice
    mark_delivered(claim.notice, at=at + MINUTE)
    claim.refresh_from_db()
    ticket.refresh_from_db()
    assert (claim.in_force_at, ticket.severity) == (at + MINUTE, "standard")
    changed = ticket.events.get(verb="severity_changed")
    assert changed.data == {"from": "business_critical", "to": "standard"}


def test_it_is_decided_anew_when_the_reason_could_not_be_delivered(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    first = change(cast, ticket, at)
    assert first.notice
    mark_undelivered(first.notice, why="mailbox full", at=at + MINUTE)
    ticket.refresh_from_db()
    assert ticket.severity == "business_critical"
    assert Claim.objects.get(ticket=ticket).is_open
    second = change(cast, ticket, at + 2 * MINUTE)
    mark_delivered(first.notice, at=at + 3 * MINUTE)
    ticket.refresh_from_db()
    assert ticket.severity == "business_critical"
    assert second.notice
    mark_delivered(second.notice, at=at + 4 * MINUTE)
    ticket.refresh_from_db()
    assert ticket.severity == "standard"


def test_it_stays_changed_when_the_reason_arrived_before_it_came_back(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    claim = change(cast, ticket, at)
    assert claim.notice
    mark_delivered(claim.notice, at=at)
    mark_undelivered(claim.notice, why="mailbox full", at=at + MINUTE)
    claim.refresh_from_db()
    assert (claim.outcome, claim.in_force_at) == ("changed", at)


def test_it_is_decided_once(cast: Cast, ticket: Ticket, at: datetime) -> None:
    confirm_claim(ticket, agent=cast.ana, at=at)
    with pytest.raises(AlreadyDecided):
        confirm_claim(ticket, agent=cast.ben, at=at)
    with pytest.raises(AlreadyDecided):
        change(cast, ticket, at)
    assert verbs(ticket).count("claim_confirmed") == 1


def test_it_is_not_changed_without_a_sentence(cast: Cast, ticket: Ticket, at: datetime) -> None:
    with pytest.raises(Empty):
        change(cast, ticket, at, words=" ")
    assert Claim.objects.get(ticket=ticket).is_open


def test_it_is_not_decided_where_nobody_claimed(cast: Cast, at: datetime) -> None:
    with pytest.raises(AlreadyDecided):
        confirm_claim(opened(cast.dana, at), agent=cast.ana, at=at)
