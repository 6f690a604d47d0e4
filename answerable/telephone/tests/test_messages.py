"""What an answering machine is told, and what a caller hears whom nobody took."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.actions.asking import turn_away_late
from answerable.channels.voice.twilio.models import Telephone
from answerable.channels.voice.twilio.tests.exchange import Line, Person
from answerable.channels.voice.twilio.tests.lines import (
    ANAS,
    DANAS,
    Lines,
    begun,
    lines_open,
)
from answerable.telephone.tests.conftest import TODAY
from answerable.tickets.models import Callback


@pytest.fixture(autouse=True)
def _no_tries() -> None:
    cache.clear()


def by_machine(here: Cast, lines: Lines) -> tuple[Call, Line]:
    lines.exchange.people[DANAS].answers = "machine_start"
    call = begun(here, TODAY)
    lines.settle()
    return Call.objects.get(pk=call.pk), lines.exchange.line_to(DANAS)


@pytest.mark.parametrize("first", ["agent", "contact"])
def test_a_machine_keeps_our_message(here: Cast, settings: Settings, first: str) -> None:
    with lines_open(settings, at=TODAY, first=first) as lines:
        call, line = by_machine(here, lines)
        number = " ".join(str(call.ticket_id))
        said = f"Hello, this is Answerable. You asked us to call you about request {number}."
        assert line.heard[-1].startswith(said)
        assert line.status == "completed"
        assert (call.outcome, call.connected_at) == (Call.Outcome.VOICEMAIL, None)
        called = [one.to for one in lines.exchange.lines.values()]
        assert called == ([ANAS, DANAS] if first == "agent" else [DANAS])


def test_the_vendors_own_words_are_in_the_customers_language(here: Cast, lines: Lines) -> None:
    Contact.objects.filter(pk=here.dana.pk).update(language="de")
    Telephone.objects.update(message_en="We called.", message_de="Wir haben angerufen.")
    here.dana.refresh_from_db()
    _call, line = by_machine(here, lines)
    assert line.heard[-1] == "Wir haben angerufen."


def test_nothing_is_said_where_nothing_is_to_be(here: Cast, settings: Settings) -> None:
    with lines_open(settings, at=TODAY, leaves_message=False) as lines:
        call, line = by_machine(here, lines)
        assert (line.heard, line.status) == ([], "completed")
        assert call.outcome == Call.Outcome.VOICEMAIL
        assert line.fields["MachineDetection"] == "Enable"


def turned_away(here: Cast, lines: Lines, *keys: str) -> Line:
    Contact.objects.filter(pk=here.dana.pk).update(phone=DANAS)
    # Nothing for the code, and what is pressed when nobody came.
    lines.exchange.people[DANAS] = Person(keys=["", *keys])
    line = lines.dial_us(DANAS)
    lines.settle()
    turn_away_late(at=timezone.now() + timedelta(minutes=6))
    lines.settle()
    return line


def test_who_was_turned_away_may_be_called_back(here: Cast, lines: Lines) -> None:
    line = turned_away(here, lines, "1")
    callback = Callback.objects.get()
    assert (callback.contact, callback.phone) == (here.dana, DANAS)
    assert callback.ticket == Call.objects.get().ticket
    assert "To be called back, press 1." in line.heard
    assert line.heard[-1].startswith("Thank you. We call you at this number")
    assert callback.asked_at is not None


def test_who_presses_nothing_is_answered_in_writing(here: Cast, lines: Lines) -> None:
    turned_away(here, lines)
    assert not Callback.objects.exists()


def test_who_is_nobody_we_know_is_offered_no_call(here: Cast, lines: Lines) -> None:
    lines.exchange.people["+4930111111"] = Person(keys=["", "1"])
    line = lines.dial_us("+4930111111")
    lines.settle()
    turn_away_late(at=timezone.now() + timedelta(minutes=6))
    lines.settle()
    assert line.heard[-1].startswith("Nobody could take your call.")
    assert not Callback.objects.exists()
