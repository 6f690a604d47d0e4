"""Somebody dials our number: who they are, what it is about, and an agent for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings

from answerable.accounts.actions.codes import make_support_code
from answerable.accounts.core.keypad import keys_of
from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.voice.actions import AlreadyCalled, InCall, take_call
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.actions.asking import turn_away_late
from answerable.channels.voice.twilio.tests.exchange import Line, Person
from answerable.channels.voice.twilio.tests.lines import ANAS, DANAS, Lines, asked, lines_open
from answerable.routing.actions import accept_offer
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Offer
from answerable.routing.people import ability_of
from answerable.routing.tests.scenes import there, with_telephone
from answerable.sla.models import Clock
from answerable.telephone.tests.conftest import TODAY
from answerable.tickets.actions import CallOver, Opening, Sender, open_ticket
from answerable.tickets.models import Ticket

BENS = "+4915187654321"


@pytest.fixture(autouse=True)
def _no_tries() -> None:
    cache.clear()


def code_of(contact: Contact) -> str:
    return keys_of(make_support_code(contact, at=TODAY))


def dials(lines: Lines, *keys: str, caller: str = DANAS) -> Line:
    lines.exchange.people[caller] = Person(keys=list(keys))
    line = lines.dial_us(caller)
    lines.settle()
    return line


def the_call() -> Call:
    return Call.objects.select_related("ticket", "contact", "callback").get()


def test_a_code_says_who_calls(here: Cast, lines: Lines) -> None:
    line = dials(lines, code_of(here.dana), caller="+4930111111")
    call = the_call()
    assert (call.is_inbound, call.is_identified, call.contact) == (True, True, here.dana)
    assert (call.ticket.requester, call.ticket.channel) == (here.dana, "phone")
    assert (call.state, call.agent, call.phone) == ("ringing", None, "+4930111111")
    assert line.room == call.key
    assert "Thank you. We know who you are." in line.heard


def test_a_number_alone_finds_the_contact_and_proves_nothing(here: Cast, lines: Lines) -> None:
    Contact.objects.filter(pk=here.dana.pk).update(phone=DANAS)
    line = dials(lines)
    call = the_call()
    assert (call.contact, call.is_identified) == (here.dana, False)
    assert call.ticket.requester == here.dana
    assert "We ask who you are before we speak about your account." in line.heard


def test_who_has_no_code_and_no_known_number_is_a_stranger(here: Cast, lines: Lines) -> None:
    dials(lines, caller="+4930111111")
    call = the_call()
    assert (call.contact, call.is_identified) == (None, False)
    assert call.ticket.state == Ticket.State.REVIEW
    assert call.ticket.sender_name == "+49 30 111111"


def test_a_hidden_number_is_nobodys(here: Cast, lines: Lines) -> None:
    dials(lines, caller="anonymous")
    assert (the_call().phone, the_call().contact) == ("", None)


def test_after_three_wrong_codes_nobody_looks_at_a_right_one(here: Cast, lines: Lines) -> None:
    line = dials(lines, "1", "22", "333", code_of(here.dana))
    assert the_call().is_identified is False
    asked_again = [
        words for words in line.heard if words.startswith("We do not know this code")
    ]
    assert len(asked_again) == 2


def test_codes_cannot_be_tried_call_after_call(here: Cast, lines: Lines) -> None:
    for _ in range(3):
        lines.exchange.over(dials(lines, "1", "22", "333"))
        lines.settle()
    dials(lines, code_of(here.dana))
    assert not Call.objects.filter(is_identified=True).exists()


def test_whoever_waits_for_a_call_has_it_with_this_one(here: Cast, lines: Lines) -> None:
    callback = asked(here, timezone.now())
    dials(lines, code_of(here.dana))
    call = the_call()
    assert (call.callback, call.ticket) == (callback, callback.ticket)
    assert Ticket.objects.filter(requester=here.dana).count() == 1
    take_call(call, agent=here.ana, agent_phone=ANAS, at=timezone.now())
    lines.settle()
    clock = Clock.objects.get(ticket=call.ticket, metric="callback_start")
    assert clock.met_at
    lines.exchange.over(lines.exchange.line_to(ANAS))
    lines.settle()
    callback.refresh_from_db()
    assert (callback.outcome, callback.attempts) == ("connected", 1)


def test_the_code_on_their_page_is_good_once_and_from_their_number(
    here: Cast, lines: Lines
) -> None:
    Contact.objects.filter(pk=here.dana.pk).update(phone=DANAS)
    callback = asked(here, TODAY)
    assert callback.code
    for caller in ("+4930111111", DANAS, DANAS):
        lines.exchange.over(dials(lines, callback.code, "", caller=caller))
        lines.settle()
    shown = Call.objects.order_by("pk").values_list("is_identified", flat=True)
    assert list(shown) == [False, True, False]


def opened(here: Cast) -> Ticket:
    opening = Opening(sender=Sender(contact=here.dana), body="Exports fail", channel="form")
    return open_ticket(opening, at=TODAY)


def test_a_known_caller_says_whether_it_is_about_their_last_request(
    here: Cast, lines: Lines
) -> None:
    ticket = opened(here)
    number = " ".join(str(ticket.pk))
    line = dials(lines, code_of(here.dana), "1")
    assert f"To speak about your request {number}, press 1. For something new, press 2." in (
        line.heard
    )
    assert the_call().ticket == ticket
    lines.exchange.over(line)
    lines.settle()
    dials(lines, code_of(here.dana), "2")
    assert Call.objects.order_by("-pk")[0].ticket != ticket


def test_nobody_else_hears_of_a_request(here: Cast, lines: Lines) -> None:
    Contact.objects.filter(pk=here.dana.pk).update(phone=DANAS)
    ticket = opened(here)
    line = dials(lines)
    assert the_call().ticket != ticket
    assert not [words for words in line.heard if "request" in words]


def test_it_rings_at_the_agent_who_takes_it(here: Cast, lines: Lines) -> None:
    line = dials(lines, code_of(here.dana))
    take_call(the_call(), agent=here.ana, agent_phone=ANAS, at=timezone.now())
    lines.settle()
    call = the_call()
    assert (call.state, call.agent) == ("connected", here.ana)
    assert lines.exchange.line_to(ANAS).room == line.room == call.key
    lines.exchange.over(line)
    lines.settle()
    assert (the_call().state, the_call().outcome) == ("ended", "connected")


def test_it_rings_like_an_offer_until_somebody_answers(here: Cast, lines: Lines) -> None:
    with_telephone(here.ana, here.ben)
    line, at = dials(lines, code_of(here.dana)), timezone.now()
    there(here.ana, here.ben, at=at)
    # Who has it first does not answer their telephone.
    for answers in ("no-answer", "human"):
        dispatch(at=at)
        offer = Offer.objects.get(ended_at=None)
        phone = ability_of(offer.agent).own_phone
        lines.exchange.people[phone] = Person(answers, ["1"])
        accept_offer(offer, agent=offer.agent, at=at)
        lines.settle()
    assert (the_call().state, the_call().agent) == ("connected", offer.agent)
    assert Offer.objects.values("agent").distinct().count() == 2
    assert line.room == the_call().key


def test_of_two_agents_one_takes_it(here: Cast, lines: Lines) -> None:
    dials(lines, code_of(here.dana))
    call = take_call(the_call(), agent=here.ana, agent_phone=ANAS, at=timezone.now())
    assert take_call(call, agent=here.ana, at=timezone.now()) == call
    with pytest.raises(AlreadyCalled):
        take_call(call, agent=here.ben, agent_phone=BENS, at=timezone.now())
    dials(lines, caller="+4930111111")
    other = Call.objects.order_by("-pk")[0]
    with pytest.raises(InCall):
        take_call(other, agent=here.ana, agent_phone=ANAS, at=timezone.now())


def test_an_agent_who_is_not_there_gives_the_caller_back(here: Cast, lines: Lines) -> None:
    lines.exchange.people[ANAS].answers = "no-answer"
    line = dials(lines, code_of(here.dana))
    take_call(the_call(), agent=here.ana, agent_phone=ANAS, at=timezone.now())
    lines.settle()
    assert (the_call().state, the_call().agent, line.status) == (
        "ringing", None, "in-progress"
    )  # fmt: skip
    lines.exchange.people[BENS] = Person(keys=["1"])
    take_call(the_call(), agent=here.ben, agent_phone=BENS, at=timezone.now())
    lines.settle()
    assert (the_call().state, the_call().agent) == ("connected", here.ben)


def test_who_hangs_up_in_line_leaves_a_ticket(here: Cast, lines: Lines) -> None:
    line = dials(lines, code_of(here.dana))
    lines.exchange.over(line)
    lines.settle()
    call = the_call()
    assert (call.state, call.outcome) == ("ended", "not_taken")
    assert call.ticket.state == Ticket.State.OPEN
    with pytest.raises(CallOver):
        take_call(call, agent=here.ana, agent_phone=ANAS, at=timezone.now())


def test_who_waits_for_too_long_is_told_what_we_do(here: Cast, lines: Lines) -> None:
    line = dials(lines, code_of(here.dana))
    assert turn_away_late(at=timezone.now()) == 0
    assert turn_away_late(at=timezone.now() + timedelta(minutes=6)) == 1
    lines.settle()
    assert line.status == "completed"
    number = " ".join(str(the_call().ticket_id))
    assert line.heard[-1] == (
        f"Nobody could take your call. It is noted as request {number}, and we answer it in "
        "writing."
    )
    assert (the_call().state, the_call().outcome) == ("ended", "not_taken")


def test_the_language_is_theirs(here: Cast, lines: Lines) -> None:
    Contact.objects.filter(pk=here.dana.pk).update(language="de", phone=DANAS)
    line = dials(lines)
    assert line.heard[0].startswith("Willkommen beim Support von Answerable.")


def test_a_number_that_takes_no_calls_says_so(here: Cast, settings: Settings) -> None:
    with lines_open(settings, at=TODAY, takes_calls=False) as lines:
        line = dials(lines)
        assert line.status == "completed"
        assert line.heard[0].startswith("This number takes no calls.")
        assert not Call.objects.exists()
