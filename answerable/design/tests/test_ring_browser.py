"""The ring of the focus, measured from pixels on what pages are made of (ux.md 3.10, S-06).

That every page shows one is walked by test_every_page_browser.py.
"""

from __future__ import annotations

from base64 import b64encode

import pytest
from django.utils.timezone import now
from playwright.sync_api import FloatRect, Locator, Page, expect

from answerable.accounts.actions import install
from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.tests.browser_fixtures import OpenWindow

pytestmark = pytest.mark.browser

CONTROLS = {
    "/patterns/": (
        ".button--primary",
        ".button--quiet",
        "textarea",
        "input[type=checkbox]",
        "main select",
        "main a",
    ),
    "/desk/": (".queue-row",),
}
AROUND = 8  # pixels
# How many pixels change with a contrast of 3 : 1 or more, between two pictures of one place.
CHANGED = """async (pictures) => {
  const drawn = async (picture) => {
    const image = new Image()
    image.src = `data:image/png;base64,${picture}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d")
    canvas.drawImage(image, 0, 0)
    return canvas.getImageData(0, 0, image.width, image.height).data
  }
  const part = (value) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
  const light = (data, at) =>
    0.2126 * part(data[at]) + 0.7152 * part(data[at + 1]) + 0.0722 * part(data[at + 2]) + 0.05
  const [before, after] = await Promise.all(pictures.map(drawn))
  let changed = 0
  for (let at = 0; at < before.length; at += 4) {
    const [one, other] = [light(before, at), light(after, at)]
    if (Math.max(one, other) / Math.min(one, other) >= 3) changed += 1
  }
  return changed
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_s_06_a_ring_of_two_pixels_is_seen(
    cast_now: Cast, open_window: OpenWindow, theme: str
) -> None:
    install(demo=True, at=now())
    ask(cast_now.dana)
    page = open_window(cast_now.ana, "/patterns/", color_scheme=theme, reduced_motion="reduce")
    blank = page.context.new_page()
    thin: dict[str, float] = {}
    for address, names in CONTROLS.items():
        page.goto(address)
        for name in names:
            share = ring_of(page.locator(f"{name}:visible").first, blank)
            if share < 0.9:
                thin[name] = share
    assert thin == {}


def ring_of(control: Locator, blank: Page) -> float:
    """Return which share of a ring of two pixels changes when a control has the focus."""
    expect(control).to_be_visible()
    control.scroll_into_view_if_needed()
    control.evaluate("() => document.activeElement.blur()")
    box = control.bounding_box()
    assert box
    before = picture_of(control.page, box)
    control.focus()
    expect(control).to_be_focused()
    pictures = [before, picture_of(control.page, box)]
    changed: int = blank.evaluate(CHANGED, pictures)
    return changed / (4 * (box["width"] + box["height"]))


def picture_of(page: Page, box: FloatRect) -> str:
    clip: FloatRect = {
        "x": max(0, box["x"] - AROUND),
        "y": max(0, box["y"] - AROUND),
        "width": box["width"] + 2 * AROUND,
        "height": box["height"] + 2 * AROUND,
    }
    return b64encode(page.screenshot(clip=clip)).decode()
