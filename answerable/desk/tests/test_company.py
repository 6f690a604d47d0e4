"""Who else is on a ticket, as the pages of the desk hear it; no customer hears of it."""

from __future__ import annotations

import json
import re
from typing import Any

from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from answerable.accounts.actions import let_in
from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.live.guards import allowed
from answerable.routing.actions import On, heard
from answerable.tickets.models import Ticket

# Five ask who reads, as on every page; then one for all of it.
COMPANY_QUERIES = 6


def told(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/desk/company/", headers=PART).json()["on"]
    return found


def beat(client: Client, ticket: Ticket, doing: str) -> dict[str, Any]:
    about = {"page": doing, "ticket": ticket.pk, "doing": doing, "company": "1"}
    answer = client.post("/desk/here/", about, headers=PART).content.decode()
    found = re.search(r'id="company"[^>]*>([^<]*)<', answer)
    assert found
    said: dict[str, Any] = json.loads(found[1])
    return said


def test_a_beat_says_where_its_page_is_and_hears_who_else_is_there(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    ticket = ask(here.dana)
    assert beat(ana, ticket, "view")["on"] == []
    (one,) = beat(sign_in(here.ben), ticket, "reply")["on"]
    assert (one["ticket"], one["name"], one["doing"]) == (ticket.pk, "Ana", "view")
    (other,) = told(ana)
    assert (other["full"], other["doing"], other["lost"]) == ("Ben Adler", "reply", False)


def test_what_no_page_says_is_taken_for_nowhere(here: Cast, ana: Client) -> None:
    for ticket, doing in (("x", "view"), ("9" * 30, "view"), ("-1", "view"), ("²", "view")):
        about = {"page": "one", "ticket": ticket, "doing": doing}
        assert ana.post("/desk/here/", about, headers=PART).status_code == 200


def test_asking_is_cheap_however_many_are_there(
    here: Cast, ana: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = ask(here.dana)
    for number in range(60):
        heard(here.ben, f"page-{number}", at=timezone.now(), on=On(ticket.pk, "view"))
    with django_assert_max_num_queries(COMPANY_QUERIES):
        assert len(told(ana)) == 1


def test_d_09_no_customer_hears_who_is_on_their_ticket(here: Cast, sign_in: SignIn) -> None:
    ticket = ask(here.dana)
    heard(here.ben, "b", at=timezone.now(), on=On(ticket.pk, "reply"))
    dana = sign_in(here.dana)
    assert dana.get("/desk/company/", headers=PART).status_code == 404
    assert allowed(let_in(here.dana, at=timezone.now()), ["company-all"]) == set()
    assert allowed(here.ana.user, ["company-all"]) == {"company-all"}
    for path in ("/requests/", f"/requests/{ticket.pk}/"):
        assert "Ben" not in dana.get(path).content.decode()
