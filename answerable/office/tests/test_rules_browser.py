"""The pages about rules: written by keyboard, by rule (axe), in both themes, at any width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.rules.core.reading import Act
from answerable.rules.models import Rule
from answerable.rules.tests.scenes import contains, follow, started, tag
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.tests.openings import opened

pytestmark = pytest.mark.browser


def test_a_rule_is_written_by_keyboard_and_says_itself_as_it_is_typed(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    tag(cast_now.ida, "Billing", cast_now.at)
    page = open_window(cast_now.ida, "/office/rules/new/")
    page.get_by_label("Name", exact=True).fill("Invoices")
    page.locator("#every-0-values").press_sequentially("invoice")
    sentence = page.locator("#rule-said .rule-sentence")
    expect(sentence).to_contain_text("its subject contains “invoice”")
    page.locator("#then-0-value").select_option(label="Billing")
    expect(sentence).to_contain_text("label it Billing")
    page.get_by_role("button", name="Add something that it does").press("Enter")
    expect(page.locator("#then-1-kind")).to_be_focused()
    page.locator("#then-1-kind").select_option("hold")
    expect(page.locator("#then-1-many")).to_be_visible()
    expect(page.locator("#then-1-kind")).to_be_focused()
    expect(page.locator("#every-0-values")).to_have_value("invoice")
    page.get_by_role("button", name="Remove this act").nth(1).press("Enter")
    expect(page.locator("#add-then")).to_be_focused()
    page.get_by_role("button", name="Go on to start it").press("Enter")
    expect(page.get_by_role("heading", name="Start the rule")).to_be_visible()
    page.get_by_role("button", name="Start the rule").press("Enter")
    expect(page.get_by_text("Invoices acts from now on.")).to_be_visible()
    assert Rule.objects.get().state == Rule.State.ACTIVE


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_its_pages_keep_the_rules(
    cast_now: Cast, open_window: OpenWindow, theme: str, width: int
) -> None:
    billing = tag(cast_now.ida, "Billing", cast_now.at).slug
    act = Act("tag", billing)
    rule = started(cast_now.ida, cast_now.at, act, every=(contains("exports"),), name="Exports")
    opened(cast_now.dana, cast_now.at)
    follow(cast_now.at)
    size = {"width": width, "height": 800}
    page = open_window(cast_now.ida, "/office/rules/", color_scheme=theme, viewport=size)
    found: dict[str, list[str]] = {}
    one = f"/office/rules/{rule.pk}/"
    for path in ("/office/rules/", one, f"{one}start/", f"{one}try/", "/office/rules/runs/"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        if there := problems(page):
            found[path] = there
    assert found == {}
