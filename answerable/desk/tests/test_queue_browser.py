"""The queue as only a browser can show it: a long list, rows that stay, a selection by keys."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.routing.models import QueueEntry
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser
MANY = 12_000


def fill_queue(many: int) -> list[int]:
    now = timezone.now()
    tickets = Ticket.objects.bulk_create(
        Ticket(subject=f"Question {number}", channel="form", created_at=now, last_at=now)
        for number in range(many)
    )
    QueueEntry.objects.bulk_create(
        QueueEntry(ticket=one, band=QueueEntry.Band.OPEN, act_by=now + number * ONE)
        for number, one in enumerate(tickets)
    )
    return [ticket.pk for ticket in tickets]


ONE = timedelta(milliseconds=1)


def rows(page: Page) -> int:
    return page.locator("#queue-rows [role=row]").count()


def test_d_04_of_twelve_thousand_tickets_few_rows_are_in_the_page(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    numbers = fill_queue(MANY)
    page = open_window(cast_now.ana, "/desk/")
    grid = page.get_by_role("grid", name="Queue, least slack first")
    expect(grid).to_have_attribute("aria-rowcount", str(MANY))
    page.keyboard.press("j")
    expect(page.locator(f"#row-{numbers[0]} a")).to_be_focused()
    page.keyboard.press("End")
    last = page.locator(f"#row-{numbers[-1]}")
    expect(last.locator("a")).to_be_focused()
    expect(last).to_have_attribute("aria-rowindex", str(MANY))
    assert rows(page) < 120
    page.locator("#queue-rows").evaluate("list => (list.scrollTop = list.scrollHeight / 2)")
    middle = page.locator(f"#row-{numbers[MANY // 2]}")
    expect(middle).to_be_visible()
    expect(middle).to_have_attribute("aria-rowindex", str(MANY // 2 + 1))
    assert rows(page) < 120


def test_d_02_twenty_new_tickets_move_no_row_under_the_pointer(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    tickets = [ask(cast_now.sam, f"Question {number}") for number in range(8)]
    page = open_window(cast_now.ana, "/desk/")
    row = page.locator(f"#row-{tickets[4].pk}")
    row.hover()
    before = row.bounding_box()
    new = [ask(cast_now.dana, f"Exports {number} fail") for number in range(20)]
    expect(page.locator(f"#row-{new[-1].pk}")).to_be_attached()
    expect(page.get_by_text(re.compile(r"^\d+ tickets moved\.")).first).to_be_visible()
    assert row.bounding_box() == before
    row.locator("a").focus()
    stands = row.bounding_box()
    page.keyboard.press(".")
    expect(page.locator(".queue-moved")).to_be_hidden()
    expect(row.locator("a")).to_be_focused()
    assert row.bounding_box() == stands
    first = page.locator(".queue-rest [role=row]").first
    expect(first).to_have_attribute("data-number", str(new[0].pk))


def test_rows_are_selected_by_keys_and_assigned_at_once_and_taken_back(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    tickets = [ask(cast_now.dana, f"Question {number}") for number in range(4)]
    page = open_window(cast_now.ana, "/desk/")
    page.keyboard.press("j")
    expect(page.locator(f"#row-{tickets[0].pk} a")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("Shift+J")
    page.keyboard.press("Shift+J")
    expect(page.get_by_text("3 selected")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", name="Assign 3 tickets")).to_be_visible()
    page.get_by_label("Assign to").select_option(label="Ben Adler")
    page.get_by_role("button", name="Assign 3 tickets").click()
    expect(page.get_by_text("Assigned 3 tickets.")).to_be_visible()
    expect(page.locator(f"#row-{tickets[0].pk}")).to_contain_text("Ben")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Taken back: Assigned 3 tickets.")).to_be_visible()
    assert not Ticket.objects.filter(assignee=cast_now.ben).exists()


def test_a_queue_that_did_not_load_says_so_and_loads_when_asked_again(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana, "/desk/")
    expect(page.locator(".connection")).to_contain_text("Times live")
    page.route("**/desk/q/all/rows/**", lambda asked: asked.fulfill(status=503))
    ticket = ask(cast_now.dana, "Exports fail")
    failed = page.get_by_text("The queue did not load. Open tickets still work.")
    expect(failed).to_be_visible()
    page.unroute("**/desk/q/all/rows/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(f"#row-{ticket.pk}")).to_be_attached()
    expect(failed).to_be_hidden()
