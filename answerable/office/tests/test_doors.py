"""Nobody but administrators opens anything of the office."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from answerable.cast import Cast
from answerable.entitlements.models import Plan, PlanDraft
from answerable.office.tests.conftest import SignIn
from answerable.office.urls import urlpatterns

NAMES = [str(pattern.name) for pattern in urlpatterns]


def address(name: str) -> str:
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    known = {"key": "premium", "number": 1, "absence": 1, "what": "up"}
    known |= {"place": "on_call_1", "first": 1}
    return reverse(f"office:{name}", kwargs={k: known[k] for k in pattern.pattern.converters})


@pytest.mark.parametrize("role", ["ana", "lena"])
def test_agents_are_told_whom_to_ask(here: Cast, sign_in: SignIn, role: str) -> None:
    browser = sign_in(getattr(here, role))
    for name in NAMES:
        answers = [browser.get(address(name)), browser.post(address(name))]
        assert {answer.status_code for answer in answers} <= {403, 405}, name
        refused = next(answer for answer in answers if answer.status_code == 403)
        assert "You need Administrator access to open this" in refused.content.decode()
        assert "Ask Ida Holm to give you access." in refused.content.decode()
    assert Plan.objects.get().retired_at is None
    assert not PlanDraft.objects.exists()


def test_a_customer_finds_no_such_page(here: Cast, sign_in: SignIn) -> None:
    dana = sign_in(here.dana)
    for name in NAMES:
        answers = {dana.get(address(name)).status_code, dana.post(address(name)).status_code}
        assert answers <= {404, 405}, name
        assert 404 in answers, name


def test_a_stranger_is_asked_to_sign_in(here: Cast, client: Client) -> None:
    for name in NAMES:
        for answer in (client.get(address(name)), client.post(address(name))):
            assert answer.status_code in {302, 405}, name
            assert answer.headers.get("Location", "/sign-in/").startswith("/sign-in/"), name


def test_the_desk_leads_administrators_there_and_nobody_else(
    here: Cast, ida: Client, sign_in: SignIn
) -> None:
    assert 'href="/office/"' in ida.get("/desk/").content.decode()
    assert 'href="/office/"' not in sign_in(here.lena).get("/desk/").content.decode()
