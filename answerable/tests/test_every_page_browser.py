"""Every page of the route list is for everybody (ux.md 3.10: S-05, S-06, S-09).

A page is loaded once and then turned: to dark, and to a window as narrow as a phone, which is
also a window of 1280 pixels at 400 %. Only its style sheets know of either. All rules (axe) are
asked of the narrow and light one; what a theme or a width changes of them is contrast, which is
asked of all four, and so are lines that are too wide.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import ViewportSize, expect

from answerable.tests.browser_fixtures import TODAY, OpenWindow
from answerable.tests.reach import problems_as_it_is
from answerable.tests.routes import Face, route_list
from answerable.tests.walked import made

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page
    from pytest_django import Settings

pytestmark = pytest.mark.browser

ROUTES = route_list()
WALKING = (Path(__file__).parent / "walking.js").read_text()
REFUSED = ("Content Security Policy", "the server responded with a status of")
PATIENCE = 120_000  # milliseconds: a walk proves nothing about speed
ROUNDS = 3
WIDE = ViewportSize(width=1280, height=800)
NARROW = ViewportSize(width=320, height=800)
# What readers may set (WCAG 1.4.12), in a style sheet of their own: no policy refuses it.
SPACED = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`)
  self.spaced = sheet
  document.adoptedStyleSheets.push(sheet)
}"""
AS_BEFORE = """() => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== spaced)
}"""
BEFORE_ALL = "document.activeElement.blur(); getSelection().removeAllRanges()"


@pytest.mark.parametrize("face", ROUTES.faces, ids=lambda face: face.name)
def test_s_05_s_06_s_09_every_page_is_for_everybody(
    transactional_db: None, walk: OpenWindow, face: Face
) -> None:
    cast, things = made(TODAY)
    page = walk(None if face.who == "nobody" else getattr(cast, face.who))
    failed = list[str]()
    page.on("pageerror", lambda error: failed.append(f"a script fails: {error}"))
    page.on("console", lambda said: failed.extend(_refused(said)))
    found = [
        f"{route}: {wrong}"
        for route in face.routes
        for wrong in dict.fromkeys(
            (*_wrong(page, ROUTES.address(route, things)), *_taken(failed))
        )
    ]
    assert not found, "\n".join(found)


@pytest.fixture
def walk(windows: OpenWindow, server_address: str, settings: Settings) -> OpenWindow:
    """Open the window of somebody who walks, or of nobody."""
    settings.ANSWERABLE_SECOND_FACTOR = "optional"
    settings.ANSWERABLE_URL = server_address

    def opened(person: Any) -> Page:
        page = windows(person, "about:blank", reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        page.context.add_init_script(WALKING)
        return page

    return opened


def _wrong(page: Page, address: str) -> Iterator[str]:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    answer = page.goto(address)
    if not answer or answer.status != 200 or answer.request.redirected_from:
        yield f"answers {answer and answer.status} at {page.url}"
        return
    expect(page.locator("main").first).to_be_visible()
    yield from _by_tab(page)
    yield from _spaced(page)
    yield from problems_as_it_is(page, contrast_alone=True)
    page.emulate_media(color_scheme="dark")
    yield from problems_as_it_is(page, contrast_alone=True)
    page.set_viewport_size(NARROW)
    yield from problems_as_it_is(page, contrast_alone=True)
    page.emulate_media(color_scheme="light")
    yield from problems_as_it_is(page)
    yield from _spaced(page)


def _refused(said: ConsoleMessage) -> Iterator[str]:
    """What a browser will not do, as a policy forbids it or there is no such file."""
    if any(words in said.text for words in REFUSED):
        yield f"the browser says: {said.text}"


def _taken(failed: list[str]) -> list[str]:
    """Return what failed so far, and begin anew."""
    here = [*failed]
    failed.clear()
    return here


def _by_tab(page: Page) -> Iterator[str]:
    """S-06: Tab reaches everything, and one sees where one is."""
    page.evaluate(BEFORE_ALL)
    page.evaluate("walking.begin()")
    # A part that came meanwhile is reached in the next round.
    for _round in range(ROUNDS):
        for _step in range(page.evaluate("walking.presses()")):
            page.keyboard.press("Tab")
        if not (missed := page.evaluate("walking.missed()")):
            break
    yield from (f"not by Tab: {one}" for one in missed)
    yield from page.evaluate("[...new Set(walking.unseen)]")


def _spaced(page: Page) -> Iterator[str]:
    """S-09: no text is cut off where its reader spaces it, at this width."""
    page.evaluate(SPACED)
    yield from (f"cut off: {one}" for one in page.evaluate("walking.cut()"))
    page.evaluate(AS_BEFORE)
