"""What helps while one writes to somebody first is for who it is written to."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.cast.articles import write_articles
from answerable.desk.tests.opening import PART
from answerable.knowledge.tests.machines import KEY, libretranslate
from answerable.lib.tests.web import allowed_web
from answerable.tickets.models import Ticket


@pytest.fixture
def page() -> str:
    return f"/desk/new/{uuid4()}/"


def articles(client: Client, page: str, person: Contact, words: str) -> str:
    address = f"{page}articles/?person={person.pk}&q={words}"
    return unescape(client.get(address, headers=PART).content.decode())


def test_only_articles_that_they_may_read_are_found(here: Cast, ana: Client, page: str) -> None:
    write_articles(here, at=now())
    found = articles(ana, page, here.dana, "export")
    assert "/help/en/export-ends-with-e-4012/)" in found
    assert "Insert the text" in found
    assert "Reach the lead on duty" in articles(ana, page, here.dana, "lead on duty")
    assert "Reach the lead on duty" not in articles(ana, page, here.tom, "lead on duty")


def test_articles_are_found_for_nobody_where_nobody_is_chosen(ana: Client, page: str) -> None:
    assert ana.get(f"{page}articles/", {"q": "export"}).status_code == 404


def test_the_box_finds_articles_for_who_it_is(here: Cast, ana: Client, page: str) -> None:
    shown = ana.get(f"{page}?person={here.dana.pk}&kind=write").content.decode()
    assert f'data-url="{page}articles/?person={here.dana.pk}"' in shown


def test_its_words_come_back_in_their_language_and_nothing_is_sent(
    here: Cast,
    ana: Client,
    page: str,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here.dana.language = "de"
    here.dana.save()
    there = f"{page}in-theirs/?person={here.dana.pk}"
    box = f"{page}?person={here.dana.pk}&kind=write"
    assert "Translate to German" not in ana.get(box).content.decode()
    with allowed_web(tmp_path, settings, monkeypatch) as web:
        settings.ANSWERABLE_TRANSLATION_URL = libretranslate(web)
        settings.ANSWERABLE_TRANSLATION_KEY = KEY
        assert ana.post(there, {"body": "It works."}).content.decode() == "IT WORKS."
        shown = ana.get(box).content.decode()
    assert f'data-translate="{there}"' in shown
    assert "Translate to German" in shown
    assert not Ticket.objects.filter(requester=here.dana).exists()
