"""A customer who asked for it is called: the agent's telephone rings, then theirs."""

from __future__ import annotations

import random

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.voice.actions import hang_up, hold_call, mute_call, resume_call
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.jobs import dial_leg
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.channels.voice.twilio.tests.exchange import NUMBER, Person
from answerable.channels.voice.twilio.tests.lines import (
    ANAS,
    DANAS,
    Lines,
    begun,
    leg,
    lines_open,
    run_jobs,
)
from answerable.telephone.tests.conftest import TODAY

State, Outcome = Call.State, Call.Outcome


def now_of(call: Call) -> Call:
    return Call.objects.get(pk=call.pk)


def fares(call: Call) -> tuple[str, str, str]:
    fresh = now_of(call)
    return fresh.state, fresh.outcome, fresh.why


def test_both_telephones_ring_and_both_talk(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    assert lines.exchange.asked == []  # Nothing is asked before it is committed.
    lines.settle()
    fresh = now_of(call)
    assert (fresh.state, fresh.outcome) == (State.CONNECTED, "")
    assert fresh.connected_at is not None
    to = [fields["To"] for path, fields in lines.exchange.asked if path == "POST /Calls.json"]
    assert to == [ANAS, DANAS]
    assert {line.room for line in lines.exchange.lines.values()} == {call.key}


def test_the_agents_machine_hears_no_name(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    lines.settle()
    heard = lines.exchange.line_to(ANAS).heard
    number = " ".join(str(call.ticket_id))
    said = f"Answerable. Your call about request {number}. Press 1 to be connected."
    assert heard == [said, said]


def test_the_customer_hangs_up(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    lines.settle()
    lines.exchange.over(lines.exchange.line_to(DANAS))
    lines.settle()
    assert fares(call) == (State.ENDED, Outcome.CONNECTED, "")
    assert {line.status for line in lines.exchange.lines.values()} == {"completed"}


@pytest.mark.parametrize(
    ("answers", "outcome", "why"),
    [
        ("busy", Outcome.BUSY, ""),
        ("no-answer", Outcome.NO_ANSWER, ""),
        ("failed", Outcome.FAILED, "unallocated"),
        ("machine_start", Outcome.VOICEMAIL, ""),
        ("fax", Outcome.NO_ANSWER, ""),
    ],
)
def test_it_says_what_became_of_it(
    here: Cast, lines: Lines, answers: str, outcome: str, why: str
) -> None:
    lines.exchange.people[DANAS].answers = answers
    call = begun(here, TODAY)
    lines.settle()
    assert fares(call) == (State.ENDED, outcome, why)
    assert now_of(call).connected_at is None
    # Nobody is left on the line.
    assert all(line.status != "in-progress" for line in lines.exchange.lines.values())


@pytest.mark.parametrize("answers", ["no-answer", "busy", "machine_start"])
def test_an_agent_who_is_not_there_calls_nobody(here: Cast, lines: Lines, answers: str) -> None:
    lines.exchange.people[ANAS] = Person(answers)
    call = begun(here, TODAY)
    lines.settle()
    assert fares(call)[:2] == (State.ENDED, Outcome.NOT_TAKEN)
    assert [line.to for line in lines.exchange.lines.values()] == [ANAS]


def test_a_number_that_is_not_called_is_told_apart(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY, phone="+979123456789")
    lines.settle()
    assert fares(call) == (State.ENDED, Outcome.FAILED, "country")
    assert Telephone.objects.get().problem == ""


def test_the_desk_says_why_it_could_not_be_made(
    here: Cast, lines: Lines, settings: Settings
) -> None:
    settings.ANSWERABLE_SECOND_FACTOR = "optional"
    call = begun(here, TODAY, phone="+979123456789")
    lines.settle()
    client = Client()
    client.force_login(here.ana.user, backend="answerable.accounts.backend.People")
    page = client.get(f"/desk/tickets/{call.ticket_id}/").content.decode()
    words = "The provider does not call this country. Allow it in its console."
    assert f"The call could not be made: {words}" in page


def test_an_agent_without_a_telephone_is_told_so(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY, own="")
    lines.settle()
    assert fares(call) == (State.ENDED, Outcome.FAILED, "no_number")


@pytest.mark.parametrize("seed", range(4))
def test_news_may_come_twice_and_in_any_order(here: Cast, lines: Lines, seed: int) -> None:
    mixed = random.Random(seed)
    call = begun(here, TODAY)
    lines.settle(doubled=True, shuffled=mixed)
    assert fares(call) == (State.CONNECTED, "", "")
    lines.exchange.over(lines.exchange.line_to(DANAS))
    lines.settle(doubled=True, shuffled=mixed)
    assert fares(call) == (State.ENDED, Outcome.CONNECTED, "")
    assert now_of(call).events.filter(kind="answered").count() == 1


def test_hanging_up_cuts_both(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    lines.settle()
    hang_up(call, at=timezone.now())
    lines.settle()
    assert fares(call) == (State.ENDED, Outcome.CONNECTED, "")
    assert {line.status for line in lines.exchange.lines.values()} == {"completed"}


def test_hanging_up_before_it_rang_lets_nothing_ring(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    hang_up(call, Outcome.CANCELLED, at=timezone.now())
    lines.settle()
    assert lines.exchange.lines == {}
    assert fares(call)[:2] == (State.ENDED, Outcome.CANCELLED)


def test_holding_and_muting_is_asked_of_the_provider(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    lines.settle()
    room = f"/Conferences/CF{call.key}/Participants"
    hers, his = leg(call, Leg.Side.AGENT).sid, leg(call, Leg.Side.CONTACT).sid
    lines.exchange.asked.clear()
    hold_call(call, at=timezone.now())
    resume_call(call, at=timezone.now())
    mute_call(call, on=True, at=timezone.now())
    run_jobs()
    assert [(path, fields.get("Hold"), fields.get("Muted")) for path, fields in
            lines.exchange.asked] == [
        (f"POST {room}/{his}.json", "true", None),
        (f"POST {room}/{his}.json", "false", None),
        (f"POST {room}/{hers}.json", None, "true"),
    ]  # fmt: skip
    assert fares(call)[0] == State.CONNECTED


def test_a_dialling_job_that_runs_twice_rings_once(here: Cast, lines: Lines) -> None:
    call = begun(here, TODAY)
    one = leg(call, Leg.Side.AGENT)
    dial_leg.func(one.pk)
    dial_leg.func(one.pk)
    assert len(lines.exchange.lines) == 1


def test_the_customer_may_be_first(here: Cast, settings: Settings) -> None:
    with lines_open(settings, at=TODAY, first="contact") as lines:
        call = begun(here, TODAY)
        lines.settle()
        assert fares(call) == (State.CONNECTED, "", "")
        assert [line.to for line in lines.exchange.lines.values()] == [DANAS, ANAS]
        heard = lines.exchange.line_to(DANAS).heard
        assert heard == ["This is Answerable. Ana Silva comes on the line."]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [("machine_start", Outcome.VOICEMAIL), ("no-answer", Outcome.NO_ANSWER)],
)
def test_where_the_customer_is_first_no_agent_hears_a_machine(
    here: Cast, settings: Settings, answers: str, outcome: str
) -> None:
    with lines_open(settings, at=TODAY, first="contact") as lines:
        lines.exchange.people[DANAS].answers = answers
        call = begun(here, TODAY)
        lines.settle()
        assert fares(call)[:2] == (State.ENDED, outcome)
        assert [line.to for line in lines.exchange.lines.values()] == [DANAS]
        assert lines.exchange.line_to(DANAS).status != "in-progress"


def test_the_number_that_is_shown_is_ours(here: Cast, lines: Lines) -> None:
    begun(here, TODAY)
    lines.settle()
    assert {line.caller for line in lines.exchange.lines.values()} == {NUMBER}
