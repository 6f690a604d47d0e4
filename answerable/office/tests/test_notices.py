"""Receivers are added, tested, switched off and removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from answerable.cast import Cast
from answerable.lib.outbound.deciding import allowed_by
from answerable.lib.tests.web import Web, serving
from answerable.notices.models import Receiver
from answerable.office.tests.conftest import SignIn


@pytest.fixture
def web(tmp_path: Path, settings: Settings) -> Iterator[Web]:
    with serving(tmp_path, tls=False) as served:
        settings.ANSWERABLE_OUTBOUND_ALLOW = allowed_by([served.origin])
        yield served


def entered(client: Client, path: str, **data: object) -> str:
    answer = client.post(f"/office/notices/{path}", data, follow=True)
    return " ".join(answer.content.decode().split())


def test_a_receiver_is_added_tested_and_removed(here: Cast, ida: Client, web: Web) -> None:
    facts = {"name": "Team", "kind": "slack", "matters": ["critical"], "language": "en"}
    assert "Enter the address of the webhook" in entered(ida, "new/", **facts)
    said = entered(ida, "new/", **facts, new_address=web.put("/hook", b"ok"))
    assert "Send a test to see whether it arrives." in said
    assert web.origin not in said
    one = Receiver.objects.get()
    assert web.origin not in one.address
    assert "The test was taken. The answer: 200: ok" in entered(ida, f"{one.pk}/test/")
    web.put("/hook", b"invalid_token", 403)
    said = entered(ida, f"{one.pk}/test/")
    assert "The test was not taken. The answer: 403: invalid_token" in said
    assert "200: ok" in said
    entered(ida, f"{one.pk}/switch/", on="0")
    assert Receiver.objects.get().off_at
    entered(ida, f"{one.pk}/", **facts, with_text="on")
    assert Receiver.objects.get().with_text
    assert Receiver.objects.get().opened_address().endswith("/hook")
    entered(ida, f"{one.pk}/remove/")
    assert not Receiver.objects.exists()


def test_a_receiver_of_the_inside_is_refused(here: Cast, ida: Client) -> None:
    facts = {"name": "x", "kind": "plain", "matters": ["late"], "language": "en"}
    said = entered(ida, "new/", **facts, new_address="http://10.0.0.1/hook")
    assert (
        "There is a problem" in said or "not on the public internet" in said or "http" in said
    )
    assert "Enter the key" in said
    assert not Receiver.objects.exists()


def test_a_pager_needs_its_key_alone(here: Cast, ida: Client) -> None:
    facts = {"name": "Pager", "kind": "pagerduty", "matters": ["critical"], "language": "de"}
    entered(ida, "new/", **facts, new_secret="the key")
    assert Receiver.objects.get().opened_address().startswith("https://events.pagerduty.com/")


def test_agents_have_no_business_here(here: Cast, sign_in: SignIn) -> None:
    assert sign_in(here.ana).get("/office/notices/").status_code in {403, 404}
