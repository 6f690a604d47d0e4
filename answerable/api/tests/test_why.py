"""A program asks why a ticket is due when it is, with a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.accounts.actions import end_api_token, make_api_token
from answerable.accounts.models import ApiToken
from answerable.cast import Cast
from answerable.tickets.tests.openings import NOBODY_CAN_SIGN_IN, opened, opened_critical

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


@pytest.fixture
def token(cast: Cast) -> str:
    return make_api_token(cast.ana, name="Status board", works_for=MONTH, at=now())


def ask(client: Client, token: str, number: int, query: str = "") -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = client.get(f"/api/v1/tickets/{number}/why{query}", headers=headers)
    return answer.status_code, answer.json()


def test_it_says_the_same_as_the_desk(client: Client, cast: Cast, token: str) -> None:
    ticket = opened(
        cast.dana,
        cast.at,
        impact=NOBODY_CAN_SIGN_IN,
        product="service",
        environment="staging",
    )
    status, said = ask(client, token, ticket.pk, "?zone=Europe/Berlin")
    assert status == 200
    about = (said["severity"], said["product"], said["environment"])
    assert about == ("business_critical", "service", "staging")
    reply, decision = said["promises"]
    assert (reply["metric"], reply["outcome"]) == ("first_response", "running")
    assert reply["due_at"] == "2025-10-20T08:30:00Z"
    assert reply["steps"][-1]["text"] == "Mon 20 Oct 2025 10:30:00 (Berlin, UTC+2)"
    assert "About Service, staging." in reply["facts"]
    assert "Dana Wolf: Super Admin, paid seat, named in a contract." in reply["facts"]
    assert reply["near"][0].startswith("First reply, standard, guaranteed within 1 hour")
    assert reply["near"][0].endswith("the request was business-critical.")
    assert (decision["metric"], decision["due_at"]) == ("triage", "2025-10-20T08:15:00Z")
    assert reply["text"].startswith("Why is #")


@pytest.mark.parametrize("held", ["", "a-guess"])
def test_it_tells_a_stranger_nothing(client: Client, cast: Cast, held: str) -> None:
    ticket = opened_critical(cast.dana, cast.at)
    status, said = ask(client, held, ticket.pk)
    assert status == 401
    assert list(said) == ["says"]


def test_it_tells_nothing_once_a_token_has_ended(
    client: Client, cast: Cast, token: str
) -> None:
    ticket = opened_critical(cast.dana, cast.at)
    end_api_token(ApiToken.objects.get(), at=now())
    assert ask(client, token, ticket.pk)[0] == 401


def test_it_tells_nothing_once_a_token_has_expired(client: Client, cast: Cast) -> None:
    ticket = opened_critical(cast.dana, cast.at)
    old = make_api_token(cast.ana, name="Old", works_for=MONTH, at=now() - 2 * MONTH)
    assert ask(client, old, ticket.pk)[0] == 401


def test_it_tells_nothing_to_who_left(client: Client, cast: Cast, token: str) -> None:
    ticket = opened_critical(cast.dana, cast.at)
    cast.ana.user.is_active = False
    cast.ana.user.save()
    assert ask(client, token, ticket.pk)[0] == 401


def test_it_knows_no_other_tickets(client: Client, cast: Cast, token: str) -> None:
    assert ask(client, token, 4711) == (404, {"says": "There is no such thing."})


def test_it_names_a_zone_that_is_none(client: Client, cast: Cast, token: str) -> None:
    ticket = opened_critical(cast.dana, cast.at)
    status, said = ask(client, token, ticket.pk, "?zone=Berlin")
    assert (status, said["says"]) == (422, "'Berlin' is no time zone like Europe/Berlin.")


def test_it_keeps_only_the_hash_of_a_token(cast: Cast, token: str) -> None:
    kept = ApiToken.objects.values().get()
    assert token not in map(str, kept.values())


def test_it_describes_itself(client: Client, db: None) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/tickets/{number}/why" in described["paths"]
