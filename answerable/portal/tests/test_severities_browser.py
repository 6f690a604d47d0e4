"""What only a browser can show of plans with several severities."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.portal.tests.helping import sent_by
from answerable.sla.tests.plans import LEVELS, row, shipped, sold
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.models import Rating, Ticket

pytestmark = pytest.mark.browser

NEED = "What is affected in production, and since when?"
HOUR = timedelta(hours=1)


@pytest.fixture
def at() -> datetime:
    return now()


def test_it_shows_each_promise_and_asks_for_what_the_chosen_one_needs(
    cast_now: Cast, open_window: OpenWindow, at: datetime
) -> None:
    shipped(cast_now, "red-hat-premium", at=at)
    page = open_window(cast_now.dana, "/contact/")
    worst = page.locator(".severity").first
    expect(worst).to_contain_text(re.compile(r"We aim to reply by .+ This is not a guarantee"))
    who = worst.get_by_label("Who is reachable until it is solved?")
    expect(who).to_be_hidden()
    page.get_by_label("Severity 1").check()
    expect(who).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("We aim to reply by")
    expect(page.get_by_label("When you get a reply")).to_contain_text("We aim to reply by")
    page.get_by_label("What happened?").fill("Nothing starts")
    page.get_by_role("button", name="Send message").click()
    expect(page.locator("#problem")).to_be_focused()
    page.get_by_role("link", name=re.compile("Enter an answer to")).click()
    expect(who).to_be_focused()
    who.fill("Dana, day and night")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="We have your message")).to_be_focused()
    assert Rating.objects.get().answers[0]["says"] == "Dana, day and night"


def test_it_follows_the_environment_that_is_chosen(
    cast_now: Cast, open_window: OpenWindow, at: datetime
) -> None:
    shipped(cast_now, "github-premium", at=at)
    page = open_window(cast_now.dana, "/contact/")
    page.get_by_label("Urgent").check()
    page.get_by_label(NEED).first.fill("Everything")
    offer = page.get_by_label("When you get a reply")
    expect(offer).to_contain_text("Guaranteed reply within 30 minutes")
    page.get_by_label("Environment").select_option("other")
    worst = page.locator(".severity").first
    expect(worst).to_contain_text("About another environment it counts as Normal.")
    expect(offer).to_contain_text("This is not a guarantee.")
    expect(page.get_by_label(NEED).first).to_have_value("Everything")


def test_it_shows_the_severities_of_the_plan_of_another_product(
    cast_now: Cast, open_window: OpenWindow, at: datetime
) -> None:
    entitlements.add_subscription(
        cast_now.nordwind, product="sales", tier="enterprise", starts_at=at - HOUR
    )
    fast = row("first_response", HOUR / 4, key="fast", products=("sales",))
    sold(cast_now, at, fast, severities=LEVELS)
    sold(cast_now, at, row("first_response", HOUR), key="silver", beside=True)
    page = open_window(cast_now.dana, "/contact/")
    page.get_by_label("What happened?").fill("Typed before")
    expect(page.get_by_label("This is business-critical")).to_be_visible()
    page.get_by_label("Product").select_option("sales")
    expect(page.get_by_role("group", name="How serious is it?")).to_be_visible()
    expect(page.get_by_label("This is business-critical")).to_be_hidden()
    page.get_by_label("Urgent").check()
    page.get_by_label("Product").select_option("service")
    expect(page.get_by_label("This is business-critical")).to_be_visible()
    expect(page.get_by_label("What happened?")).to_have_value("Typed before")


def test_it_works_without_script(cast_now: Cast, open_window: OpenWindow, at: datetime) -> None:
    shipped(cast_now, "github-premium", at=at)
    page = open_window(cast_now.dana, "/contact/", java_script_enabled=False)
    page.get_by_label("What happened?").fill("Nothing builds")
    page.get_by_label("Urgent").check()
    page.get_by_label(NEED).first.fill("All builds, since nine")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="We have your message")).to_be_visible()
    page.get_by_role("link", name="Ask for another look").click()
    page.get_by_label("What do you see differently?").fill("It spreads")
    page.get_by_role("button", name="Ask for another look").click()
    expect(page.get_by_label("The promise")).to_contain_text("has been told")
    assert Ticket.objects.get().severity == "urgent"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_for_everybody(
    cast_now: Cast, open_window: OpenWindow, at: datetime, scheme: str, width: int
) -> None:
    shipped(cast_now, "red-hat-premium", at=at)
    ticket = sent_by(cast_now.dana, "Nothing starts")
    cast_now.dana.language = "de" if width == 320 else "en"
    cast_now.dana.save(update_fields=["language"])
    size = {"width": width, "height": 800}
    page = open_window(cast_now.dana, "/contact/", viewport=size, color_scheme=scheme)
    page.locator("[name=severity]").first.check()
    assert problems(page) == []
    for deed in ("", "severity/"):
        page.goto(f"/requests/{ticket.pk}/{deed}")
        assert problems(page) == [], deed
    shipped(cast_now, "github-premium", at=at)
    other = sent_by(cast_now.dana, "Nothing builds")
    for address in ("/contact/", f"/requests/{other.pk}/another-look/"):
        page.goto(address)
        assert problems(page) == [], address
