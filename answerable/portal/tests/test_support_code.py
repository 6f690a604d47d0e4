"""A customer's support code is shown once, works, and is replaced by the next."""

from __future__ import annotations

import re

from django.test import Client
from django.utils.timezone import now

from answerable.accounts.actions.codes import use_support_code
from answerable.cast import Cast
from answerable.portal.tests.helping import text_of

PAGE = "/preferences/support-code/"


def made(client: Client) -> str:
    answer = client.post(PAGE)
    found = re.search(r'id="support-code">([A-Z0-9-]+)<', answer.content.decode())
    assert found
    assert "no-store" in answer.headers["Cache-Control"]
    return found[1]


def test_it_is_shown_once_and_replaced(cast: Cast, dana: Client) -> None:
    assert "You have none yet." in text_of(dana.get(PAGE))
    first = made(dana)
    assert first not in dana.get(PAGE).content.decode()
    assert use_support_code(first, cast.dana.email, at=now()) == cast.dana
    second = made(dana)
    assert use_support_code(first, cast.dana.email, at=now()) is None
    assert use_support_code(second, cast.dana.email, at=now()) == cast.dana


def test_the_preferences_lead_there(dana: Client) -> None:
    assert PAGE in dana.get("/preferences/").content.decode()
