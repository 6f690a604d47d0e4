"""A rule is written by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.rules.models import Rule
from answerable.rules.tests.scenes import tag
from answerable.tests.browser_fixtures import OpenWindow

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
