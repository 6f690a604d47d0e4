"""What the desk's panel offers in a call: handing it on, recording it, and what else there is
when a number fails."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.voice.actions import begin_call, end_call, follow
from answerable.channels.voice.actions.listening import listens
from answerable.channels.voice.core.states import News
from answerable.channels.voice.models import Call, Transfer
from answerable.channels.voice.tests.talking import calls, wants_call
from answerable.desk.tests.opening import SignIn
from answerable.routing.dispatch import dispatch
from answerable.routing.tests.scenes import there
from answerable.tickets.models import Callback

FAILED = Call.Outcome.FAILED


@pytest.fixture
def call(here: Cast) -> Call:
    """Ana and Dana talk in their browsers."""
    callback = wants_call(here.dana)
    listens(here.dana, at=timezone.now())
    return follow(calls(here.ana, callback), News.ANSWERED, at=timezone.now())


@pytest.fixture
def failed(here: Cast) -> Callback:
    """Dana's number does not exist, said the provider."""
    callback = wants_call(here.dana)
    call = begin_call(callback, Call.Way.HAND, agent=here.ana, at=timezone.now())
    end_call(call, FAILED, why="unallocated", at=timezone.now())
    return callback


def page_of(browser: Client, ticket: int) -> str:
    return browser.get(f"/desk/tickets/{ticket}/").content.decode()


def test_a_call_is_handed_on_with_a_sentence(
    here: Cast, ana: Client, sign_in: SignIn, call: Call
) -> None:
    there(here.ben, at=timezone.now())
    at = f"/desk/calls/{call.key}/hand-on/"
    assert "Ben Adler" in ana.get(at).content.decode()
    said = ana.post(at, {"to": here.ben.pk, "sentence": ""})
    assert said.status_code == 422
    ana.post(at, {"to": here.ben.pk, "sentence": "Ben knows exports."})
    page = page_of(ana, call.ticket_id)
    assert "It rings at Ben&#x27;s desk. You talk on." in page
    assert "Ana Silva hands the call on to Ben Adler: Ben knows exports." in page
    dispatch(at=timezone.now())
    cards = sign_in(here.ben).get("/desk/offers/").content.decode()
    assert "Ana hands the call with Dana Wolf on to you: Ben knows exports." in cards
    assert "Take call" in cards


def test_it_is_taken_at_the_next_desk_or_kept(
    here: Cast, ana: Client, sign_in: SignIn, call: Call
) -> None:
    there(here.ben, at=timezone.now())
    at = f"/desk/calls/{call.key}/hand-on/"
    ana.post(at, {"to": here.ben.pk, "sentence": "Ben knows exports."})
    dispatch(at=timezone.now())
    ben, offer = sign_in(here.ben), here.ben.offers.get()
    ben.post(f"/desk/offers/{offer.pk}/accept/")
    assert "Ben comes into the call." in page_of(ana, call.ticket_id)
    bar = ben.get("/desk/calls/bar/").content.decode()
    assert "Ana hands the call with Dana Wolf on to you" in bar
    ana.post(f"/desk/calls/{call.key}/keep/")
    assert Transfer.objects.get().outcome == Transfer.Outcome.KEPT
    assert ben.get("/desk/calls/bar/").content == b""


def test_nobody_hands_on_a_call_of_others(here: Cast, sign_in: SignIn, call: Call) -> None:
    ben = sign_in(here.ben)
    for what in ("hand-on", "keep", "record"):
        assert ben.post(f"/desk/calls/{call.key}/{what}/").status_code == 404


def test_a_number_that_fails_says_why_and_what_else_there_is(
    here: Cast, ana: Client, failed: Callback
) -> None:
    page = page_of(ana, failed.ticket_id)
    assert "+49 30 901820 cannot be reached (unallocated)." in page
    assert "Write instead" in page
    assert "Call office number" not in page
    Contact.objects.filter(pk=here.dana.pk).update(office_phone="+4930111111")
    assert "Call office number" in page_of(ana, failed.ticket_id)
    ana.post(f"/desk/tickets/{failed.ticket_id}/call/now/", {"way": "hand", "office": "1"})
    assert Call.objects.latest("pk").phone == "+4930111111"


def test_who_cannot_be_called_is_written_to(here: Cast, ana: Client, failed: Callback) -> None:
    ana.post(f"/desk/tickets/{failed.ticket_id}/call/do/write/")
    failed.refresh_from_db()
    assert failed.outcome == Callback.Outcome.NOT_REACHED


def test_what_to_ask_aloud_is_said_before_a_recording(ana: Client, call: Call) -> None:
    asked = ana.get(f"/desk/calls/{call.key}/record/").content.decode()
    assert "May I record this call? Only our team hears the recording" in asked
    # A browser call is recorded by its page, when the customer allows it there.
    ana.post(f"/desk/calls/{call.key}/record/")
    assert not call.recordings.exists()


@pytest.mark.parametrize("address", ["/articles/", "/desk/reports/promises/", "/office/"])
def test_agents_are_there_on_other_pages_too(here: Cast, sign_in: SignIn, address: str) -> None:
    page = sign_in(here.ida).get(address, follow=True).content.decode()
    assert page.count("<agent-here") == 1
    assert f"topics=notices-{here.ida.pk}" in page
