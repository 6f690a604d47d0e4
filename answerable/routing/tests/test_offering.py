"""What waits rings at one agent, goes on to the next, and is one person's in the end."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.channels.chat.actions import end_chat, take_chat
from answerable.channels.chat.models import Chat
from answerable.channels.voice.actions import begin_call, end_call
from answerable.channels.voice.models import Call
from answerable.routing import actions as routing
from answerable.routing.actions import OfferOver, accept_offer, decline_offer
from answerable.routing.core.choosing import ASKED_AGAIN_AFTER
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Ability, Absence, Notice, Offer, Presence, Skill
from answerable.routing.queries import lacks_of, offers_ringing
from answerable.routing.tests.scenes import (
    MINUTE,
    SECOND,
    beat,
    callback_of,
    chat_of,
    ringing,
    there,
)
from answerable.routing.waiting import RINGS
from answerable.tickets import actions as tickets
from answerable.tickets.models import TicketEvent

Status, Outcome = Presence.Status, Offer.Outcome


def the_offer() -> Offer:
    return Offer.objects.get(ended_at=None)


def test_a_chat_rings_at_who_is_there(cast: Cast, at: datetime) -> None:
    chat = chat_of(cast.sam, at)
    assert dispatch(at=at) == 0
    there(cast.ben, at=at)
    assert dispatch(at=at) == 1
    (offer,) = offers_ringing(cast.ben, at)
    assert (offer.chat, offer.ends_at) == (chat, at + RINGS[Offer.Kind.CHAT])
    assert accept_offer(offer, agent=cast.ben, at=at + SECOND) == chat
    chat.refresh_from_db()
    chat.ticket.refresh_from_db()
    assert (chat.agent, chat.ticket.assignee) == (cast.ben, cast.ben)
    assert dispatch(at=at + SECOND) == 0


def test_who_declines_is_not_asked_again_soon_and_says_why(cast: Cast, at: datetime) -> None:
    chat = chat_of(cast.olive, at)
    there(cast.ana, cast.ben, at=at)
    dispatch(at=at)
    assert ringing() == [("chat", "Ana")]
    decline_offer(the_offer(), agent=cast.ana, reason="In a call", at=at + SECOND)
    dispatch(at=at + SECOND)
    assert ringing() == [("chat", "Ben")]
    line = TicketEvent.objects.get(ticket=chat.ticket, verb="offer_declined")
    assert (line.agent, line.data["reason"]) == (cast.ana, "In a call")
    assert not Presence.objects.get(agent=cast.ana).is_paused


def test_who_misses_two_is_paused_and_nobody_else(cast: Cast, at: datetime) -> None:
    chat_of(cast.olive, at)
    there(cast.ana, cast.ben, at=at)
    dispatch(at=at)
    for seconds in (30, 60, 180, 210):
        beat(cast.ana, cast.ben, at=at + seconds * SECOND)
        if offers_ringing(cast.ben, at + (seconds - 1) * SECOND):
            decline_offer(the_offer(), agent=cast.ben, at=at + (seconds - 1) * SECOND)
        dispatch(at=at + seconds * SECOND)
    missed = Offer.objects.filter(agent=cast.ana, outcome=Outcome.MISSED)
    assert missed.count() == 2
    paused = dict(Presence.objects.values_list("agent", "is_paused"))
    assert paused == {cast.ana.pk: True, cast.ben.pk: False}
    later = at + 10 * MINUTE
    beat(cast.ana, at=later)
    assert dispatch(at=later) == 0
    routing.set_status(cast.ana, Status.AVAILABLE, at=later)
    assert dispatch(at=later) == 1


def test_two_that_were_missed_long_apart_pause_nobody(cast: Cast, at: datetime) -> None:
    chat_of(cast.olive, at)
    there(cast.ana, at=at)
    for minutes in (0, 11):
        beat(cast.ana, at=at + minutes * MINUTE)
        dispatch(at=at + minutes * MINUTE)
        beat(cast.ana, at=at + minutes * MINUTE + RINGS[Offer.Kind.CHAT])
        dispatch(at=at + minutes * MINUTE + RINGS[Offer.Kind.CHAT])
    assert Offer.objects.filter(outcome=Outcome.MISSED).count() == 2
    assert not Presence.objects.get(agent=cast.ana).is_paused


def test_one_thing_rings_at_an_agent_at_a_time(cast: Cast, at: datetime) -> None:
    chat_of(cast.olive, at)
    chat_of(cast.kim, at + SECOND)
    there(cast.ana, at=at)
    assert dispatch(at=at + SECOND) == 1
    accept_offer(the_offer(), agent=cast.ana, at=at + SECOND)
    assert dispatch(at=at + SECOND) == 1


def test_nobody_has_more_chats_than_they_may(cast: Cast, at: datetime) -> None:
    Ability.objects.create(agent=cast.ana, chats=2)
    for contact in (cast.olive, cast.kim, cast.sam):
        chat_of(contact, at)
    there(cast.ana, at=at)
    for _ in range(3):
        if dispatch(at=at):
            accept_offer(the_offer(), agent=cast.ana, at=at)
    assert Chat.objects.open().filter(agent=cast.ana).count() == 2
    end_chat(Chat.objects.filter(agent=cast.ana)[0], Chat.End.AGENT, agent=cast.ana, at=at)
    assert dispatch(at=at) == 1


def test_a_caller_rings_and_is_called(cast: Cast, at: datetime) -> None:
    callback = callback_of(cast.olive, at)
    there(cast.ana, at=at)
    dispatch(at=at)
    call = accept_offer(the_offer(), agent=cast.ana, at=at)
    assert isinstance(call, Call)
    assert (call.callback, call.agent) == (callback, cast.ana)


def test_nothing_is_offered_in_a_call_nor_while_it_is_written_down(
    cast: Cast, at: datetime
) -> None:
    there(cast.ana, at=at)
    call = begin_call(callback_of(cast.olive, at), "hand", agent=cast.ana, at=at)
    chat_of(cast.sam, at)
    assert dispatch(at=at) == 0
    end_call(call, Call.Outcome.NO_ANSWER, at=at)
    assert dispatch(at=at + 10 * SECOND) == 0
    beat(cast.ana, at=at + 61 * SECOND)
    assert dispatch(at=at + 61 * SECOND) == 1


def test_the_account_manager_is_asked_first_if_free(cast: Cast, at: datetime) -> None:
    there(cast.ana, cast.ravi, at=at)
    chat_of(cast.sam, at)
    dispatch(at=at)
    assert ringing() == [("chat", "Ravi")]
    chat_of(cast.dana, at)
    dispatch(at=at)
    assert ringing() == [("chat", "Ravi"), ("chat", "Ana")]


def test_skill_and_language_choose_who_is_asked(cast: Cast, at: datetime) -> None:
    exports = Skill.objects.create(key="exports", name="Exports", products=["service"])
    Ability.objects.create(agent=cast.ben).skills.add(exports)
    Ability.objects.create(agent=cast.chidi, languages=["de"])
    Ability.objects.create(agent=cast.ana, languages=["en"])
    there(cast.ana, cast.ben, cast.chidi, at=at)
    chat_of(cast.olive, at, product="service")
    chat_of(cast.sam, at + SECOND, language="de")
    dispatch(at=at + SECOND)
    assert ringing() == [("chat", "Ben"), ("chat", "Chidi")]


def test_nothing_is_offered_outside_of_hours_or_in_an_absence(cast: Cast, at: datetime) -> None:
    there(cast.ana, cast.ben, at=at)
    Ability.objects.create(agent=cast.ana, hours=["11:00-17:00"] + [""] * 6)
    Absence.objects.create(agent=cast.ben, begins_at=at - MINUTE, ends_at=at + MINUTE)
    chat_of(cast.olive, at)
    assert dispatch(at=at) == 0
    beat(cast.ben, at=at + MINUTE)
    dispatch(at=at + MINUTE)
    assert ringing() == [("chat", "Ben")]


@pytest.mark.parametrize("status", [Status.FINISHING, Status.AWAY, Status.OFFLINE])
def test_who_is_not_available_hears_nothing_more(cast: Cast, at: datetime, status: str) -> None:
    chat_of(cast.olive, at)
    there(cast.ana, at=at)
    dispatch(at=at)
    routing.set_status(cast.ana, status, at=at)
    assert ringing() == []
    assert dispatch(at=at) == 0


def test_what_a_customer_ended_rings_no_more(cast: Cast, at: datetime) -> None:
    chat = chat_of(cast.olive, at)
    there(cast.ana, at=at)
    dispatch(at=at)
    offer = the_offer()
    end_chat(chat, Chat.End.CONTACT, at=at)
    with pytest.raises(OfferOver):
        accept_offer(offer, agent=cast.ana, at=at)
    dispatch(at=at)
    assert ringing() == []
    assert Offer.objects.get().outcome == Outcome.WITHDRAWN


def test_who_comes_second_reads_who_took_it(cast: Cast, at: datetime) -> None:
    chat = chat_of(cast.olive, at)
    there(cast.ana, at=at)
    dispatch(at=at)
    take_chat(chat, agent=cast.ben, at=at)
    with pytest.raises(OfferOver) as over:
        accept_offer(the_offer(), agent=cast.ana, at=at)
    assert over.value.by == cast.ben


def test_when_all_have_said_no_it_rings_again(cast: Cast, at: datetime) -> None:
    chat_of(cast.olive, at)
    there(cast.ana, at=at)
    dispatch(at=at)
    decline_offer(the_offer(), agent=cast.ana, at=at)
    assert dispatch(at=at) == 0
    beat(cast.ana, at=at + ASKED_AGAIN_AFTER)
    assert dispatch(at=at + ASKED_AGAIN_AFTER) == 1


def test_who_stands_in_for_a_colleague_leaves_the_ticket_theirs(
    cast: Cast, at: datetime
) -> None:
    callback = callback_of(cast.olive, at)
    tickets.take(callback.ticket, agent=cast.ben, at=at)
    there(cast.ana, at=at)
    dispatch(at=at)
    accept_offer(the_offer(), agent=cast.ana, at=at)
    callback.ticket.refresh_from_db()
    assert callback.ticket.assignee == cast.ben


def test_the_lead_is_told_once_that_nobody_takes_chats(cast: Cast, at: datetime) -> None:
    beat(cast.lena, at=at)
    chat = chat_of(cast.olive, at)
    chat_of(cast.sam, at)
    for seconds in (10, 30, 31, 90):
        dispatch(at=at + seconds * SECOND)
    assert Notice.objects.filter(event__verb="offered").count() == 1
    assert lacks_of(cast.lena) == ["chat"]
    assert Notice.objects.get(agent=cast.lena).ticket == chat.ticket
    there(cast.ana, at=at + 2 * MINUTE)
    dispatch(at=at + 2 * MINUTE)
    accept_offer(the_offer(), agent=cast.ana, at=at + 2 * MINUTE)
    assert lacks_of(cast.lena) == []


def test_nobody_is_told_while_somebody_is_there_and_busy(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    Ability.objects.create(agent=cast.ana, chats=1)
    take_chat(chat_of(cast.olive, at), agent=cast.ana, at=at)
    chat_of(cast.sam, at)
    dispatch(at=at + 40 * SECOND)
    assert not Notice.objects.exists()
