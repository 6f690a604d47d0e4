"""A conversation of thousands of entries: few are in the page, wherever one reads in it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from answerable.cast import Cast
from answerable.desk.tests.long_ticket import long_ticket
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets import actions
from answerable.tickets.actions import Sender
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser
ENTRIES, FEWER, IN_PAGE, NODES = 5000, 420, 150, 4000
OPENED = timezone.now() - timedelta(days=700)
FEED = "#feed > article"


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    return long_ticket(cast_now, FEWER, at=OPENED)


def nodes(page: Page) -> int:
    return int(page.evaluate("document.querySelectorAll('.ticket-scroll *').length"))


def in_order(page: Page) -> bool:
    numbers = page.locator(FEED).evaluate_all("all => all.map(one => Number(one.id.slice(1)))")
    return bool(numbers == sorted(set(numbers)) and len(numbers) <= IN_PAGE)


def said(page: Page, number: int) -> Locator:
    return page.locator(FEED).filter(has_text=re.compile(rf"Message {number} says"))


def test_d_28_few_of_five_thousand_entries_are_in_the_page(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = long_ticket(cast_now, ENTRIES, at=OPENED)
    asked: list[str] = []
    page = open_window(cast_now.ana, "/desk/")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/desk/q/all/{ticket.pk}/")
    expect(said(page, ENTRIES - 1)).to_be_visible()
    last = page.locator(FEED).last
    expect(last).to_have_attribute("aria-posinset", re.compile(r"^500\d$"))
    expect(last).to_have_attribute("aria-setsize", re.compile(r"^500\d$"))
    assert nodes(page) <= NODES
    assert sum("/where/" in url for url in asked) == 1
    last.focus()
    for _ in range(3):  # Reading upwards: the window follows.
        first = page.locator(FEED).first.get_attribute("id")
        page.locator(".ticket-scroll").evaluate("place => (place.scrollTop = -1e6)")
        expect(page.locator(FEED).first).not_to_have_attribute("id", first or "")
        expect(page.locator("#feed")).to_have_attribute("aria-busy", "false")
    assert in_order(page)
    assert nodes(page) <= NODES


def test_d_28_every_entry_is_reached_by_address_day_words_and_keys(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    middle = ticket.events.filter(message__isnull=False).order_by("pk")[FEWER // 2]
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/#e{middle.pk}")
    entry = page.locator(f"#e{middle.pk}")
    expect(entry).to_be_focused()
    expect(entry).to_be_in_viewport()
    expect(entry).to_have_attribute("aria-posinset", re.compile(r"^21\d$"))
    page.keyboard.press("Home")
    expect(page.locator(FEED).filter(has_text="The very first words")).to_be_in_viewport()
    page.keyboard.press("End")
    expect(said(page, FEWER - 1)).to_be_in_viewport()
    found_and_led_to(page)
    page.get_by_role("tab", name="Notes").click()
    expect(page.locator(f"{FEED}:not([data-kind=note])")).to_have_count(0)
    assert in_order(page)
    assert nodes(page) <= NODES


def found_and_led_to(page: Page) -> None:
    """Words are found wherever they stand, and a day leads to its first entry."""
    page.keyboard.press("F")
    find = page.get_by_role("searchbox", name="Words")
    expect(find).to_be_focused()
    page.keyboard.type("message 77 SAYS")
    expect(page.locator("#status")).to_contain_text("1 entry")
    page.keyboard.press("Enter")
    expect(said(page, 77)).to_be_in_viewport()
    expect(said(page, 77)).to_be_focused()
    day = (OPENED + timedelta(days=1)).date().isoformat()
    page.get_by_label("Day", exact=True).fill(day)
    page.get_by_role("button", name="Go to the day").click()
    expect(page.locator(f"{FEED}[data-day='{day}']").first).to_be_focused()
    assert problems(page) == []
    page.get_by_role("button", name="Close", exact=True).first.click()


def test_d_29_what_comes_while_one_reads_above_waits_below_and_stands_in_order(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    last = page.locator(FEED).last
    expect(last).to_have_attribute("aria-setsize", re.compile(r"^42\d$"))
    last.focus()
    page.keyboard.press("Home")
    first = page.locator(FEED).filter(has_text="The very first words")
    expect(first).to_be_in_viewport()
    before = first.bounding_box()
    dana = Sender(contact=cast_now.dana)
    for number in range(2):
        actions.add_message(ticket, sender=dana, body=f"News {number}", at=timezone.now())
    newer = page.get_by_role("button", name="2 new messages ↓")
    expect(newer).to_be_visible()
    assert first.bounding_box() == before
    assert page.locator(FEED).filter(has_text="News").count() == 0
    newer.click()
    expect(page.locator(FEED).filter(has_text="News 1")).to_be_in_viewport()
    expect(newer).to_be_hidden()
    actions.add_message(ticket, sender=dana, body="And one more", at=timezone.now())
    expect(page.locator(FEED).last).to_contain_text("And one more")
    assert in_order(page)


def test_a_night_of_news_is_led_to_from_the_end(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    expect(said(page, FEWER - 1)).to_be_visible()
    page.goto("/desk/")
    dana = Sender(contact=cast_now.dana)
    for number in range(60):
        actions.add_message(ticket, sender=dana, body=f"At night {number}", at=timezone.now())
    page.goto(f"/desk/q/all/{ticket.pk}/")
    page.get_by_role("button", name=re.compile("New since .* ↑")).click()
    expect(page.locator("article:has(> .new-since)")).to_contain_text("At night 0")
    expect(page.locator("article:has(> .new-since)")).to_be_focused()
