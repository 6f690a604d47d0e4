"""Screens on walls: their links, what they may show, and when they end."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.utils.timezone import now

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.forecast.actions import end_screen, make_screen
from answerable.forecast.models import Screen
from answerable.forecast.tests.scenes import MINUTE
from answerable.tickets.tests.openings import opened
from answerable.wallboard.tests.conftest import browser_of

SCREENS = "/desk/wall/screens/"


def link_of(client: Client, **facts: str) -> str:
    page = client.post(SCREENS, {"name": "Second floor", **facts}).content.decode()
    found = re.search(r"http://testserver(/wall/[\w-]+/)", page)
    assert found
    return found[1]


def test_a_lead_makes_a_link_that_works_without_signing_in(here: Cast, lena: Client) -> None:
    address = link_of(lena)
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert Client().get(f"{address}tiles/").status_code == 200
    token = address.split("/")[2]
    assert not Screen.objects.filter(digest__contains=token).exists()
    assert token not in lena.get(SCREENS).content.decode()


def test_a_link_that_ended_or_was_never_made_is_no_page(here: Cast, lena: Client) -> None:
    address = link_of(lena)
    assert Client().get("/wall/never-made/").status_code == 404
    lena.post(f"{SCREENS}{Screen.objects.get().pk}/end/")
    assert Client().get(address).status_code == 404
    assert Client().get(f"{address}tiles/").status_code == 404


def test_without_its_link_a_screen_hears_nothing(transactional_db: None) -> None:
    assert Client().get("/wall/never-made/stream/").status_code == 404


def test_a_link_ends_by_itself_and_with_who_made_it(here: Cast) -> None:
    at = now()
    _, old = make_screen("Hall", by=here.lena, at=at - timedelta(days=91))
    assert Client().get(f"/wall/{old}/").status_code == 404
    _, hers = make_screen("Hall", by=here.lena, at=at)
    here.lena.user.is_active = False
    here.lena.user.save()
    assert Client().get(f"/wall/{hers}/").status_code == 404


def test_no_agent_ends_or_makes_a_link(here: Cast) -> None:
    screen, _ = make_screen("Hall", by=here.lena, at=now())
    ana = browser_of(here.ana)
    assert ana.post(SCREENS, {"name": "Mine"}).status_code == 403
    assert ana.post(f"{SCREENS}{screen.pk}/end/").status_code == 403
    end_screen(screen, at=now())
    screen.refresh_from_db()
    assert screen.ended_at is not None


def test_b_07_no_name_of_a_customer_is_in_the_source_of_a_wall(
    here: Cast, lena: Client
) -> None:
    for minutes in (55, 70):
        opened(here.dana, now() - minutes * MINUTE, subject="Ask Dana")
    hidden, shown = link_of(lena), link_of(lena, with_names="on")
    names = ("Nordwind", "Dana", "Wolf", "nordwind.example")
    for page in (
        Client().get(hidden),
        Client().get(f"{hidden}tiles/"),
        lena.get("/desk/wall/?view=tv"),
        lena.get("/desk/wall/tiles/?view=tv"),
    ):
        source = page.content.decode()
        assert f"Account {here.nordwind.pk}" in source
        assert [name for name in names if name in source] == []
    assert "Nordwind" in Client().get(shown).content.decode()
    assert "Nordwind" in lena.get("/desk/wall/?view=tv&names=on").content.decode()


def test_nothing_can_be_pressed_on_a_wall(here: Cast, lena: Client) -> None:
    opened(here.dana, now() - 55 * MINUTE)
    source = lena.get("/desk/wall/tiles/?view=tv").content.decode()
    assert re.findall(r"<(button|form|a|summary)\b", source) == []


def test_where_the_screen_is_must_be_said(here: Cast, lena: Client) -> None:
    answer = lena.post(SCREENS, {"name": ""})
    assert answer.status_code == 422
    assert "Enter where the screen is" in answer.content.decode()
    assert not Screen.objects.exists()
    assert Agent.objects.filter(pk=here.lena.pk).exists()
