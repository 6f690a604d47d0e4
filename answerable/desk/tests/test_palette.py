"""What the command palette offers: commands, places by one's role, and what a search finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.desk.places import PLACES
from answerable.desk.tests.opening import ask
from answerable.macros.actions import Wording, save_macro
from answerable.macros.models import Macro
from answerable.routing.actions.saving import save_view
from answerable.routing.core.filters import parse


def found(client: Client, text: str, **more: str) -> dict[str, list[dict[str, Any]]]:
    answer = client.get("/desk/palette/find/", {"q": text, **more})
    kinds: dict[str, list[dict[str, Any]]] = answer.json()
    return kinds


def names(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["words"] for entry in entries]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.address)
def test_every_place_is_there(place: Any) -> None:
    assert resolve(place.address)


@pytest.mark.parametrize(("role", "offered"), [("agent", False), ("administrator", True)])
def test_places_are_offered_to_who_may_go_there(
    here: Cast, ana: Client, role: str, offered: bool
) -> None:
    here.ana.role = role
    here.ana.save()
    places = ana.get("/desk/palette/").json()["places"]
    hours = [place for place in places if "hours" in place.get("also", "")]
    assert bool(hours) is offered
    assert all(ana.get(place["address"]).status_code == 200 for place in hours)


def test_saved_views_and_teams_are_places(here: Cast, ana: Client) -> None:
    save_view(
        "Spam",
        parse("tag=spam"),
        order="slack",
        by=here.ana,
        whose=here.ana,
        at=timezone.now(),
    )
    save_view(
        "Theirs", parse("tag=x"), order="slack", by=here.ben, whose=here.ben, at=timezone.now()
    )
    offered = names(ana.get("/desk/palette/").json()["places"])
    assert "Queue: Mine" in offered
    assert "Queue: Spam" in offered
    assert "Queue: Theirs" not in offered


def test_a_ticket_is_found_by_its_number(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana, "Exports fail")
    [entry] = found(ana, str(ticket.pk))["tickets"]
    assert entry["words"] == f"#{ticket.pk} Exports fail"
    assert entry["address"] == f"/desk/q/all/{ticket.pk}/"
    assert "Nordwind" in entry["about"]
    assert found(ana, "999999")["tickets"] == []


def test_accounts_people_and_colleagues_are_found_by_the_beginnings_of_names(
    here: Cast, ana: Client
) -> None:
    assert "Nordwind GmbH" in names(found(ana, "nord")["people"])
    assert "Dana Wolf" in names(found(ana, "dan")["people"])
    assert "Tickets of Ben Adler" in names(found(ana, "adl")["people"])
    assert found(ana, "  ")["people"] == []


def test_macros_are_found_that_one_may_use(here: Cast, ana: Client) -> None:
    for owner, name in ((here.ana, "Cert expired"), (here.ben, "Cert of Ben")):
        macro = Macro(name=name, owner=owner)
        save_macro(macro, Wording({"en": "Renew it."}), agent=owner, at=timezone.now())
    assert names(found(ana, "cert")["answers"]) == ["Cert expired"]


def test_a_customer_finds_no_palette(
    here: Cast, sign_in: Callable[[Agent | Contact], Client]
) -> None:
    assert sign_in(here.dana).get("/desk/palette/find/", {"q": "x"}).status_code == 404
