"""Agents sign in by a password and a second factor."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from answerable.accounts.models import Installation
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail

PASSWORD = "four quiet words suffice"
OPEN = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "inactive/",
    "password/reset/key/0-set-password/",
]
MANAGED = [
    "password/change/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "logout/",
    "reauthenticate/",
]
BANNED = re.compile(
    r"\b(please|sorry|oops|valid|invalid|forbidden|illegal|unfortunately)\b", re.IGNORECASE
)


@pytest.fixture
def ana(cast: Cast) -> Client:
    """Ana's browser, with her password; she has no second factor yet."""
    cast.ana.user.set_password(PASSWORD)
    cast.ana.user.save(update_fields=["password"])
    client = Client()
    sign_in(client)
    return client


def sign_in(client: Client, password: str = PASSWORD) -> str:
    fields = {"login": "ana@answerable.example", "password": password}
    answer = client.post("/sign-in/agent/login/", fields)
    return answer.headers.get("Location", answer.content.decode())


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def set_up_app(client: Client) -> str:
    client.get("/sign-in/agent/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/sign-in/agent/2fa/totp/activate/", {"code": code_for(secret)})
    assert answer.status_code == 302
    return str(secret)


def test_it_leads_to_a_second_factor_before_the_desk_opens(ana: Client) -> None:
    assert ana.get("/outbox/").headers["Location"] == "/sign-in/second-factor/"
    page = ana.get("/sign-in/second-factor/").content.decode()
    assert "An authenticator app" in page
    assert "A passkey" in page


def test_it_opens_the_desk_with_an_authenticator_app(ana: Client, cast: Cast) -> None:
    secret = set_up_app(ana)
    assert Authenticator.objects.filter(user=cast.ana.user, type="totp").exists()
    assert ana.get("/sign-in/second-factor/").headers["Location"] == "/desk/"
    again = Client()
    assert sign_in(again) == "/sign-in/agent/2fa/authenticate/"
    assert "_auth_user_id" not in again.session
    page = again.get("/sign-in/agent/2fa/authenticate/").content.decode()
    assert "One more step" in page
    wrong = again.post("/sign-in/agent/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in again.session
    assert "This code is not right." in wrong.content.decode()
    assert secret


def test_it_gives_recovery_codes(ana: Client) -> None:
    set_up_app(ana)
    page = ana.get("/sign-in/agent/2fa/recovery-codes/").content.decode()
    assert "Recovery codes" in page
    codes = re.findall(r"\b\d{8}\b", page)
    assert len(codes) == 10


def test_it_needs_none_in_a_demonstration(
    cast: Cast, client: Client, demo: Installation
) -> None:
    client.force_login(cast.ida.user)
    assert client.get("/outbox/").status_code == 200


def test_it_says_that_email_or_password_is_not_right(ana: Client) -> None:
    assert "Email or password is not right." in sign_in(
        Client(), password="a wrong guess it is"
    )


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ["Enter an email address, like ida@example.com", "Enter your password"]),
        ("de", ["Geben Sie eine E-Mail-Adresse ein", "Geben Sie Ihr Passwort ein"]),
    ],
)
def test_it_says_what_to_enter(
    db: None, client: Client, language: str, says: list[str]
) -> None:
    client.cookies["django_language"] = language
    page = client.post("/sign-in/agent/login/", {}).content.decode()
    assert all(page.count(words) == 2 for words in says)
    assert not re.search("field is required|zwingend erforderlich", page)


def test_it_names_what_a_new_password_needs(ana: Client) -> None:
    address = "/sign-in/agent/password/change/"
    assert "12 characters or more." in ana.get(address).content.decode()
    fields = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    page = ana.post(address, fields).content.decode()
    assert "Password that you have now" in page
    assert "Password must be 12 characters or more" in page


@pytest.mark.parametrize("address", OPEN)
def test_it_speaks_like_us_to_strangers(db: None, client: Client, address: str) -> None:
    shows_our_words(client, address)


@pytest.mark.parametrize("address", MANAGED)
def test_it_speaks_like_us_to_agents(ana: Client, address: str) -> None:
    shows_our_words(ana, address)


@pytest.mark.parametrize(
    "address",
    ["2fa/", "2fa/totp/deactivate/", "2fa/recovery-codes/generate/", "2fa/reauthenticate/"],
)
def test_it_speaks_like_us_to_agents_with_an_app(ana: Client, address: str) -> None:
    set_up_app(ana)
    shows_our_words(ana, address)


def shows_our_words(client: Client, address: str) -> None:
    answer = client.get(f"/sign-in/agent/{address}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "plain-card" in page
    assert "Menu:" not in page
    shown = re.sub(r"<script\b.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert not BANNED.search(shown), BANNED.search(shown)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", page)
    assert not re.search(r"\sstyle=|\son\w+=", page)


@pytest.mark.parametrize("address", ["email/", "login/code/confirm/"])
def test_it_closes_what_we_do_not_use(ana: Client, address: str) -> None:
    assert ana.get(f"/sign-in/agent/{address}").status_code in {302, 404}


def test_it_makes_no_account_for_whoever_asks(db: None, client: Client) -> None:
    fields = {"email": "eve@example.com", "password1": PASSWORD}
    page = client.post("/sign-in/agent/signup/", fields).content.decode()
    assert "Accounts are given" in page


def test_it_mails_a_link_for_a_new_password(ana: Client, cast: Cast) -> None:
    browser = Client()
    browser.post("/sign-in/agent/password/reset/", {"email": "ana@answerable.example"})
    mail = OutgoingMail.objects.get()
    found = re.search(r"https?://[^/]+(/sign-in/agent/password/reset/key/\S+)", mail.text)
    assert found
    form = browser.get(found[1], follow=True)
    address = form.redirect_chain[-1][0]
    new = "five rather noisy words now"
    browser.post(address, {"password1": new, "password2": new})
    cast.ana.user.refresh_from_db()
    assert cast.ana.user.check_password(new)


@pytest.mark.parametrize("address", ["dana@nordwind.example", "nobody@nowhere.example"])
def test_it_gives_no_password_to_others(ana: Client, address: str) -> None:
    answer = Client().post("/sign-in/agent/password/reset/", {"email": address}, follow=True)
    assert "If an agent has this address, a link is on its way." in answer.content.decode()
    assert "/password/reset/key/" not in OutgoingMail.objects.get().text


def test_it_signs_out(ana: Client) -> None:
    assert ana.get("/sign-out/").status_code == 405
    ana.post("/sign-out/")
    assert "_auth_user_id" not in ana.session
