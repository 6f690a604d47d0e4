"""An agent ends notifications by mail with one press, and nobody else can."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.email import ours

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def address(cast: Cast) -> str:
    return urlsplit(ours.unsubscribe_url(cast.ana)).path


def is_told(cast: Cast) -> bool:
    return Agent.objects.get(pk=cast.ana.pk).notified_by_mail


def test_what_only_looks_changes_nothing(cast: Cast, client: Client, address: str) -> None:
    assert "Send no more of these mails" in client.get(address).content.decode()
    assert is_told(cast)


def test_one_press_of_a_mail_program_ends_them(cast: Cast, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, ONE_CLICK).status_code == 302
    assert not is_told(cast)
    strict.post(address, ONE_CLICK)
    assert not is_told(cast)
    assert "gets no more of these mails" in strict.get(address).content.decode()


def test_they_can_be_had_again(cast: Cast, client: Client, address: str) -> None:
    client.post(address, {"wanted": "no"})
    client.post(address, {"wanted": "yes"})
    assert is_told(cast)


@pytest.mark.parametrize("token", ["1", "1:abc", "x" * 300])
def test_an_address_that_we_did_not_make_leads_nowhere(
    cast: Cast, client: Client, token: str
) -> None:
    assert client.post(f"/mails/{token}/", ONE_CLICK).status_code == 404
