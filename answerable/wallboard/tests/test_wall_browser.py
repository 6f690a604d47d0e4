"""The wallboard as only a browser can show it: sizes, contrast, keys, and what happens live."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.forecast.actions import make_forecast
from answerable.forecast.tests.scenes import MINUTE, are_there, remembered, weeks_of_arrivals
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets import actions as tickets
from answerable.tickets.tests.openings import opened, opened_critical

pytestmark = pytest.mark.browser
# How large figures are, where tiles stand, and how large and clear texts are.
SIZES = "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
PLACES = """all => all.map((one) => {
  const { left, top } = one.getBoundingClientRect()
  return [one.id, left, top]
})"""
LEGIBLE = (Path(__file__).parent / "legible.js").read_text()


def busy(cast: Cast) -> None:
    """Let there be something in every tile."""
    at = now()
    are_there(cast.ana, cast.ben, at=at)
    opened(cast.dana, at - 61 * MINUTE)
    tickets.take(opened(cast.olive, at - 53 * MINUTE), agent=cast.ana, at=at)
    opened_critical(cast.dana, at - 2 * MINUTE)
    opened(cast.kim, at - 20 * MINUTE)
    remembered(at)
    weeks_of_arrivals(2, at, within=20)
    make_forecast(at=at)


def test_b_02_a_wall_is_read_at_four_metres(cast_now: Cast, open_window: OpenWindow) -> None:
    busy(cast_now)
    wall = {"width": 1920, "height": 1080}
    page = open_window(cast_now.lena, "/desk/wall/?view=tv", viewport=wall)
    expect(page.get_by_role("timer").first).to_be_visible()
    smallest, contrast = page.evaluate(LEGIBLE)
    assert smallest >= 24
    assert contrast >= 7
    figures = page.locator(".tile-figure")
    sizes = figures.evaluate_all(SIZES)
    assert len(sizes) == 5
    assert min(sizes) >= 72
    assert page.evaluate("document.scrollingElement.scrollHeight") <= 1080
    assert problems(page) == []
    page.emulate_media(forced_colors="active")
    assert page.evaluate(LEGIBLE)[1] >= 7
    known, ink = (
        page.locator(name).first.evaluate(f"one => getComputedStyle(one).{what}")
        for name, what in ((".wall-known", "fill"), (".tile-figure", "color"))
    )
    assert known == ink


def test_b_08_on_a_telephone_it_is_one_column(cast_now: Cast, open_window: OpenWindow) -> None:
    busy(cast_now)
    page = open_window(cast_now.lena, "/desk/wall/", viewport={"width": 320, "height": 800})
    expect(page.get_by_role("timer").first).to_be_visible()
    places = page.locator(".tile").evaluate_all(PLACES)
    assert len({left for _, left, _ in places}) == 1
    assert [top for _, _, top in places] == sorted(top for _, _, top in places)
    assert problems(page) == []


def test_a_lead_works_the_board_by_keys(cast_now: Cast, open_window: OpenWindow) -> None:
    ticket = opened(cast_now.dana, now() - 54 * MINUTE)
    page = open_window(cast_now.lena, "/desk/")
    page.keyboard.press("g")
    page.keyboard.press("w")
    risk = page.get_by_role("region", name="At risk now")
    row = risk.get_by_role("listitem")
    expect(row).to_contain_text("unassigned")
    page.wait_for_url("**/desk/wall/")  # loaded: arrows need the board's script
    page.keyboard.press("ArrowRight")
    expect(risk).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("region", name="Late")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(risk).to_be_focused()
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=f"Assign #{ticket.pk}")).to_be_visible()
    dialog.get_by_label("Ben Adler").check()
    dialog.get_by_role("button", name="Assign").click()
    expect(row).to_contain_text("Ben")
    expect(dialog).to_be_hidden()


def test_the_board_lives_until_it_is_frozen(cast_now: Cast, open_window: OpenWindow) -> None:
    first = opened(cast_now.dana, now() - 54 * MINUTE)
    page = open_window(cast_now.lena, "/desk/wall/")
    rows = page.get_by_role("region", name="At risk now").get_by_role("listitem")
    expect(rows).to_have_count(1)
    second = opened(cast_now.olive, now() - 55 * MINUTE)
    expect(rows).to_have_count(2, timeout=20_000)
    expect(rows.first).to_contain_text(f"#{second.pk}")
    freeze = page.get_by_role("button", name="Freeze")
    freeze.press(".")
    expect(freeze).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#status")).to_contain_text("Frozen")
    tickets.take(first, agent=cast_now.ana, at=now())
    expect(rows.last).to_contain_text("unassigned")
    freeze.press(".")
    expect(rows.last).to_contain_text("Ana")


def test_b_05_without_a_stream_no_countdown_stands(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = opened(cast_now.dana, now() - 54 * MINUTE)
    due = ticket.clocks.get(metric="first_response").due_at
    page = open_window(cast_now.lena, "/desk/")
    page.route("**/live/**", lambda route: route.abort())
    page.clock.install()
    page.goto("/desk/wall/")
    row = page.locator(f"#wall-{ticket.pk}")
    expect(row.get_by_role("timer")).to_be_visible()
    page.clock.run_for(int(timedelta(seconds=11) / timedelta(milliseconds=1)))
    expect(page.get_by_role("timer")).to_have_count(0)
    stale = re.compile(r"Times as of \d\d:\d\d:\d\d\. Reconnecting…")
    expect(page.locator("connection-bar")).to_have_text(stale)
    berlin = due.astimezone(ZoneInfo("Europe/Berlin"))
    expect(row).to_contain_text(f"due {berlin:%H:%M}")
