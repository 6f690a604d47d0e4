"""An agent calls by hand, says what became of it, and writes down what was said."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.channels.voice.models import Call
from answerable.desk.tests.opening import SignIn
from answerable.lib import times
from answerable.tickets.actions import Opening, Sender, Wanted, request_callback
from answerable.tickets.models import Callback, Message


@pytest.fixture
def callback(here: Cast) -> Callback:
    """Dana waits for a call."""
    opening = Opening(sender=Sender(contact=here.dana), body="Exports fail", channel="callback")
    wanted = Wanted(phone="+491715550123", country="DE")
    return request_callback(opening, wanted, contact=here.dana, at=timezone.now())


def page_of(browser: Client, callback: Callback) -> str:
    return browser.get(f"/desk/tickets/{callback.ticket_id}/").content.decode()


def post(browser: Client, callback: Callback, what: str, **sent: str) -> str:
    path = f"/desk/tickets/{callback.ticket_id}/call/{what}/"
    return browser.post(path, sent, follow=True).content.decode()


def test_the_number_stands_on_the_ticket(ana: Client, callback: Callback) -> None:
    page = page_of(ana, callback)
    assert "+49 171 5550123" in page
    assert "Call Dana Wolf by" in page
    assert "Call now" in page


def test_a_call_that_reached_somebody_needs_a_summary(ana: Client, callback: Callback) -> None:
    path = f"/desk/tickets/{callback.ticket_id}/call/"
    answer = ana.post(path, {"result": "connected"})
    assert answer.status_code == 422
    assert "Enter what was said" in answer.content.decode()
    ana.post(path, {"result": "connected", "minutes": "11", "summary": "Cache cleared."})
    callback.refresh_from_db()
    assert callback.outcome == "connected"
    assert callback.last_attempt_at is not None
    assert timezone.now() - callback.last_attempt_at >= timedelta(minutes=11)
    note = Message.objects.get(kind="note")
    assert note.body == "Cache cleared."
    assert "Call now" not in page_of(ana, callback)


def test_who_was_not_reached_is_called_again(ana: Client, callback: Callback) -> None:
    path = f"/desk/tickets/{callback.ticket_id}/call/"
    ana.post(path, {"result": "no_answer"})
    page = ana.get(f"/desk/tickets/{callback.ticket_id}/").content.decode()
    assert "Call Dana Wolf again at" in page
    ana.post(path, {"result": "busy"})
    callback.refresh_from_db()
    assert callback.outcome == "not_reached"
    answer = ana.post(path, {"result": "busy"}, follow=True)
    assert "Nobody waits for a call any more." in answer.content.decode()


def test_an_outcome_must_be_one(ana: Client, callback: Callback) -> None:
    path = f"/desk/tickets/{callback.ticket_id}/call/"
    for sent in ({}, {"result": "maybe"}):
        assert ana.post(path, sent).status_code == 422


def test_calling_takes_the_ticket_and_dials(
    here: Cast, ana: Client, callback: Callback
) -> None:
    page = post(ana, callback, "now", way="hand")
    assert "Calling Dana Wolf." in page
    assert 'data-dials="tel:+491715550123"' in page
    callback.ticket.refresh_from_db()
    assert callback.ticket.assignee == here.ana
    again = Call.objects.get().dialled_at + timedelta(minutes=5)
    shown = times.clock_time(again, ZoneInfo(here.ana.zone))
    assert f"Not reached, try again {shown}" in page


def test_of_two_who_call_one_does(
    here: Cast, ana: Client, sign_in: SignIn, callback: Callback
) -> None:
    post(ana, callback, "now")
    assert "Ana calls already." in post(sign_in(here.ben), callback, "now")
    assert "Ana Silva is on a call with Dana Wolf" in page_of(sign_in(here.ben), callback)
    assert Call.objects.count() == 1


def test_an_outcome_without_words_leaves_a_call_without_a_summary(
    here: Cast, ana: Client, sign_in: SignIn, callback: Callback
) -> None:
    post(ana, callback, "now")
    post(ana, callback, "do/answered")
    page = post(ana, callback, "end", result="connected")
    assert "The call with Dana Wolf is recorded." in page
    assert "No summary of the call" in page
    assert "You get no offers until" in page
    assert "no summary" in page_of(sign_in(here.ben), callback)
    assert "You get offers again." in post(ana, callback, "do/ready")
    assert "You get no offers until" not in page_of(ana, callback)
    assert "Summary added." in post(ana, callback, "note", summary="Cache cleared.")
    assert "No summary of the call" not in page_of(ana, callback)
    assert Message.objects.get(kind="note").body == "Cache cleared."


def test_a_summary_goes_with_the_outcome(ana: Client, callback: Callback) -> None:
    post(ana, callback, "now")
    page = post(ana, callback, "end", result="connected", summary="Cache cleared.")
    assert "No summary of the call" not in page
    assert Call.objects.get().noted_at


def test_who_is_missed_twice_is_answered_in_writing(ana: Client, callback: Callback) -> None:
    post(ana, callback, "now")
    assert "Try again at" in post(ana, callback, "end", result="no_answer")
    page = post(ana, callback, "now")
    assert "Not reached, goes on in writing" in page
    page = post(ana, callback, "end", result="no_answer")
    assert "Dana Wolf was not reached. Answer in writing." in page
    assert "Called 2 times, not reached. The request goes on in writing." in page


def test_an_outcome_of_a_call_must_be_one(ana: Client, callback: Callback) -> None:
    post(ana, callback, "now")
    path = f"/desk/tickets/{callback.ticket_id}/call/end/"
    answer = ana.post(path, {"result": "maybe", "summary": "Typed"})
    assert answer.status_code == 422
    assert "Typed" in answer.content.decode()


def test_a_code_that_is_read_out_says_who_it_is(ana: Client, callback: Callback) -> None:
    post(ana, callback, "now")
    assert "This code is not that of Dana Wolf." in post(ana, callback, "code", code="1")
    for _ in range(4):
        post(ana, callback, "code", code="1")
    assert "Too many wrong codes" in post(ana, callback, "code", code=callback.code)


def test_the_code_of_the_call_is_taken(ana: Client, callback: Callback) -> None:
    post(ana, callback, "now")
    assert "It is Dana Wolf." in post(ana, callback, "code", code=callback.code)
    assert "Check code" not in page_of(ana, callback)


def test_what_was_typed_during_a_call_is_kept(ana: Client, callback: Callback) -> None:
    post(ana, callback, "now")
    path = f"/desk/tickets/{callback.ticket_id}/draft/call/"
    ana.post(path, {"text": "They use EU-2"})
    assert ">They use EU-2</textarea>" in page_of(ana, callback)


def test_nobody_steers_a_colleagues_call(
    here: Cast, ana: Client, sign_in: SignIn, callback: Callback
) -> None:
    post(ana, callback, "now")
    assert "This call is over." in post(sign_in(here.ben), callback, "do/hang_up")
    assert ana.post(f"/desk/tickets/{callback.ticket_id}/call/do/x/").status_code == 404
    assert Call.objects.get().ended_at is None
