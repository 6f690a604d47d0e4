"""What happens to desks: sessions end, clocks change, laptops sleep, texts are huge."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.accounts.models import Session
from answerable.cast import Cast
from answerable.desk.tests.long_ticket import long_ticket
from answerable.desk.tests.opening import ask
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets import actions
from answerable.tickets.actions import Sender
from answerable.tickets.models import Draft, Ticket

pytestmark = pytest.mark.browser
TWO_MEGABYTES = 2_000_000
PUT = """([selector, letter, count]) => {
  const box = document.querySelector(selector)
  box.value = letter.repeat(count)
  box.dispatchEvent(new Event("input", { bubbles: true }))
}"""
ALL = "#feed > article"


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    return ask(cast_now.dana)


def writing(open_window: OpenWindow, cast: Cast, ticket: Ticket, text: str) -> Page:
    page = open_window(cast.ana, f"/desk/q/all/{ticket.pk}/")
    expect(page.locator("composer-box[data-mode=reply]")).to_be_visible()
    page.keyboard.press("r")
    expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.type(text)
    return page


def saved(page: Page) -> None:
    expect(page.locator(".box--reply .composer-saved")).to_have_text(
        re.compile(r"^saved \d\d:"), timeout=20_000
    )


def test_a_session_that_ends_while_one_types_is_told_and_nothing_is_lost(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = writing(open_window, cast_now, ticket, "Half")
    saved(page)
    sessions = list(Session.objects.order_by("pk"))
    cookies = page.context.cookies()
    Session.objects.all().delete()
    page.evaluate("window.htmx.ajax('POST', '/desk/status/', { swap: 'none' })")
    page.keyboard.type(" an answer")
    problem = page.locator("#reply-problem")
    expect(problem).to_contain_text("Your session ended at")
    expect(problem.get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.locator("#reply-text")).to_be_focused()
    assert Draft.objects.get().body == "Half"
    Session.objects.bulk_create(sessions)  # Signed in again, elsewhere.
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # As they were.
    page.keyboard.type(", and more")
    expect(problem).to_be_empty()
    saved(page)
    assert Draft.objects.get().body == "Half an answer, and more"


def test_two_megabytes_are_kept_and_not_sent(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = writing(open_window, cast_now, ticket, "")
    page.evaluate(PUT, ["#reply-text", "x", TWO_MEGABYTES])
    saved(page)
    assert len(Draft.objects.get().body) == TWO_MEGABYTES
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+Enter")
    said = "The reply must be 10,000 characters or fewer"
    expect(page.locator("#reply-problem")).to_have_text(said)
    expect(page.locator("#reply-text")).to_be_focused()
    page.reload(timeout=90_000)  # Of megabytes that wait for a processor.
    length = "document.querySelector('#reply-text').value.length"
    assert page.evaluate(length) == TWO_MEGABYTES
    page.evaluate(PUT, ["#reply-text", "y", 10])
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".sending-line")).to_be_visible()
    assert ticket.messages.get(kind="reply").body == "y" * 10


def test_s_02_a_clock_that_is_changed_moves_no_promise(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, "/desk/")
    page.clock.install()
    page.goto(f"/desk/q/all/{ticket.pk}/")
    left = page.locator(".ticket-clocks due-time").first
    expect(left).to_have_text("59 min")
    page.clock.set_system_time(timezone.now().timestamp() + 3 * 3600)
    bar = page.locator("connection-bar")
    expect(bar).to_contain_text(re.compile(r"1(79|80) minutes fast"))
    expect(left).to_have_text("59 min")


def test_a_laptop_that_slept_for_a_night_catches_up(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = long_ticket(cast_now, 80, at=timezone.now())
    page = open_window(cast_now.ana, "/desk/")
    page.clock.install()
    page.goto(f"/desk/q/all/{ticket.pk}/")
    expect(page.locator("connection-bar")).to_have_attribute("data-state", "live")
    page.keyboard.press("r")
    page.keyboard.type("Before I slept")
    saved(page)
    page.context.set_offline(True)
    page.clock.fast_forward("08:00:00")
    expect(page.locator("connection-bar")).to_contain_text("Times as of")
    dana = Sender(contact=cast_now.dana)
    for number in range(60):
        actions.add_message(ticket, sender=dana, body=f"At night {number}", at=timezone.now())
    page.context.set_offline(False)
    expect(page.locator(ALL).last).to_contain_text("At night 59", timeout=30_000)
    expect(page.locator("connection-bar")).to_have_attribute("data-state", "live")
    expect(page.locator("#reply-text")).to_have_value("Before I slept")
    numbers = page.locator(ALL).evaluate_all("all => all.map(one => Number(one.id.slice(1)))")
    assert numbers == sorted(set(numbers))
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+Enter")
    newer = page.get_by_role("alertdialog", name="60 new messages since you started")
    expect(newer).to_be_visible()


def test_s_03_without_a_stream_no_countdown_is_shown_and_each_row_says_when(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, "/health/")
    page.route("**/live/**", lambda route: route.abort())
    page.clock.install()
    page.goto("/desk/")
    row = page.locator(f"#row-{ticket.pk}")
    expect(row.locator("due-time").first).to_have_text("59 min")
    page.clock.run_for(11_000)
    expect(page.locator("connection-bar")).to_contain_text("Reconnecting…")
    due = ticket.clocks.get(metric="first_response").due_at
    expect(row).to_contain_text(f"{due.astimezone(ZoneInfo('Europe/Berlin')):%H:%M}")
    expect(row.get_by_text("59 min")).to_have_count(0)
    page.unroute("**/live/**")
    page.clock.run_for(60_000)
    expect(row.locator("due-time").first).to_have_text(re.compile("5[89] min"))
