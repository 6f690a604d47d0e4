"""An administrator sets the widget up: workspace, keys, accounts, and what a token means."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.actions.widget import call_customer, open_session, save_workspace
from answerable.accounts.core.claims import Refused, Why
from answerable.accounts.models import WidgetKey, WidgetSession, Workspace
from answerable.accounts.signed import read_signed, workspace
from answerable.accounts.tests.signing import WORKSPACE, Server, pair
from answerable.cast import Cast
from answerable.office.tests.conftest import SignIn
from answerable.office.token_words import SAYS, said

PAGE, KEYS = "/office/widget/", "/office/widget/keys/new/"
TEST, ACCOUNTS = "/office/widget/test/", "/office/widget/accounts/"
EDDSA = WidgetKey.Algorithm.EDDSA
SETTINGS = {"name": "acme", "origins": "https://app.acme.example", "anonymous": "nothing"}


def text_of(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def key_form(**others: str) -> dict[str, str]:
    public = pair(EDDSA)[1]
    return {"name": "Product", "algorithm": EDDSA, "public": public, "issuer": ""} | others


@pytest.fixture
def server(here: Cast) -> Server:
    """A vendor's server, whose customer Nordwind is called nw."""
    call_customer(here.nordwind, "nw")
    save_workspace(WORKSPACE, origins=[], anonymous="search", at=timezone.now())
    return Server(timezone.now())


def test_it_is_for_administrators(here: Cast, sign_in: SignIn) -> None:
    for path in (PAGE, KEYS, TEST, ACCOUNTS):
        assert sign_in(here.lena).get(path).status_code == 403


def test_it_keeps_the_workspace(here: Cast, ida: Client) -> None:
    sent = SETTINGS | {
        "origins": "https://App.Acme.example:443/\n\nhttp://localhost:3000\n"
        "https://app.acme.example"
    }
    assert "Saved." in text_of(ida.post(PAGE, sent, follow=True))
    kept = Workspace.objects.get()
    assert (kept.name, kept.anonymous) == ("acme", "nothing")
    assert kept.origins == ["https://app.acme.example", "http://localhost:3000"]
    assert 'data-workspace="acme"' in html.unescape(ida.get(PAGE).content.decode())


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "app.acme.example",
        "http://app.acme.example",
        "https://app.acme.example/path",
        "https://user@app.acme.example",
        "https://*.acme.example",
        "javascript:alert(1)",
    ],
)
def test_it_takes_no_origin_that_is_none(here: Cast, ida: Client, origin: str) -> None:
    answer = ida.post(PAGE, SETTINGS | {"origins": origin})
    assert answer.status_code == 422
    assert "Enter an origin like https://app.example.com" in text_of(answer)


def test_it_registers_a_public_key(here: Cast, ida: Client) -> None:
    answer = ida.post(KEYS, key_form())
    key = WidgetKey.objects.get()
    assert (answer.status_code, key.algorithm, key.made_by) == (201, EDDSA, here.ida)
    assert key.kid in text_of(answer)
    assert "not shown again" not in text_of(answer)
    assert key.kid in text_of(ida.get(PAGE))


def test_it_shows_a_secret_once(here: Cast, ida: Client) -> None:
    answer = ida.post(KEYS, key_form(algorithm="HS256", public=""))
    found = re.search(r'id="secret"[^>]*>([^<]+)<', answer.content.decode())
    assert found
    assert answer.headers["Cache-Control"].count("no-store")
    assert found[1] not in ida.get(PAGE).content.decode()
    assert found[1] not in WidgetKey.objects.get().secret


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"public": pair(EDDSA)[0]}, "This is a private key."),
        ({"public": ""}, "Enter a public key in PEM"),
        ({"public": pair("ES256")[1]}, "of another algorithm"),
        ({"algorithm": "none"}, "Select an algorithm"),
        ({"name": ""}, "Enter a name"),
    ],
)
def test_it_says_what_is_wrong_with_a_key(
    here: Cast, ida: Client, others: dict[str, str], words: str
) -> None:
    answer = ida.post(KEYS, key_form(**others))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not WidgetKey.objects.exists()


def test_it_ends_a_key_and_says_whom_that_signs_out(
    here: Cast, ida: Client, server: Server
) -> None:
    signed = read_signed(server.signs(), at=timezone.now())
    open_session(signed, origin="", at=timezone.now())
    assert "1 session" in text_of(ida.get(PAGE))
    answer = ida.post(f"/office/widget/keys/{server.key.pk}/end/", follow=True)
    assert "Product has ended, and 1 session with it." in text_of(answer)
    assert ida.post("/office/widget/keys/999/end/").status_code == 404


def test_it_says_whom_a_token_lets_in_and_does_not_use_it_up(
    here: Cast, ida: Client, server: Server
) -> None:
    token = server.signs()
    for _ in range(2):
        read = text_of(ida.post(TEST, {"token": f" {token}\n"}))
        assert "It works: this is Dana Wolf of Nordwind GmbH." in read
    assert not WidgetSession.objects.exists()
    token = server.signs(sub="u-9", email="new@nordwind.example")
    assert "would be added to Nordwind GmbH" in text_of(ida.post(TEST, {"token": token}))
    assert not here.nordwind.contacts.filter(email="new@nordwind.example").exists()


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"exp": 1}, "It has expired."),
        ({"aud": "other"}, "For this workspace it must be answerable alone."),
        ({"account": "gone"}, "No customer here has the account key gone."),
        ({"sub": None, "email": None}, "The claim sub is missing."),
        ({"sub": "u-9", "email": "olive@brightwater.example"}, "a person of another customer"),
    ],
)
def test_it_says_in_words_what_is_wrong_with_a_token(
    here: Cast, ida: Client, server: Server, others: dict[str, Any], words: str
) -> None:
    assert words in text_of(ida.post(TEST, {"token": server.signs(**others)}))


def test_it_says_that_a_token_was_used(here: Cast, ida: Client, server: Server) -> None:
    token = server.signs()
    open_session(read_signed(token, at=timezone.now()), origin="", at=timezone.now())
    assert "It has opened a session before." in text_of(ida.post(TEST, {"token": token}))


def test_it_has_words_for_every_refusal() -> None:
    assert set(SAYS) == set(Why)
    assert said(Refused(Why.ISSUER, "acme")).endswith("it must be acme.")


def test_it_keeps_what_customers_are_called(here: Cast, ida: Client) -> None:
    sent = {"customer": str(here.nordwind.pk), "key": " nw-1 "}
    assert "Saved." in text_of(ida.post(ACCOUNTS, sent, follow=True))
    here.nordwind.refresh_from_db()
    assert here.nordwind.key == "nw-1"
    other = {"customer": str(here.kestrel.pk), "key": "nw-1"}
    answer = ida.post(ACCOUNTS, other)
    assert answer.status_code == 422
    assert "Another customer has the key nw-1." in text_of(answer)
    ida.post(ACCOUNTS, sent | {"key": ""})
    here.nordwind.refresh_from_db()
    assert here.nordwind.key is None
    assert ida.post(ACCOUNTS, {"customer": "x", "key": "y"}).status_code == 404


def test_it_begins_with_the_vendors_name(db: None) -> None:
    assert workspace().name == "answerable"
