"""What is said of how soon somebody comes: who is there, who waits, what others waited."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.channels.chat.actions import end_chat, take_chat
from answerable.channels.chat.models import Chat
from answerable.routing import actions as routing
from answerable.routing.actions import accept_offer
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Ability, Offer, Presence
from answerable.routing.queries_of_presence import standings
from answerable.routing.room import Room, ahead_of, room_for
from answerable.routing.tests.scenes import MINUTE, SECOND, callback_of, chat_of, there

CHAT, CALLBACK = Offer.Kind.CHAT, Offer.Kind.CALLBACK


def test_nobody_is_there_before_somebody_says_so(cast: Cast, at: datetime) -> None:
    chat_of(cast.olive, at)
    assert room_for(CHAT, at) == Room(there=0, free=0, waiting=1)


def test_it_counts_what_each_may_still_have(cast: Cast, at: datetime) -> None:
    there(cast.ana, cast.ben, at=at)
    Ability.objects.create(agent=cast.ben, chats=0)
    take_chat(chat_of(cast.olive, at), agent=cast.ana, at=at)
    assert (room_for(CHAT, at).there, room_for(CHAT, at).free) == (1, 2)
    assert (room_for(CALLBACK, at).there, room_for(CALLBACK, at).free) == (2, 2)


def test_who_finishes_is_not_there_for_new_ones(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    routing.set_status(cast.ana, Presence.Status.FINISHING, at=at)
    assert room_for(CHAT, at).there == 0


def test_who_talks_is_there_and_has_no_room(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    callback_of(cast.olive, at)
    dispatch(at=at)
    accept_offer(Offer.objects.get(), agent=cast.ana, at=at)
    assert room_for(CHAT, at) == Room(there=1, free=0, waiting=0)


def test_there_is_room_while_more_could_be_taken_than_wait(cast: Cast, at: datetime) -> None:
    Ability.objects.create(agent=cast.ana, chats=1)
    there(cast.ana, at=at)
    assert room_for(CHAT, at).has_room
    chat_of(cast.olive, at)
    assert not room_for(CHAT, at).has_room


def test_the_usual_wait_is_what_most_waited_in_two_hours(cast: Cast, at: datetime) -> None:
    for minutes in range(1, 9):
        chat = chat_of(cast.olive, at)
        take_chat(chat, agent=cast.ana, at=at + minutes * MINUTE)
        end_chat(chat, Chat.End.CONTACT, at=at + minutes * MINUTE)
        usual = room_for(CHAT, at + minutes * MINUTE).usual
        assert usual == (None if minutes < 8 else 7 * MINUTE)
    assert room_for(CHAT, at + timedelta(hours=3)).usual is None


def test_a_place_in_the_line_is_by_the_order_in_which_they_are_offered(
    cast: Cast, at: datetime
) -> None:
    first, second = chat_of(cast.olive, at), chat_of(cast.sam, at + SECOND)
    now = at + 2 * SECOND
    assert [ahead_of(CHAT, one.pk, now) for one in (first, second)] == [0, 1]
    take_chat(first, agent=cast.ana, at=now)
    assert [ahead_of(CHAT, one.pk, now) for one in (first, second)] == [None, 0]


@pytest.mark.parametrize("kind", list(Offer.Kind))
def test_it_costs_the_same_however_many_there_are(
    cast: Cast, at: datetime, kind: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    there(cast.ana, cast.ben, cast.chidi, at=at)
    for contact in (cast.olive, cast.sam, cast.kim):
        chat_of(contact, at)
    for agent in (cast.ana, cast.ben):
        Ability.objects.create(agent=agent)
    with django_assert_max_num_queries(10):
        room_for(kind, at)
    with django_assert_max_num_queries(10):
        standings([cast.ana.pk, cast.ben.pk, cast.chidi.pk], at)


def test_who_is_only_being_asked_to_come_still_has_room(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    chat_of(cast.olive, at)
    dispatch(at=at)
    assert Offer.objects.get().agent == cast.ana
    assert room_for(CHAT, at) == Room(there=1, free=3, waiting=1)
    assert room_for(CHAT, at).has_room
