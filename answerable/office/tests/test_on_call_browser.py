"""What only a browser shows of rotas: the week is drawn while its hours are written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.routing.actions import rotas
from answerable.routing.models import Rota
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems

pytestmark = pytest.mark.browser

PATH = "/office/on-call/"
NIGHTS = ["18:00-08:00"] * 5 + ["00:00-24:00", ""]


def at_night(cast: Cast) -> Rota:
    """Ana and Ben have the nights, from a while ago on."""
    day = now().date() - timedelta(days=9)
    turns = rotas.Turns([cast.ana, cast.ben], day, now().time(), "Europe/Berlin", 7, NIGHTS)
    return rotas.save_rota(Rota.Place.FIRST, turns, by=cast.ida, at=now() - timedelta(days=8))


def test_the_week_is_drawn_anew_as_hours_are_written(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    rota = at_night(cast_now)
    page = open_window(cast_now.ida, f"{PATH}on_call_1/{rota.pk}/")
    week = page.locator("#week")
    expect(week.get_by_role("status")).to_contain_text("Sun all day")
    page.get_by_label("Sun", exact=True).fill("0-24")
    expect(week.get_by_role("status")).to_contain_text("Mon 00:00")
    expect(week.get_by_role("row", name="Sun all day Ana Silva, Ben Adler")).to_be_visible()
    page.get_by_label("Sun", exact=True).fill("all of it")
    expect(week).to_contain_text("Drawn again once all fields can be read.")
    assert Rota.objects.count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_of_rotas_with_hours_keep_the_rules(
    cast_now: Cast, open_window: OpenWindow, theme: str
) -> None:
    rota = at_night(cast_now)
    page = open_window(cast_now.ida, PATH, color_scheme=theme)
    found: dict[str, list[str]] = {}
    for path in ("", f"on_call_1/{rota.pk}/", "on_call_1/"):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(PATH + path)
            found[f"{path} {width}"] = problems(page)
    assert {path: what for path, what in found.items() if what} == {}
