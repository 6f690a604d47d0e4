"""Private tickets, and colleagues who are named to see one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.accounts.actions import let_in
from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.tickets import actions
from answerable.tickets.access import may_listen_as_contact, seen_by
from answerable.tickets.actions import CannotMerge, NotTheirs, Sender
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.tests.openings import opened


def is_seen(contact: Contact, ticket: Ticket) -> bool:
    return seen_by(contact).filter(pk=ticket.pk).exists()


def private(cast: Cast, at: datetime) -> Ticket:
    return actions.make_private(opened(cast.sam, at), is_private=True, contact=cast.sam, at=at)


def test_a_private_one_is_seen_by_its_requester_alone(cast: Cast, at: datetime) -> None:
    ticket = private(cast, at)
    assert is_seen(cast.sam, ticket)
    assert not is_seen(cast.dana, ticket)
    actions.make_private(ticket, is_private=False, contact=cast.sam, at=at)
    assert is_seen(cast.dana, ticket)
    said = [event.verb for event in TicketEvent.objects.filter(ticket=ticket).order_by("pk")]
    assert said[-2:] == ["made_private", "made_shared"]


def test_only_its_requester_makes_it_private_or_names_others_then(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(cast.sam, at)
    with pytest.raises(NotTheirs):
        actions.make_private(ticket, is_private=True, contact=cast.dana, at=at)
    ticket = private(cast, at)
    actions.name_participant(ticket, cast.dana, contact=cast.sam, at=at)
    with pytest.raises(NotTheirs):
        actions.name_participant(ticket, cast.kim, contact=cast.dana, at=at)


def test_who_is_named_sees_it_until_they_are_not(cast: Cast, at: datetime) -> None:
    ticket = private(cast, at)
    one = actions.name_participant(ticket, cast.kim, contact=cast.sam, at=at)
    assert is_seen(cast.kim, ticket)
    assert one.is_kept
    actions.unname_participant(ticket, one.pk, contact=cast.kim, at=at)
    assert not is_seen(cast.kim, ticket)
    assert actions.name_participant(ticket, cast.kim, contact=cast.sam, at=at).pk == one.pk


def test_nobody_of_another_customer_is_named(cast: Cast, at: datetime) -> None:
    with pytest.raises(NotTheirs):
        actions.name_participant(opened(cast.sam, at), cast.olive, contact=cast.sam, at=at)


def test_what_follows_a_private_one_or_is_split_off_is_private(
    cast: Cast, at: datetime
) -> None:
    ticket = private(cast, at)
    more = actions.add_message(ticket, sender=Sender(contact=cast.sam), body="And this", at=at)
    assert actions.split(more, agent=cast.ana, subject="This", at=at).is_private
    actions.resolve(ticket, agent=None, contact=cast.sam, reason="", at=at)
    later = at + timedelta(days=30)
    again = actions.add_message(ticket, sender=Sender(contact=cast.sam), body="Back", at=later)
    assert again.ticket.pk != ticket.pk
    assert again.ticket.is_private


def test_it_is_merged_with_nothing_that_others_see(cast: Cast, at: datetime) -> None:
    with pytest.raises(CannotMerge):
        actions.merge(private(cast, at), opened(cast.sam, at), agent=cast.ana, at=at)


def test_a_stream_tells_only_who_sees_it(cast: Cast, at: datetime) -> None:
    ticket = private(cast, at)
    assert may_listen_as_contact(let_in(cast.sam, at=at), str(ticket.pk))
    assert not may_listen_as_contact(let_in(cast.dana, at=at), str(ticket.pk))
