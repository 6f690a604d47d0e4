"""What customers write in another language is translated beside the original, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, ask
from answerable.knowledge.tests.machines import KEY, libretranslate, refusing
from answerable.lib.tests.web import Web, allowed_web
from answerable.tickets.models import MessageTranslation, Ticket


@pytest.fixture
def web(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    with allowed_web(tmp_path, settings, monkeypatch) as served:
        settings.ANSWERABLE_TRANSLATION_URL = libretranslate(served)
        settings.ANSWERABLE_TRANSLATION_KEY = KEY
        yield served


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    ticket = ask(here.dana, body="Der Export bricht ab.")
    ticket.language = "de"
    ticket.save(update_fields=["language"])
    return ticket


def translated(ana: Client, ticket: Ticket) -> str:
    entry = ticket.events.get(verb="opened").pk
    place = f"/desk/tickets/{ticket.pk}/entries/{entry}/translated/"
    return ana.post(place, headers=PART).content.decode()


def test_a_message_is_translated_once_and_stays_as_it_is(
    web: Web, ticket: Ticket, ana: Client
) -> None:
    for _ in range(2):
        assert "DER EXPORT BRICHT AB." in translated(ana, ticket)
    assert len(web.bodies) == 1
    assert MessageTranslation.objects.get().message.body == "Der Export bricht ab."
    assert 'lang="de"' in ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()


def test_a_reply_comes_back_to_be_looked_through_and_nothing_is_sent(
    web: Web, ticket: Ticket, ana: Client
) -> None:
    place = f"/desk/tickets/{ticket.pk}/in-theirs/"
    assert ana.post(place, {"reply": "It works."}).content.decode() == "IT WORKS."
    assert not ticket.messages.filter(kind="reply").exists()
    assert "Translate to German" in ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()


def test_a_machine_that_is_away_is_said_in_words(web: Web, ticket: Ticket, ana: Client) -> None:
    web.pages["/translate"] = refusing(429)
    assert "is asked too often" in translated(ana, ticket)
    assert not MessageTranslation.objects.exists()
    assert ana.post(f"/desk/tickets/{ticket.pk}/in-theirs/", {"reply": "x"}).status_code == 422


def test_without_a_machine_nothing_is_offered(ticket: Ticket, ana: Client) -> None:
    assert "Translate to" not in ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
