"""A reply is taken back with a key, wherever its writer has gone meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.channels.email.actions import Holder, hold_next
from answerable.channels.email.models import OutgoingMail
from answerable.desk.tests.opening import ask
from answerable.sla.models import Clock
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.actions import leave, set_severity
from answerable.tickets.models import CRITICAL, Message, Ticket

pytestmark = pytest.mark.browser


@pytest.fixture
def ticket(cast_now: Cast) -> Ticket:
    return ask(cast_now.dana)


def written(page: Page, text: str) -> None:
    """Write a reply on the open ticket and send it, by keys alone."""
    page.keyboard.press("r")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".sending")).to_contain_text("Sending in")


def replies(ticket: Ticket) -> list[str]:
    return list(
        ticket.messages.filter(kind="reply").order_by("pk").values_list("body", flat=True)
    )


def test_d_11_u_takes_it_back_into_its_box(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    written(page, "It is fixed.")
    expect(page.locator("#feed")).to_contain_text("Held 10 s")
    page.keyboard.press("u")
    expect(page.locator("#reply-text")).to_have_value("It is fixed.")
    expect(page.locator("#reply-text")).to_be_focused()
    expect(page.locator(".sending")).to_be_hidden()
    expect(page.locator("#feed")).to_contain_text("Reply taken back by Ana Silva")
    expect(page.locator("#feed")).not_to_contain_text("It is fixed.")
    assert replies(ticket) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator(".sending")).to_contain_text("Sending in")
    assert replies(ticket) == ["It is fixed."]


def test_control_z_takes_it_back_outside_boxes(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    written(page, "It is fixed.")
    page.keyboard.press("Control+z")
    expect(page.locator("#reply-text")).to_have_value("It is fixed.")
    assert replies(ticket) == []


def test_what_was_typed_since_stays_below_it(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    written(page, "It is fixed.")
    page.keyboard.press("r")
    page.keyboard.type("One more thing")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#reply-text")).to_have_value("It is fixed.\n\nOne more thing")
    expect(page.locator(".box--reply .composer-saved")).to_contain_text("saved")
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("It is fixed.\n\nOne more thing")


def test_its_bar_survives_a_walk_to_another_ticket(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    other = ask(cast_now.dana, "Another")
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    written(page, "It is fixed.")
    page.locator(f"#row-{other.pk} a").click()
    expect(page.locator("#ticket-title")).to_contain_text("Another")
    page.goto(f"/desk/q/all/{other.pk}/")
    expect(page.locator(".sending")).to_contain_text("Sending in")
    page.keyboard.press("u")
    expect(page.locator("#ticket-title")).to_contain_text("Exports fail")
    expect(page.locator("#reply-text")).to_have_value("It is fixed.")
    expect(page.locator("#reply-text")).to_be_focused()


def test_d_11_a_second_window_can_undo_what_the_first_sent_before_it_closed(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    second = open_window(cast_now.ana, "/desk/")
    first = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    written(first, "It is fixed.")
    first.close()
    expect(second.locator(".sending")).to_contain_text("Sending in")
    second.get_by_role("button", name="Undo").click()
    expect(second.locator("#reply-text")).to_have_value("It is fixed.")
    assert replies(ticket) == []


def test_it_is_too_late_once_somebody_sends_it(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket
) -> None:
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    written(page, "It is fixed.")
    page.evaluate("document.querySelector('live-stream').remove()")
    hold_next(Holder(1), at=timezone.now() + timedelta(seconds=11))
    page.keyboard.press("u")
    expect(page.locator("#status")).to_contain_text("It is on its way already.")
    page.get_by_role("link", name="Write a correction").click()
    expect(page.locator("#reply-text")).to_be_visible()
    assert replies(ticket) == ["It is fixed."]


def test_d_12_what_waits_leaves_before_a_promise_that_moves_nearer(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    waits = ask(cast_now.dana, at=timezone.now() - timedelta(minutes=29))
    page = open_window(cast_now.ana, f"/desk/q/all/{waits.pk}/")
    expect(page.locator("composer-box[data-mode=reply]")).to_be_visible()
    written(page, "It is fixed.")
    set_severity(waits, CRITICAL, by=cast_now.dana, reason="All of us", at=timezone.now())
    due_at, leaves_at = soonest(waits), OutgoingMail.objects.get(kind="reply").next_try_at
    assert leaves_at < due_at or leaves_at <= timezone.now()
    leave(waits.messages.get(kind="reply"), at=leaves_at)
    expect(page.locator("#head .chip--critical").first).to_be_visible()
    expect(page.locator(".sending")).to_be_hidden()
    expect(page.locator("#feed")).not_to_contain_text("Held")


def soonest(ticket: Ticket) -> datetime:
    """When the next of its promises falls due."""
    return min(Clock.objects.filter(ticket=ticket).values_list("due_at", flat=True))


@pytest.mark.parametrize("width", [320, 1280])
def test_its_bar_fits_and_is_reached_by_keys(
    cast_now: Cast, open_window: OpenWindow, ticket: Ticket, width: int
) -> None:
    page = open_window(
        cast_now.ana,
        f"/desk/q/all/{ticket.pk}/",
        viewport={"width": width, "height": 800},
    )
    written(page, "It is fixed.")
    bar = page.locator(".sending")
    box = bar.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    now = bar.get_by_role("button", name="Send now")
    now.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("Sending now.")
    message = Message.objects.get(ticket=ticket, kind="reply")
    assert message.leaves_at is None or message.leaves_at <= timezone.now()
