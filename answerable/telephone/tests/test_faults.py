"""What goes wrong between us and the provider: each call ends as it should, all the same."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone, translation

from answerable.cast import Cast
from answerable.channels.voice.actions import begin_call, hang_up
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.actions import asking
from answerable.channels.voice.twilio.actions.setting import save_telephone
from answerable.channels.voice.twilio.core.signing import signature
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.channels.voice.twilio.tests.exchange import TOKEN
from answerable.channels.voice.twilio.tests.lines import (
    ANAS,
    DANAS,
    FORM,
    Lines,
    asked,
    begun,
    leg,
    run_jobs,
)
from answerable.channels.voice.twilio.way import ByProvider
from answerable.lib.sealing import seal
from answerable.sla.models import Clock
from answerable.telephone.tests.conftest import TODAY

State, Outcome = Call.State, Call.Outcome
A_MINUTE = timedelta(minutes=1)


def fares(call: Call) -> tuple[str, str, str]:
    fresh = Call.objects.get(pk=call.pk)
    return fresh.state, fresh.outcome, fresh.why


def test_news_that_was_lost_is_asked_for(here: Cast, lines: Lines) -> None:
    lines.exchange.loses_news = True
    call = begun(here, TODAY)
    lines.settle()
    assert fares(call) == (State.RINGING, "", "")  # Nobody said that a person answered.
    assert asking.ask_about_silent(at=timezone.now()) == 0
    assert asking.ask_about_silent(at=timezone.now() + A_MINUTE) == 2
    assert fares(call)[0] == State.CONNECTED
    lines.exchange.over(lines.exchange.line_to(DANAS))
    lines.settle()
    assert fares(call)[0] == State.CONNECTED
    asking.ask_about_silent(at=timezone.now() + 3 * A_MINUTE)
    assert fares(call) == (State.ENDED, Outcome.CONNECTED, "")


def test_news_that_comes_after_all_changes_nothing(here: Cast, lines: Lines) -> None:
    lines.exchange.loses_news = True
    call = begun(here, TODAY)
    lines.settle()
    lines.exchange.over(lines.exchange.line_to(DANAS))
    asking.ask_about_silent(at=timezone.now() + A_MINUTE)
    ended = fares(call)
    lines.exchange.waiting += lines.exchange.lost
    lines.settle(doubled=True)
    assert fares(call) == ended


def test_a_call_that_the_provider_forgot_is_over(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    lines.settle()
    lines.exchange.lines.clear()
    asking.ask_about_silent(at=timezone.now() + A_MINUTE)
    assert fares(call)[:2] == (State.ENDED, Outcome.CONNECTED)


def test_a_job_that_was_lost_ends_the_call(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    Leg.objects.update(dialled_at=TODAY)  # A worker died over it, and rang or did not.
    run_jobs()
    asking.ask_about_silent(at=TODAY + A_MINUTE)
    assert fares(call)[0] == State.RINGING
    asking.ask_about_silent(at=TODAY + 3 * A_MINUTE)
    assert fares(call) == (State.ENDED, Outcome.FAILED, "never_made")


def test_the_webhook_tells_of_a_call_whose_answer_was_lost(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    run_jobs()
    Leg.objects.update(sid=None)  # We died before we noted what the provider calls it.
    lines.settle()
    assert fares(call)[0] == State.CONNECTED


def test_a_line_that_would_not_be_cut_is_cut_later(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    lines.settle()
    lines.exchange.down = True
    hang_up(call, at=timezone.now())
    run_jobs()
    assert lines.exchange.line_to(DANAS).status == "in-progress"
    lines.exchange.down = False
    asking.ask_about_silent(at=timezone.now() + A_MINUTE)
    lines.settle()
    assert {line.status for line in lines.exchange.lines.values()} == {"completed"}


def test_a_provider_that_is_down_leaves_the_promise_running(here: Cast, lines: Lines) -> None:
    lines.exchange.down = True
    call = begun(here, TODAY)
    lines.settle()
    assert fares(call) == (State.ENDED, Outcome.FAILED, "down")
    callback = call.callback
    assert callback
    callback.refresh_from_db()
    assert (callback.ended_at, callback.attempts) == (None, 0)
    clock = Clock.objects.get(ticket=call.ticket, metric="callback_start")
    assert (clock.met_at, clock.missed_at) == (None, None)


def test_while_it_is_down_calls_are_made_by_hand(here: Cast, lines: Lines) -> None:
    lines.exchange.down = True
    first = begun(here, TODAY)
    lines.settle()
    at = timezone.now()
    way = ByProvider()
    assert first.callback
    assert not way.is_ready(first.callback, at=at)
    assert way.trouble(at=at).startswith("Phone is down since ")
    again = begin_call(first.callback, "provider", agent=here.ben, agent_phone=ANAS, at=at)
    assert again.way == "hand"
    asking.probe(at=at)
    assert Telephone.objects.get().problem == "down"
    lines.exchange.down = False
    asking.probe(at=at)
    assert way.is_ready(first.callback, at=at)
    assert way.trouble(at=at) == ""


def test_one_that_stays_down_lets_the_request_go_on_in_writing(
    here: Cast, lines: Lines
) -> None:
    lines.exchange.down = True
    call = begun(here, TODAY)
    lines.settle()
    at = timezone.now()
    assert asking.give_up_while_down(at=at + A_MINUTE) == 0
    assert asking.give_up_while_down(at=at + 4 * A_MINUTE) == 1
    assert call.callback
    call.callback.refresh_from_db()
    assert call.callback.outcome == "not_reached"
    reply = Clock.objects.get(ticket=call.ticket, metric="first_response")
    assert (reply.kind, reply.met_at) == ("guarantee", None)
    assert asking.give_up_while_down(at=at + 5 * A_MINUTE) == 0


def test_whoever_is_called_by_hand_is_not_given_up(here: Cast, lines: Lines) -> None:
    lines.exchange.down = True
    call = begun(here, TODAY)
    lines.settle()
    at = timezone.now()
    assert call.callback
    begin_call(call.callback, "hand", agent=here.ben, at=at)
    assert asking.give_up_while_down(at=at + 4 * A_MINUTE) == 0


def test_a_token_that_is_wrong_is_said_so(here: Cast, lines: Lines) -> None:
    lines.telephone.token = seal("another")
    save_telephone(lines.telephone, at=TODAY)
    call = begun(here, TODAY)
    lines.settle()
    assert fares(call)[2] == "sign_in"
    assert Telephone.objects.get().problem == "sign_in"


def test_a_telephone_that_is_off_calls_nobody(here: Cast, lines: Lines) -> None:
    lines.telephone.is_on = False
    save_telephone(lines.telephone, at=TODAY)
    assert not ByProvider().is_ready(asked(here, TODAY), at=TODAY)


def test_one_that_is_turned_off_in_a_call_hears_its_end(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    lines.settle()
    lines.telephone.is_on = False
    save_telephone(lines.telephone, at=TODAY)
    asking.ask_about_silent(at=timezone.now() + 3 * A_MINUTE)
    assert fares(call)[0] == State.CONNECTED
    lines.exchange.over(lines.exchange.line_to(DANAS))
    lines.settle()
    assert fares(call)[:2] == (State.ENDED, Outcome.CONNECTED)


STATUS = {"CallSid": "CA1", "CallStatus": "completed", "CallDuration": "9"}


@pytest.mark.parametrize(
    ("url", "token", "told"),
    [
        ("https://elsewhere.example{path}", TOKEN, STATUS),
        ("http://127.0.0.1:8000{path}", "another", STATUS),
        ("http://127.0.0.1:8000{path}", TOKEN, {**STATUS, "CallStatus": "busy"}),
    ],
)
def test_nobody_else_is_heard(
    here: Cast, lines: Lines, url: str, token: str, told: dict[str, str]
) -> None:
    call = begun(here, TODAY)
    lines.settle()
    path = f"/telephone/legs/{leg(call, Leg.Side.CONTACT).key}/status/"
    signed = signature(token, url.format(path=path), STATUS.items())
    body = urlencode(told)
    for headers in ({"X-Twilio-Signature": signed}, {}):
        answer = Client().post(path, body, content_type=FORM, headers=headers)
        assert answer.status_code == 403
    assert fares(call)[0] == State.CONNECTED


def test_news_of_another_call_changes_nothing(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    lines.settle()
    path = f"/telephone/legs/{leg(call, Leg.Side.CONTACT).key}/status/"
    signed = signature(TOKEN, f"http://127.0.0.1:8000{path}", STATUS.items())
    answer = Client().post(
        path, urlencode(STATUS), content_type=FORM, headers={"X-Twilio-Signature": signed}
    )
    assert answer.status_code == 204
    assert fares(call)[0] == State.CONNECTED


def test_where_no_telephone_is_set_up_there_is_nothing(here: Cast) -> None:
    for path in ("calls/", "calls/status/", "legs/x/status/"):
        assert Client().post(f"/telephone/{path}").status_code == 404
        assert Client().get(f"/telephone/{path}").status_code == 405


def test_words_are_in_the_agents_language(here: Cast, lines: Lines) -> None:
    lines.exchange.down = True
    begun(here, TODAY)
    lines.settle()
    with translation.override("de"):
        assert ByProvider().trouble(at=timezone.now()).startswith("Das Telefon geht seit ")
