"""Systems that give account cards are set up, tried and put away in pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.cards.models import CardAnswer, CardSource
from answerable.cards.tests.billing import SECRET, Billing
from answerable.cast import Cast
from answerable.lib.sealing import unseal
from answerable.lib.tests.web import allowed_web
from answerable.tickets.tests.openings import opened

FACTS = {
    "name": "Billing",
    "url": "https://billing.example/cards",
    "secret": "",
    "seconds": "2",
    "fresh_for": "300",
    "place": "0",
    "is_on": "on",
}


def test_a_system_is_named_and_its_secret_is_shown_once(here: Cast, ida: Client) -> None:
    made = ida.post("/office/cards/new/", FACTS | {"plans": ["premium"]}).content.decode()
    source = CardSource.objects.get()
    shown = re.search(r'id="secret"[^>]*>([^<]+)<', made)
    assert shown
    assert unseal(source.secret) == shown[1]
    assert source.plans == ["premium"]
    for page in ("", f"{source.pk}/", f"{source.pk}/test/"):
        assert shown[1] not in ida.get(f"/office/cards/{page}").content.decode()
    ida.post(f"/office/cards/{source.pk}/", FACTS | {"name": "Invoices"})
    source.refresh_from_db()
    assert (source.name, unseal(source.secret), source.plans) == ("Invoices", shown[1], [])


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("name", "", "Enter a name"),
        ("url", "", "Enter an address"),
        ("url", "http://billing.example/", "http is not encrypted."),
        ("url", "https://dana:pw@billing.example/", "holds a name or a password"),
        ("secret", "short", "The secret must have 16 characters or more"),
        ("seconds", "60", "Enter seconds from 0.2 to 10"),
        ("seconds", "nan", "Enter seconds from 0.2 to 10"),
        ("fresh_for", "0", "Enter seconds from 30 to 86400"),
        ("place", "-1", "Enter a number from 0 to 1000"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    here: Cast, ida: Client, field: str, given: str, words: str
) -> None:
    answer = ida.post("/office/cards/new/", FACTS | {field: given})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CardSource.objects.exists()


def test_a_system_is_tried_on_a_ticket_and_nothing_is_kept(
    here: Cast,
    ida: Client,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket, billing = opened(here.dana, timezone.now()), Billing()
    with allowed_web(tmp_path, settings, monkeypatch) as web:
        ida.post("/office/cards/new/", FACTS | {"url": billing.put(web), "secret": SECRET})
        path = f"/office/cards/{CardSource.objects.get().pk}/test/"
        shown = ida.post(path, {"number": ticket.pk}).content.decode()
        assert "It answered with 1 card." in shown
        assert "past due" in shown
        assert "dana@nordwind.example" in shown
        billing.says = {"cards": [{"title": "x", "parts": [{"type": "html"}]}]}
        shown = ida.post(path, {"number": ticket.pk}).content.decode()
        assert "cards[0].parts[0].type: There is no such type." in shown
        assert (
            "There is no ticket with this number."
            in ida.post(path, {"number": 999_999}).content.decode()
        )
    assert not CardAnswer.objects.exists()


def test_a_removed_system_is_forgotten_with_its_secret(here: Cast, ida: Client) -> None:
    ida.post("/office/cards/new/", FACTS)
    source = CardSource.objects.get()
    ida.post(f"/office/cards/{source.pk}/retire/")
    source.refresh_from_db()
    assert source.retired_at
    assert source.secret == ""
    assert ida.get(f"/office/cards/{source.pk}/").status_code == 404
    assert "No system is asked yet." in ida.get("/office/cards/").content.decode()
