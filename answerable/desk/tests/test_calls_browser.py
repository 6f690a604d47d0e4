"""A call by hand in a browser: one key dials, Enter saves, and what is typed stays."""

from __future__ import annotations

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.channels.voice.actions import News, follow
from answerable.channels.voice.models import Call
from answerable.channels.voice.tests.calls import PHONE, asked_by
from answerable.routing.actions.abilities import Facts, save_ability
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.models import Callback

pytestmark = pytest.mark.browser

# A telephone on the computer would follow the link; here it is noted what it was asked to dial.
DIALLED = """
addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='tel:']")
  if (!link) return
  event.preventDefault()
  const { dataset } = document.documentElement
  dataset.dialled = (dataset.dialled ?? "") + link.href
}, true)
"""


def ticket_page(
    cast: Cast, open_window: OpenWindow, callback: Callback, **options: object
) -> Page:
    page = open_window(cast.ana, "/desk/", **options)
    page.context.add_init_script(DIALLED)
    page.goto(f"/desk/tickets/{callback.ticket_id}/")
    expect(page.get_by_role("button", name="Call now")).to_be_visible()
    return page


def test_d_22_one_key_calls_and_enter_saves_what_became_of_it(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    save_ability(cast_now.ana, Facts(chats=3, calls=1, critical=1, call_way="hand"))
    callback = asked_by(cast_now.dana, now())
    dana = open_window(cast_now.dana, "/contact/call/")
    page = ticket_page(cast_now, open_window, callback)
    page.keyboard.press("F2")
    panel = page.get_by_role("region", name="Call", exact=True)
    expect(panel.get_by_role("heading")).to_have_text("Calling Dana Wolf")
    expect(page.locator("html")).to_have_attribute("data-dialled", f"tel:{PHONE}")
    expect(dana.locator("#call")).to_contain_text("Ana Silva is calling you now.")
    expect(panel.get_by_label("Reached", exact=True)).to_be_checked()
    panel.get_by_label(re.compile("Not reached, try again")).check()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Call Dana Wolf again at")).to_be_visible()
    expect(dana.locator("#call")).to_contain_text("did not reach you. We try again at")
    dana.get_by_role("button", name="Call me now").click()
    expect(page.get_by_role("heading", name=re.compile("Call Dana Wolf by"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-dialled", f"tel:{PHONE}")


def test_d_21_what_is_typed_during_a_call_stays(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    callback = asked_by(cast_now.dana, now())
    page = ticket_page(cast_now, open_window, callback)
    page.keyboard.press("F2")
    box = page.get_by_label("Summary")
    box.fill("They use EU-2")
    expect(page.locator(".call-saved")).to_contain_text("saved")
    box.press("Home")
    page.get_by_role("button", name="They answered").click()
    expect(page.get_by_role("timer").first).to_be_visible()
    expect(page.get_by_role("heading", name="On a call with Dana Wolf")).to_be_visible()
    expect(box).to_have_value("They use EU-2")
    page.reload()
    expect(box).to_have_value("They use EU-2")
    page.get_by_role("button", name="Save outcome").click()
    expect(page.locator("#feed").get_by_text("They use EU-2")).to_be_visible()
    page.get_by_role("button", name="I am ready").click()
    expect(page.locator(".call-wrap")).to_have_count(0)
    assert Call.objects.get().noted_at


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_d_30_calls_are_for_everybody(
    cast_now: Cast, open_window: OpenWindow, theme: str
) -> None:
    callback = asked_by(cast_now.dana, now())
    sizes = [{"width": width, "height": 800} for width in (320, 768, 1280)]
    page = ticket_page(cast_now, open_window, callback, color_scheme=theme)
    _look(page, sizes)
    page.keyboard.press("F2")
    expect(page.get_by_role("heading", name="Calling Dana Wolf")).to_be_visible()
    _look(page, sizes)
    follow(Call.objects.get(), News.ANSWERED, at=now())
    expect(page.get_by_role("heading", name="On a call with Dana Wolf")).to_be_visible()
    page.get_by_role("button", name="Save outcome").click()
    expect(page.get_by_role("heading", name="No summary of the call")).to_be_visible()
    _look(page, sizes)


def _look(page: Page, sizes: list[dict[str, int]]) -> None:
    for size in sizes:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert problems(page) == []
