"""Systems are asked with a signature, in a time, and nothing that they do reaches a page."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from answerable.accounts.actions.widget import call_customer
from answerable.cards.actions import (
    Described,
    ask_source,
    fetch_cards,
    forget_answers,
    save_source,
)
from answerable.cards.core.signing import signature
from answerable.cards.models import CardAnswer, CardSource
from answerable.cards.queries import shown, sources_of
from answerable.cards.tests.billing import CARDS, SECRET, Billing
from answerable.cards.tests.conftest import described
from answerable.cast import Cast
from answerable.desk.tests.opening import ask, stranger_asks
from answerable.lib.outbound.client import Client, client
from answerable.lib.outbound.deciding import Allowed
from answerable.lib.sealing import unseal
from answerable.lib.tests.web import Handler, Web

KNOWN = Path(__file__).resolve().parents[4] / "shared" / "security" / "ssrf_urls.jsonl"
REQUEST = {"version": 1}


def test_it_asks_who_asks_about_whom_and_keeps_the_answer(
    here: Cast, source: CardSource, billing: Billing
) -> None:
    call_customer(here.nordwind, "nordwind")
    here.nordwind.refresh_from_db()
    ticket, at = ask(here.dana), timezone.now()
    answer = fetch_cards(source, ticket, agent=here.ana, by=client(), at=at)
    (asked,) = billing.asked
    assert asked["agent"]["email"] == "ana@answerable.example"
    assert asked["account"]["id"] == here.nordwind.pk
    assert asked["contact"]["email"] == here.dana.email
    assert asked["ticket"]["number"] == ticket.pk
    has = shown(source, answer, at)
    assert [card.title for card in has.cards] == ["Billing"]
    assert (has.is_stale, has.is_asked, has.trouble) == (False, False, "")


def test_whoever_has_another_secret_or_sends_it_again_later_is_refused(
    here: Cast, source: CardSource, billing: Billing
) -> None:
    billing.secret = "another-secret-0123456789"
    heard = ask_source(source, REQUEST, by=client(), at=timezone.now())
    assert (heard.reason, heard.values) == ("status", {"host": _host(source), "status": "401"})
    billing.secret = SECRET
    late = timezone.now() - timedelta(minutes=6)
    assert ask_source(source, REQUEST, by=client(), at=late).reason == "status"
    assert billing.refused == 2


def test_a_signature_is_of_the_instant_and_the_body() -> None:
    """The figures of docs/cards.md."""
    made = signature("a-secret-of-docs-0001", 1764166200, b'{"version":1}')
    assert made == signature("a-secret-of-docs-0001", 1764166200, b'{"version":1}')
    assert made != signature("a-secret-of-docs-0001", 1764166201, b'{"version":1}')
    assert made != signature("a-secret-of-docs-0001", 1764166200, b'{"version":2}')
    assert made != signature("a-secret-of-docs-0002", 1764166200, b'{"version":1}')


def _host(source: CardSource) -> str:
    return source.url.split("/")[2]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"<html>Sign in</html>", "json"),
        (b'{"cards": [{"title": "x", "parts": [{"type": "html"}]}]}', "type"),
        (b'{"cards": [{"title": "x' + b"x" * 70_000 + b'"}]}', "big"),
        (b'["cards"]', "object"),
    ],
)
def test_what_is_no_card_is_said_in_words(
    here: Cast, source: CardSource, billing: Billing, said: bytes, reason: str
) -> None:
    billing.says = said
    heard = ask_source(source, REQUEST, by=client(), at=timezone.now())
    assert (heard.cards, heard.reason) == ((), reason)


def test_a_redirect_is_not_followed(here: Cast, web: Web, billing: Billing) -> None:
    billing.put(web, "/elsewhere")
    url = web.put("/moved", b"", status=307, Location="/elsewhere")
    heard = ask_source(described(here, url), REQUEST, by=client(), at=timezone.now())
    assert heard.reason == "status"
    assert billing.asked == []


def test_another_type_is_no_answer(here: Cast, web: Web) -> None:
    url = web.put("/page", json.dumps(CARDS).encode(), Content_Type="text/html")
    heard = ask_source(described(here, url), REQUEST, by=client(), at=timezone.now())
    assert heard.reason == "type"


def test_one_that_lingers_is_given_up(here: Cast, web: Web) -> None:
    """It sends a byte now and then, for as long as somebody listens."""

    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        while not handler.wfile.closed:
            handler.wfile.write(b" ")
            handler.connection.settimeout(0.02)
            try:
                handler.connection.recv(1)
            except TimeoutError:
                continue

    web.pages["/slow"] = drip
    slow = described(here, f"{web.origin}/slow", seconds=0.2)
    heard = ask_source(slow, REQUEST, by=client(), at=timezone.now())
    assert heard.reason == "slow"


@pytest.mark.skipif(not KNOWN.is_file(), reason="The folder ../shared/security is not here.")
def test_nothing_inside_is_asked(here: Cast) -> None:
    """All names are resolved to where a cloud keeps its secrets, and none for real."""
    asking = Client(Allowed(), lambda *_asked: ["169.254.169.254"])
    source = CardSource(secret="", seconds=1.0)
    for line in KNOWN.read_text().splitlines():
        source.url = json.loads(line)["url"]
        heard = ask_source(source, REQUEST, by=asking, at=timezone.now())
        assert heard.reason in {
            "plain",
            "port",
            "password",
            "host",
            "scheme",
            "address",
            "inside",
        }


def test_what_it_said_stays_while_it_fails(
    here: Cast, source: CardSource, billing: Billing
) -> None:
    ticket, at = ask(here.dana), timezone.now()
    fetch_cards(source, ticket, agent=here.ana, by=client(), at=at)
    billing.says = b"oh"
    later = at + timedelta(seconds=200)
    failed = fetch_cards(source, ticket, agent=here.ana, by=client(), at=later)
    has = shown(source, failed, at + timedelta(seconds=301))
    assert [card.title for card in has.cards] == ["Billing"]
    assert has.is_stale
    assert has.trouble == "The answer is no JSON in UTF-8."
    assert has.is_asked
    # For half a minute after a failure pages leave it alone.
    assert not shown(source, failed, later + timedelta(seconds=29)).is_asked


def test_another_customer_or_person_has_another_answer(
    here: Cast, source: CardSource, billing: Billing
) -> None:
    ticket, at = ask(here.dana), timezone.now()
    fetch_cards(source, ticket, agent=here.ana, by=client(), at=at)
    ticket.requester = here.kim
    billing.says = {"cards": []}
    assert fetch_cards(source, ticket, agent=here.ana, by=client(), at=at).document == {
        "cards": []
    }
    assert CardAnswer.objects.count() == 2


def test_it_is_asked_for_its_plans_and_products_alone(here: Cast, web: Web) -> None:
    at, ticket = timezone.now(), ask(here.dana)
    premium = described(here, f"{web.origin}/1", plans=["premium"])
    described(here, f"{web.origin}/2", plans=["care"])
    described(here, f"{web.origin}/3", products=["nothing_like_it"])
    described(here, f"{web.origin}/4", is_on=False)
    assert sources_of(ticket, at) == [premium]
    assert sources_of(stranger_asks(), at) == []


def test_a_secret_is_kept_sealed_and_an_address_is_forgotten_with_what_it_said(
    here: Cast, source: CardSource
) -> None:
    assert SECRET not in source.secret
    assert unseal(source.secret) == SECRET
    at = timezone.now()
    fetch_cards(source, ask(here.dana), agent=here.ana, by=client(), at=at)
    facts: dict[str, Any] = {
        "name": "Billing",
        "url": "https://billing.example/cards",
        "secret": "",
        "plans": [],
        "products": [],
        "seconds": 2.0,
        "fresh_for": 300,
        "place": 0,
        "is_on": True,
    }
    save_source(source, Described(**facts), agent=here.ida, at=at)
    assert unseal(source.secret) == SECRET
    assert not CardAnswer.objects.exists()


def test_old_answers_are_forgotten(here: Cast, source: CardSource) -> None:
    at = timezone.now()
    fetch_cards(source, ask(here.dana), agent=here.ana, by=client(), at=at)
    assert forget_answers(at=at + timedelta(days=29)) == 0
    assert forget_answers(at=at + timedelta(days=31)) == 1
