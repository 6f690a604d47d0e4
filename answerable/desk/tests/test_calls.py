"""An agent calls by hand, and says what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.tickets.actions import Opening, Sender, Wanted, request_callback
from answerable.tickets.models import Callback, Message


@pytest.fixture
def callback(here: Cast) -> Callback:
    """Dana waits for a call."""
    opening = Opening(sender=Sender(contact=here.dana), body="Exports fail", channel="callback")
    wanted = Wanted(phone="+491715550123", country="DE")
    return request_callback(opening, wanted, contact=here.dana, at=timezone.now())


def test_the_number_stands_on_the_ticket(ana: Client, callback: Callback) -> None:
    page = ana.get(f"/desk/tickets/{callback.ticket_id}/").content.decode()
    assert 'href="tel:+491715550123"' in page
    assert "+49 171 5550123" in page
    assert "Call Dana Wolf by" in page


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
    page = ana.get(f"/desk/tickets/{callback.ticket_id}/").content.decode()
    assert "tel:" not in page


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
