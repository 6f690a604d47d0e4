"""The made-up product's server says something beside a ticket, to nobody but us."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.accounts.actions import install
from answerable.cards.asking import DEMO_CARDS, client_for
from answerable.cards.core.reading import read_bytes
from answerable.cards.core.signing import headers
from answerable.cards.models import CardSource
from answerable.cast.cards import let_the_product_say
from answerable.lib.sealing import unseal
from answerable.tests.kept_cast import cast_at
from answerable.widget.tests.conftest import TODAY


@pytest.fixture
def source(db: None) -> CardSource:
    install(demo=True, at=TODAY)
    let_the_product_say(cast_at(TODAY), at=TODAY)
    return CardSource.objects.get()


def ask(client: Client, secret: str, account: str, *, ago: int = 0) -> tuple[int, bytes]:
    body = json.dumps({"account": {"key": account}}).encode()
    stamp = int((timezone.now() - timedelta(seconds=ago)).timestamp())
    said = client.post(
        DEMO_CARDS, body, content_type="application/json", headers=headers(secret, stamp, body)
    )
    return said.status_code, said.content


def test_it_answers_with_cards_that_can_be_read(source: CardSource, client: Client) -> None:
    _, said = ask(client, unseal(source.secret), "brightwater")
    answer = read_bytes(said)
    assert [card.title for card in answer.cards] == ["Fjord billing", "Fjord"]
    assert [(line.text, line.holds) for line in answer.evidence or ()] == [
        ("sign-in errors for this tenant: 3 in 10 min", False),
        ("failed requests of this tenant: 0.2 %", False),
    ]
    assert b"past due" in said
    assert ask(client, unseal(source.secret), "unknown") == (200, b'{"cards": []}')


def test_it_answers_nobody_who_cannot_sign(source: CardSource, client: Client) -> None:
    assert ask(client, "guessed", "nordwind")[0] == 401
    assert ask(client, unseal(source.secret), "nordwind", ago=900)[0] == 401
    assert client.post(DEMO_CARDS, b"{}", content_type="application/json").status_code == 401


def test_our_own_server_is_asked_at_that_address_alone(
    source: CardSource, settings: Settings
) -> None:
    usual = settings.ANSWERABLE_OUTBOUND_ALLOW
    assert client_for(source).allowed != usual
    source.url = f"{settings.ANSWERABLE_URL}/metrics"
    assert client_for(source).allowed == usual
