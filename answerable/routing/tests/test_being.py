"""An agent is there while a page of theirs is heard."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.channels.chat.actions import take_chat
from answerable.channels.voice.actions import begin_call
from answerable.routing import actions as routing
from answerable.routing.actions import accept_offer
from answerable.routing.core.being import GIVES_BACK_AFTER, LOST_AFTER, OFFLINE_AFTER
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Offer, OpenPage, Presence
from answerable.routing.queries_of_presence import standing_of
from answerable.routing.tests.scenes import (
    MINUTE,
    SECOND,
    beat,
    call_from,
    callback_of,
    chat_of,
    ringing,
    there,
    with_telephone,
)
from answerable.routing.tests.test_queue import ask
from answerable.tickets import actions as tickets
from answerable.tickets.models import TicketEvent

Status = Presence.Status


def test_the_first_page_makes_an_agent_available_and_nobody_else(
    cast: Cast, at: datetime
) -> None:
    beat(cast.ana, cast.lena, cast.ida, at=at)
    stand = [standing_of(agent, at).status for agent in (cast.ana, cast.lena, cast.ida)]
    assert stand == ["available", "away", "away"]
    assert standing_of(cast.ben, at).status == "offline"


def test_who_closes_the_last_page_is_offline_a_minute_later(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    routing.heard(cast.ana, "second", at=at)
    routing.closed(cast.ana, "second", at=at)
    assert standing_of(cast.ana, at).status == "available"
    routing.closed(cast.ana, f"page-{cast.ana.pk}", at=at)
    assert standing_of(cast.ana, at + OFFLINE_AFTER - SECOND).status == "available"
    assert standing_of(cast.ana, at + OFFLINE_AFTER).status == "offline"


def test_a_page_that_is_loaded_anew_changes_nothing(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    routing.closed(cast.ana, f"page-{cast.ana.pk}", at=at)
    routing.heard(cast.ana, "anew", at=at + SECOND)
    dispatch(at=at + 2 * SECOND)
    standing = standing_of(cast.ana, at + 2 * SECOND)
    assert (standing.status, standing.since) == ("available", at)


def test_nothing_new_rings_where_no_page_is_open(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    routing.closed(cast.ana, f"page-{cast.ana.pk}", at=at)
    chat_of(cast.olive, at)
    assert dispatch(at=at + SECOND) == 0


def test_who_comes_back_stands_as_before(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    routing.set_status(cast.ana, Status.AWAY, at=at)
    routing.closed(cast.ana, f"page-{cast.ana.pk}", at=at)
    dispatch(at=at + 2 * MINUTE)
    beat(cast.ana, at=at + 60 * MINUTE)
    assert standing_of(cast.ana, at + 60 * MINUTE).status == "away"


def test_offers_to_who_is_lost_stop_at_once(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    chat_of(cast.olive, at + 20 * SECOND)
    dispatch(at=at + 20 * SECOND)
    assert ringing() == [("chat", "Ana")]
    lost = at + LOST_AFTER + SECOND
    there(cast.ben, at=lost)
    dispatch(at=lost)
    assert ringing() == [("chat", "Ben")]
    standing = standing_of(cast.ana, lost)
    assert (standing.status, standing.since) == ("lost", at)


def test_who_is_lost_for_two_minutes_gives_back_what_is_promised(
    cast: Cast, at: datetime
) -> None:
    there(cast.ana, at=at)
    promised, aimed = ask(cast.olive, at), ask(cast.sam, at)
    for ticket in (promised, aimed):
        tickets.take(ticket, agent=cast.ana, at=at)
    chat = chat_of(cast.kim, at)
    take_chat(chat, agent=cast.ana, at=at)
    dispatch(at=at + LOST_AFTER + SECOND)
    for one in (promised, chat):
        one.refresh_from_db()
    assert (promised.assignee, chat.agent) == (cast.ana, cast.ana)
    dispatch(at=at + LOST_AFTER + GIVES_BACK_AFTER)
    for one in (promised, aimed, chat):
        one.refresh_from_db()
    assert (promised.assignee, aimed.assignee, chat.agent) == (None, cast.ana, None)
    line = TicketEvent.objects.get(ticket=promised, verb="given_back")
    assert line.data == {"from": "Ana Silva", "from_id": cast.ana.pk}
    assert not OpenPage.objects.exists()


def test_a_caller_of_who_is_lost_rings_at_somebody_else(cast: Cast, at: datetime) -> None:
    with_telephone(cast.ana, cast.ben)
    there(cast.ana, at=at)
    call = call_from(cast.olive, at)
    dispatch(at=at)
    accept_offer(Offer.objects.get(ended_at=None), agent=cast.ana, at=at)
    lost = at + LOST_AFTER + SECOND
    there(cast.ben, at=lost)
    dispatch(at=lost)
    call.refresh_from_db()
    assert call.agent is None
    assert ringing() == [("call", "Ben")]


def test_who_comes_back_in_time_keeps_it_all(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    promised = ask(cast.olive, at)
    tickets.take(promised, agent=cast.ana, at=at)
    dispatch(at=at + LOST_AFTER + SECOND)
    beat(cast.ana, at=at + 2 * MINUTE)
    dispatch(at=at + 3 * MINUTE - SECOND * 20)
    promised.refresh_from_db()
    assert promised.assignee == cast.ana
    assert standing_of(cast.ana, at + 2 * MINUTE).status == "available"


def test_who_closes_the_page_gives_back_chats_and_keeps_tickets(
    cast: Cast, at: datetime
) -> None:
    there(cast.ana, at=at)
    promised = ask(cast.olive, at)
    tickets.take(promised, agent=cast.ana, at=at)
    chat = chat_of(cast.kim, at)
    take_chat(chat, agent=cast.ana, at=at)
    routing.closed(cast.ana, f"page-{cast.ana.pk}", at=at)
    dispatch(at=at + OFFLINE_AFTER + SECOND)
    promised.refresh_from_db()
    chat.refresh_from_db()
    assert (promised.assignee, chat.agent) == (cast.ana, None)


def test_they_are_on_a_call_while_one_goes_on(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    begin_call(callback_of(cast.olive, at), "hand", agent=cast.ana, at=at)
    standing = standing_of(cast.ana, at)
    assert (standing.status, standing.chosen) == ("on_call", "available")
    assert (standing.rooms["call"].has, standing.rooms["call"].most) == (1, 1)


def test_the_foot_counts_what_they_have_and_may_have(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    take_chat(chat_of(cast.kim, at), agent=cast.ana, at=at)
    rooms = standing_of(cast.ana, at).rooms
    assert (rooms["chat"].has, rooms["chat"].most) == (1, 3)
    assert (rooms["critical"].has, rooms["critical"].most) == (0, 1)


def test_who_is_available_is_on_duty(cast: Cast, at: datetime) -> None:
    routing.set_status(cast.ravi, Status.AVAILABLE, at=at)
    cast.ravi.refresh_from_db()
    assert cast.ravi.on_duty


def test_nobody_keeps_a_page_of_somebody_else_open(cast: Cast, at: datetime) -> None:
    routing.heard(cast.ana, "same", at=at)
    routing.heard(cast.ben, "same", at=at + SECOND)
    routing.closed(cast.ben, "same", at=at + SECOND)
    assert OpenPage.objects.get().agent == cast.ana


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_what_they_say(cast: Cast, at: datetime, status: str) -> None:
    beat(cast.ana, at=at)
    routing.set_status(cast.ana, status, at=at)
    assert standing_of(cast.ana, at).status == status
