"""Customers sign in by a support code, with their address or their number."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from answerable.accounts.actions.codes import make_support_code
from answerable.cast import Cast
from answerable.signin.limits import CODES_PER_IP

PAGE = "/sign-in/code/"


def test_it_signs_in_and_leads_back(cast: Cast) -> None:
    code, browser = make_support_code(cast.dana, at=timezone.now()), Client()
    sent = {"named": "dana@nordwind.example", "code": code, "next": "/contact/"}
    assert browser.post(PAGE, sent).headers["Location"] == "/contact/"
    assert "Dana Wolf" in browser.get("/contact/").content.decode()
    evil = Client().post(PAGE, sent | {"next": "https://evil.example/"})
    assert evil.headers["Location"] == "/"


def test_it_says_the_same_of_whatever_is_not_right(cast: Cast) -> None:
    code = make_support_code(cast.dana, at=timezone.now())
    for named, typed in (
        ("kim@nordwind.example", code),
        ("dana@nordwind.example", "ABCD-EFGH-JKLM-NPQR"),
        ("nobody@elsewhere.example", "x"),
    ):
        answer = Client().post(PAGE, {"named": named, "code": typed})
        assert answer.status_code == 422
        assert "Code, or address or number, is not right." in answer.content.decode()


def test_it_is_not_tried_for_ever(cast: Cast) -> None:
    sent = {"named": "dana@nordwind.example", "code": "x"}
    answers = [Client().post(PAGE, sent).status_code for _ in range(CODES_PER_IP + 1)]
    assert answers == [422] * CODES_PER_IP + [429]


def test_the_contact_page_shows_the_ways_in(cast: Cast) -> None:
    page = Client().get("/contact/").content.decode()
    for words in ("Sign in to contact Premium Support", "Use a passkey", "Use a support code"):
        assert words in page
