"""What makes a shift bearable: peeks, rows that open at once, widths and keys that stay."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from answerable.accounts.preferences.actions import choose_keys
from answerable.cast import Cast
from answerable.desk.tests.keyboards import holding
from answerable.desk.tests.opening import ask
from answerable.routing.models import DeskLayout, Notice
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems

pytestmark = pytest.mark.browser


def row(number: int) -> str:
    return f"#row-{number} a"


def test_a_peek_opens_nothing_and_a_row_that_was_fetched_ahead_opens_at_once(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    choose_keys(cast_now.ana, {"down": "w"}, single=True)
    one, two, three, _four = (
        ask(cast_now.dana, f"Question {number}").pk for number in range(4)
    )
    page = open_window(cast_now.ana, "/desk/")
    expect(page.locator("queue-peek:defined")).to_be_attached()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response(re.compile(rf"/{two}/pane/$")):
        page.keyboard.press("w")
        expect(page.locator(row(one))).to_be_focused()
    page.keyboard.press("Space")
    peek = page.get_by_role("region", name="Peek")
    expect(peek).to_contain_text(f"#{one} Question 0")
    expect(peek).to_contain_text("Every export stops.")
    expect(page.locator(row(one))).to_be_focused()
    with page.expect_response(re.compile(rf"/{three}/pane/$")):
        page.keyboard.press("w")
        expect(peek).to_contain_text("Question 1")
    assert problems(page) == []
    left_and_opened(page, two)
    panes = [url.split("/")[-3] for url in asked if url.endswith("/pane/")]
    assert panes == [str(one), str(two), str(three)]
    assert not Notice.objects.filter(agent=cast_now.ana, seen_at__isnull=False).exists()


def left_and_opened(page: Page, number: int) -> None:
    """Nothing was opened by looking; then the row is."""
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Peek")).to_be_hidden()
    expect(page.locator(row(number))).to_be_focused()
    assert page.url.endswith("/desk/")
    page.keyboard.press("Enter")
    expect(page.locator("#ticket-title")).to_be_focused()
    expect(page.locator("#ticket-title")).to_contain_text("Question 1")


def test_a_ticket_that_comes_slowly_has_its_shape_and_the_one_below_cannot_be_typed_into(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    one, two = ask(cast_now.dana, "First").pk, ask(cast_now.dana, "Second").pk
    page = open_window(cast_now.ana, f"/desk/q/all/{one}/")
    expect(page.locator("live-ticket:defined")).to_be_visible()
    held: list[Route] = []
    page.route(re.compile(rf"/{two}/pane/$"), holding(held))
    page.locator(row(two)).click()
    skeleton = page.locator("#ticket-skeleton")
    expect(skeleton).to_be_visible()
    assert skeleton.bounding_box() == page.locator("#main").bounding_box()
    page.keyboard.press("r")
    expect(page.locator("#reply-text")).to_be_hidden()
    for route in held:
        route.continue_()
    expect(page.locator("#ticket-title")).to_contain_text("Second")
    expect(skeleton).to_be_hidden()
    expect(page.locator("#ticket-title")).to_be_focused()


def test_widths_and_folds_are_kept_and_panes_are_reached_by_keys(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana)
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    splitter = page.get_by_role("separator", name="Width of the queue")
    expect(splitter).to_have_attribute("aria-valuenow", "340")
    splitter.focus()
    page.keyboard.press("ArrowRight")
    with page.expect_response("**/desk/layout/"):
        page.keyboard.press("ArrowRight")
    expect(splitter).to_have_attribute("aria-valuenow", "372")
    page.keyboard.press("Control+F6")
    expect(page.locator("#ticket-title")).to_be_focused()
    page.keyboard.press("Control+F6")
    assert page.evaluate("document.activeElement.closest('#side') !== null")
    page.keyboard.press("Control+Shift+F6")
    expect(page.locator("#ticket-title")).to_be_focused()
    with page.expect_response("**/desk/layout/"):
        page.keyboard.press("i")
    expect(page.locator("#side")).to_be_hidden()
    page.reload()
    expect(splitter).to_have_attribute("aria-valuenow", "372")
    expect(page.locator("#side")).to_be_hidden()
    kept = DeskLayout.objects.get(agent=cast_now.ana)
    assert (kept.list, kept.side, kept.folded) == (372, None, ["waiting", "side"])
