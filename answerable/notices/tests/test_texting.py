"""Text messages to customers' people: numbers are confirmed, few are sent, STOP ends them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace

import pytest
from pytest_django import Settings

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.voice.twilio.client import Failed
from answerable.channels.voice.twilio.tests.lines import Lines, lines_open
from answerable.notices import actions
from answerable.notices.models import Delivery, TextNumber
from answerable.notices.tests.scene import minutes, replied, send, tick
from answerable.tickets import actions as tickets
from answerable.tickets.tests.openings import opened, opened_critical

PHONE = "+491715550123"


@pytest.fixture
def lines(cast: Cast, at: datetime, settings: Settings) -> Iterator[Lines]:
    with lines_open(settings, at=at) as opened_:
        yield opened_


def texts(lines: Lines) -> list[SimpleNamespace]:
    sent = [fields for what, fields in lines.exchange.asked if what == "POST /Messages.json"]
    return [SimpleNamespace(to=one["To"], body=one["Body"]) for one in sent]


def confirmed(contact: Contact, lines: Lines, at: datetime) -> TextNumber:
    actions.send_code(contact, PHONE, at=at)
    (code,) = re.findall(r"\b\d{6}\b", texts(lines)[-1].body)
    return actions.confirm_number(contact, code, at=at)


def test_a_number_counts_once_its_code_was_entered(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    actions.send_code(cast.dana, PHONE, at=at)
    assert not TextNumber.objects.get().takes_texts()
    assert texts(lines)[0].to == PHONE
    assert confirmed(cast.dana, lines, at).takes_texts()


def test_a_code_cannot_be_guessed_nor_used_late_nor_by_another(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    actions.send_code(cast.dana, PHONE, at=at)
    (code,) = re.findall(r"\b\d{6}\b", texts(lines)[0].body)
    other = "000000" if code != "000000" else "000001"
    with pytest.raises(actions.WrongCode):
        actions.confirm_number(cast.sam, code, at=at)
    with pytest.raises(actions.WrongCode):
        actions.confirm_number(cast.dana, code, at=at + minutes(10))
    for _try in range(5):
        with pytest.raises(actions.WrongCode):
            actions.confirm_number(cast.dana, other, at=at)
    with pytest.raises(actions.WrongCode) as over:
        actions.confirm_number(cast.dana, code, at=at)
    assert over.value.is_over


def test_codes_are_few(cast: Cast, at: datetime, lines: Lines) -> None:
    for _code in range(3):
        actions.send_code(cast.dana, PHONE, at=at)
    with pytest.raises(actions.TooManyCodes):
        actions.send_code(cast.dana, PHONE, at=at)
    with pytest.raises(actions.TooManyCodes):
        actions.send_code(cast.sam, PHONE, at=at)
    assert len(texts(lines)) == 3


def test_a_code_that_the_provider_did_not_take_awaits_nothing(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    lines.exchange.down = True
    with pytest.raises(Failed):
        actions.send_code(cast.dana, PHONE, at=at)
    assert not TextNumber.objects.exists()


def test_text_messages_come_for_what_is_critical_and_name_no_subject(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    confirmed(cast.dana, lines, at)
    replied(opened(cast.dana, at), cast, at + minutes(5))
    assert len(texts(lines)) == 1
    ticket = opened_critical(cast.dana, at)
    replied(ticket, cast, at + minutes(6))
    said = texts(lines)[-1]
    assert said.to == PHONE
    assert f"Ana replied to your request #{ticket.pk}." in said.body
    assert said.body.endswith(f"/requests/{ticket.pk}/ Reply STOP to end these.")
    assert ticket.subject not in said.body


def test_after_stop_nothing_goes_out_not_even_what_waits(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    confirmed(cast.dana, lines, at)
    ticket = opened_critical(cast.dana, at)
    tickets.answer(ticket, agent=cast.ana, body="Try it", seen=2**62, at=at)
    tick(at)
    assert actions.stop_texts(PHONE, at=at) == 1
    send(at)
    assert len(texts(lines)) == 1
    assert Delivery.objects.get(way="tiding_text").answer == "stopped"
    assert actions.start_texts(PHONE) == 1
    replied(ticket, cast, at + minutes(1))
    assert len(texts(lines)) == 2


def test_a_number_that_the_provider_knows_as_stopped_is_noted_as_such(
    cast: Cast, at: datetime, lines: Lines
) -> None:
    confirmed(cast.dana, lines, at)
    lines.exchange.stopped.add(PHONE)
    replied(opened_critical(cast.dana, at), cast, at + minutes(5))
    assert TextNumber.objects.get().stopped_at == at + minutes(5)
