"""Who works on a ticket, whether it is done, and who may see it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from answerable.accounts.actions import let_in
from answerable.cast import Cast
from answerable.tickets.access import visible_as_contact, visible_to
from answerable.tickets.actions import (
    ReasonMissing,
    TakenByOther,
    admit,
    answer,
    assign,
    reopen,
    resolve,
    take,
)
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, verbs


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def test_it_belongs_to_the_first_who_takes_it(cast: Cast, ticket: Ticket, at: datetime) -> None:
    assert take(ticket, agent=cast.ana, at=at).assignee == cast.ana
    assert take(ticket, agent=cast.ana, at=at).assignee == cast.ana
    with pytest.raises(TakenByOther) as lost:
        take(ticket, agent=cast.ben, at=at)
    assert lost.value.agent == cast.ana
    assert verbs(ticket).count("taken") == 1


def test_it_may_be_given_to_somebody_else_and_put_back(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    take(ticket, agent=cast.ana, at=at)
    assign(ticket, to=cast.ben, agent=cast.lena, at=at)
    event = ticket.events.get(verb="assigned")
    assert event.data == {"to": "Ben Adler", "to_id": cast.ben.pk, "from": "Ana Silva"}
    assert assign(ticket, to=None, agent=cast.ben, at=at).assignee is None


def test_it_is_resolved_with_a_reason_where_nobody_replied(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    with pytest.raises(ReasonMissing):
        resolve(ticket, agent=cast.ana, contact=None, reason=" ", at=at)
    done = resolve(ticket, agent=cast.ana, contact=None, reason="Sent twice.", at=at)
    assert done.state == "resolved"
    assert ticket.events.get(verb="resolved").data == {"reason": "Sent twice."}


def test_it_is_resolved_without_one_after_a_reply_or_by_the_customer(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    other = opened(cast.dana, at)
    answer(ticket, agent=cast.ana, body="Use it.", seen=2**62, at=at)
    assert resolve(ticket, agent=cast.ana, contact=None, reason="", at=at).state == "resolved"
    assert resolve(other, agent=None, contact=cast.dana, reason="", at=at).state == "resolved"


def test_it_is_resolved_and_opened_again_once(cast: Cast, ticket: Ticket, at: datetime) -> None:
    for _ in range(2):
        resolve(ticket, agent=None, contact=cast.dana, reason="", at=at)
    for _ in range(2):
        assert reopen(ticket, agent=None, contact=cast.dana, at=at).state == "open"
    assert verbs(ticket)[-4:] == ["resolved", "clock_ended", "reopened", "clock_reopened"]


def test_it_is_admitted_as_somebody_known_or_as_a_strangers(cast: Cast, at: datetime) -> None:
    known, unknown = opened(None, at), opened(None, at)
    admitted = admit(known, contact=cast.sam, agent=cast.ana, at=at)
    assert (admitted.state, admitted.requester, admitted.customer) == (
        *("open", cast.sam),
        cast.nordwind,
    )
    admitted = admit(unknown, contact=None, agent=cast.ana, at=at)
    assert (admitted.state, admitted.requester) == ("open", None)
    assert admit(unknown, contact=cast.sam, agent=cast.ana, at=at).requester is None


def test_it_is_seen_by_agents_its_requester_and_the_accounts_super_admins(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    sams = opened(cast.sam, at)
    stranger = opened(None, at)
    assert set(visible_to(cast.ben.user)) == {ticket, sams, stranger}
    assert set(visible_to(let_in(cast.kim, at=at))) == {ticket, sams}
    assert set(visible_to(let_in(cast.sam, at=at))) == {sams}
    assert set(visible_to(let_in(cast.olive, at=at))) == set()
    assert set(visible_to(AnonymousUser())) == set()


def test_it_is_not_an_agents_on_customer_pages(cast: Cast, ticket: Ticket) -> None:
    assert set(visible_as_contact(cast.ana.user)) == set()
