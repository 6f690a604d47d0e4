"""A lead asks colleagues for what would help; they say yes or no at their desks."""

from __future__ import annotations

import re

from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.forecast.models import Suggestion
from answerable.forecast.tests.scenes import MINUTE, are_there
from answerable.routing import actions as routing
from answerable.routing.models import Presence
from answerable.tickets import actions as tickets
from answerable.tickets.tests.openings import opened
from answerable.wallboard.tests.conftest import browser_of
from answerable.wallboard.tests.reading import WALL, at_risk, read, tile, with_forecast

PART = {"HX-Request": "true"}


def test_what_would_help_is_asked_of_somebody_who_says_yes(here: Cast, lena: Client) -> None:
    at = now()
    are_there(here.ana, here.chidi, at=at)
    for _ in range(4):
        ticket = opened(here.dana, at - 25 * MINUTE)
        tickets.take(ticket, agent=here.chidi, at=at)
    routing.set_status(here.chidi, Presence.Status.AWAY, at=at)
    with_forecast(here)
    page = read(lena)
    assert re.search(
        r"If Chidi is back until (?:\w{3} )?\d\d:\d\d, likely misses fall to \d",
        tile(page, "people"),
    )
    assert "Ask Chidi" in tile(page, "people")
    lena.post(f"{WALL}ask/{here.chidi.pk}/back/")
    assert "Chidi was asked." in tile(read(lena), "people")
    chidi = browser_of(here.chidi)
    cards = chidi.get("/desk/offers/", headers=PART).content.decode()
    assert re.search(r"Lena asks: can you be available until (?:\w{3} )?\d\d:\d\d\?", cards)
    suggestion = Suggestion.objects.get()
    chidi.post(f"/desk/suggested/{suggestion.pk}/", {"answer": "yes"})
    assert Presence.objects.get(agent=here.chidi).status == "available"
    assert "Chidi said yes." in tile(read(lena), "people")


def test_nobody_else_answers_for_somebody(here: Cast, lena: Client) -> None:
    lena.post(f"{WALL}ask/{here.chidi.pk}/email/")
    suggestion = Suggestion.objects.get()
    answer = browser_of(here.ana).post(f"/desk/suggested/{suggestion.pk}/", {"answer": "yes"})
    assert answer.status_code == 404
    suggestion.refresh_from_db()
    assert suggestion.answer == ""


def test_help_is_called_in_from_those_who_are_there(here: Cast, lena: Client) -> None:
    at = now()
    are_there(here.ana, here.ben, at=at)
    ticket = at_risk(here)
    tickets.take(ticket, agent=here.ana, at=at)
    form = lena.get(f"{WALL}help/{ticket.pk}/", headers=PART).content.decode()
    assert "Ben Adler" in form
    assert "Ana Silva" not in form
    lena.post(f"{WALL}help/{ticket.pk}/", {"to": here.ben.pk}, headers=PART)
    cards = browser_of(here.ben).get("/desk/offers/", headers=PART).content.decode()
    assert f"Lena asks: can you help with #{ticket.pk}: Exports fail" in cards
