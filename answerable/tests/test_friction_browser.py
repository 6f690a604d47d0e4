"""What customers and administrators do, within the counts of the friction table (ux.md 13).

Agents' tasks are counted in test_shift_browser.py.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.entitlements.actions import SHIPPED, read_plan_text
from answerable.entitlements.models import PlanVersion
from answerable.lib.phones import shown_phone
from answerable.sla.actions import publish_text
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.hands import Hands
from answerable.tests.waiting import wait_until
from answerable.tickets.models import Callback, Claim
from answerable.widget.tests.hosting import Host, host

__all__ = ["host"]
pytestmark = pytest.mark.browser

PHONE = "+491715550123"
LAUNCHER = "Help and support"


def test_1_a_customer_reports_what_is_business_critical(cast_now: Cast, host: Host) -> None:
    page = host.window(cast_now.dana)
    hands, panel = Hands(page), page.get_by_role("dialog", name="Help")
    with hands.task("1 critical", 5):
        hands.click(page.get_by_role("button", name=LAUNCHER))
        hands.click(panel.get_by_role("button", name="Report a business-critical problem"))
        expect(panel.get_by_label("What happened?")).to_be_focused()
        expect(panel.locator(".critical-line")).to_contain_text("Guaranteed reply by")
        hands.type("Nobody of us can sign in since ten.")
        hands.click(panel.get_by_label("Most or all users cannot sign in"))
        hands.click(panel.get_by_role("button", name="Send message"))
        expect(panel.get_by_role("heading", name="We have your message")).to_be_focused()
    assert Claim.objects.get().ticket.messages.get().body.startswith("Nobody of us")


def test_2_a_customer_asks_for_a_call(cast_now: Cast, host: Host) -> None:
    cast_now.dana.phone = PHONE
    cast_now.dana.save(update_fields=["phone"])
    page = host.window(cast_now.dana)
    hands, panel = Hands(page), page.get_by_role("dialog", name="Help")
    with hands.task("2 call", 4):
        hands.click(page.get_by_role("button", name=LAUNCHER))
        hands.click(panel.get_by_role("button", name="Contact support"))
        hands.click(panel.get_by_role("button", name=re.compile("^Call me back")))
        expect(panel.get_by_label("Phone number")).to_have_value(shown_phone(PHONE))
        hands.click(panel.get_by_role("button", name="Request call"))
        expect(panel.get_by_role("heading", level=2)).to_contain_text("We call")
        expect(panel).to_contain_text(shown_phone(PHONE))
    assert Callback.objects.get().phone == PHONE


def test_3_a_customer_looks_up_when_the_reply_is_due(cast_now: Cast, host: Host) -> None:
    ask(cast_now.dana, "Exports fail")
    page = host.window(cast_now.dana)
    hands, panel = Hands(page), page.get_by_role("dialog", name="Help")
    with hands.task("3 due", 1):
        hands.click(page.get_by_role("button", name=LAUNCHER))
        row = panel.get_by_role("button", name="Exports fail")
        expect(row).to_contain_text(re.compile(r"Guaranteed reply by .*\d\d:\d\d"))
        expect(row).to_be_in_viewport(ratio=1)


def test_12_an_administrator_changes_support_hours_and_sees_the_effect(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    """Nothing in this plan's examples says otherwise: where one does, it is mended first."""
    text = read_plan_text(SHIPPED / "premium.toml").partition("# What the plan must get")[0]
    publish_text(text, at=timezone.now() - timedelta(days=30))
    ask(cast_now.sam, "Rename a field")
    page = open_window(cast_now.ida, "/desk/")
    expect(page.locator(".standing-now")).to_be_visible()
    hands = Hands(page)
    with hands.task("12 hours", 7):
        hands.press("Control+k")
        expect(page.get_by_role("combobox")).to_be_focused()
        hands.type("hours")
        expect(page.get_by_role("option", selected=True)).to_contain_text(
            "Support hours: Premium"
        )
        hands.press("Enter")
        working = page.get_by_label("Mon to Fri")
        expect(working).to_be_focused()
        wait_until(page, "document.readyState === 'complete' && !!getSelection().toString()")
        hands.type("08:00-18:00")
        expect(page.locator(".cases")).to_contain_text(re.compile("[▲▼]"))
        expect(page.locator("#tickets")).to_contain_text("Open tickets: 1")
        hands.click(page.get_by_role("button", name="Go on to publish"))
        expect(page.locator("main")).to_contain_text("Use v3 for:")
        hands.click(page.get_by_role("button", name="Save v3"))
        expect(page.locator("main")).to_contain_text("Premium v3 is published.")
    newest = PlanVersion.objects.latest("number")
    assert newest.document["calendars"]["office"]["fri"] == ["08:00-18:00"]
