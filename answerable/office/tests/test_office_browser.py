"""What only a browser shows of the office: a live preview, cells and text, the caret, reach."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.tests.browser_fixtures import OpenWindow

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PLAN = "/office/plans/premium/"
EDIT = f"{PLAN}edit/"


def problems(page: Page) -> list[str]:
    rules = {"type": "tag", "values": TAGS}
    found = Axe().run(page, options={"runOnly": rules, "preload": False})
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def test_cells_text_and_preview_follow_each_other(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ida, EDIT)
    text, cell = page.locator("#plan-text"), page.locator("#cell-standard")
    page.locator("#ask-day").fill("2025-10-24")
    expect(page.locator(".answers")).to_contain_text("Fri 24 Oct 2025 17:45")
    cell.fill("45 min")
    expect(page.locator(".answers")).to_contain_text("Fri 24 Oct 2025 17:30")
    expect(page.locator(".cases")).to_contain_text("▼")
    assert 'within = "45 min"' in text.input_value()
    assert cell.input_value() == "45 min"
    text.fill(text.input_value().replace('within = "45 min"', 'within = "2h"'))
    expect(cell).to_have_value("2h")
    expect(page.locator(".answers")).to_contain_text("Fri 24 Oct 2025 18:45")
    expect(page.locator("#tickets")).to_contain_text("Open tickets: 0 use this plan.")
    expect(page.locator("#plan-saved")).to_contain_text("Draft saved")
    page.reload()
    assert 'within = "2h"' in text.input_value()
    cell.fill("soon")
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#cell-standard-error")).to_contain_text("Enter a time like 30 min")


def test_a_finding_leads_the_caret_to_its_line(cast_now: Cast, open_window: OpenWindow) -> None:
    page = open_window(cast_now.ida, EDIT)
    text = page.locator("#plan-text")
    wrong = text.input_value().replace('calendar = "office"', 'calendar = "ofice"')
    line = 1 + wrong[: wrong.index('"ofice"')].count("\n")
    text.fill(wrong)
    link = page.locator("#problem a")
    expect(link).to_contain_text(f"Line {line}:")
    expect(page.locator(".code-lines .is-error")).to_have_text(str(line))
    link.click()
    expect(text).to_be_focused()
    chosen = text.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert chosen == 'calendar = "ofice"'
    page.keyboard.type('calendar = "office"')
    expect(page.locator("#problem")).to_have_count(0)
    assert text.evaluate("box => box.value.slice(0, box.selectionStart)").endswith('"office"')


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_problem_keeps_the_rules(cast_now: Cast, open_window: OpenWindow, theme: str) -> None:
    page = open_window(cast_now.ida, EDIT, color_scheme=theme)
    page.locator("#cell-standard").fill("soon")
    expect(page.locator("#problem")).to_be_visible()
    assert problems(page) == []
