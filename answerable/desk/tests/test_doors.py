"""Nobody but agents opens anything of the desk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.desk.urls import urlpatterns
from answerable.tickets.models import Ticket

PATTERNS = [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)]
# A stream leads nobody anywhere: test_chat_browser.py asks who hears it.
NAMES = [str(pattern.name) for pattern in PATTERNS if pattern.name != "chat_stream"]
KEY = "no-such-chat"


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return ask(here.dana)


def address(name: str, number: int) -> str:
    pattern = next(pattern for pattern in PATTERNS if pattern.name == name)
    known = {"view": "all", "number": number, "clock": 1, "attachment": 1, "message": number}
    known |= {"participant": 1, "key": KEY, "what": "hang-up", "piece": 1, "act": "assign"}
    known |= {"field": 1, "other": 1, "merge": 1, "prepared_reply": 1, "thread": 1}
    known |= {"whose": "mine", "note": 1, "source": 1}
    wanted = pattern.pattern.converters
    return reverse(f"desk:{name}", kwargs={key: known[key] for key in wanted})


def test_a_customer_finds_no_such_page(ticket: Ticket, here: Cast, sign_in: SignIn) -> None:
    before = ticket.events.count()
    dana = sign_in(here.dana)
    for name in NAMES:
        place = address(name, ticket.pk)
        answers = {dana.get(place).status_code, dana.post(place).status_code}
        assert answers <= {404, 405}, name
        assert 404 in answers, name
    assert ticket.events.count() == before
    assert ticket.drafts.count() == 0


def test_a_stranger_is_asked_to_sign_in(ticket: Ticket, client: Client) -> None:
    for name in NAMES:
        place = address(name, ticket.pk)
        for answer in (client.get(place), client.post(place)):
            assert answer.status_code in {302, 405}, name
            assert answer.headers.get("Location", "/sign-in/").startswith("/sign-in/"), name
        assert client.get(place, headers=PART).status_code in {401, 405}, name


@pytest.mark.parametrize("number", [999_999, 2**62, 10**30])
def test_a_ticket_that_is_not_there_is_not_found(here: Cast, ana: Client, number: int) -> None:
    for name in ("ticket", "parts", "why", "assign"):
        assert ana.get(address(name, number)).status_code == 404
    for name in ("take", "reply", "note", "triage"):
        assert ana.post(address(name, number)).status_code == 404


def test_a_view_that_is_not_there_is_not_found(here: Cast, ana: Client) -> None:
    for path in ("", "rows/", "7/", "7/pane/"):
        assert ana.get(f"/desk/q/everything/{path}").status_code == 404


def test_every_dialog_has_an_address_of_its_own(here: Cast, ana: Client) -> None:
    number = ask(here.dana).pk
    for name in ("assign", "resolve", "hold", "labels", "severity", "why", "merge", "link"):
        assert ana.get(address(name, number)).status_code == 200, name
    for path in ("filter/", "save/", f"bulk/assign/?numbers={number}"):
        shown = ana.get(f"/desk/q/mine/{path}")
        assert shown.status_code == 200, path
        assert 'href="/desk/q/mine/"' in shown.content.decode()
