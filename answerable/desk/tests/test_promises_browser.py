"""What a browser shows of promises: the order of the queue, why one is due, what moved it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets import actions
from answerable.tickets.models import Message, Ticket

pytestmark = pytest.mark.browser
MINUTE = timedelta(minutes=1)
SERVED = re.compile(r"/desk/q/\w+/(\d+)/")
SPAN = re.compile(r"(?:(\d+) h)? ?(?:(\d+) min)? ?(?:(\d+) s)?$")


def numbers(page: Page, part: str) -> list[int]:
    read = "rows => rows.map(row => Number(row.dataset.number))"
    return list(page.locator(f"{part} [data-number]").evaluate_all(read))


def served(page: Page) -> int:
    expect(page).to_have_url(SERVED)
    found = SERVED.search(page.url)
    assert found
    return int(found[1])


def seconds(span: str) -> int:
    found = SPAN.search(span.strip())
    assert found, span
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def steps(page: Page) -> list[list[str]]:
    rows = page.locator(".steps").first.locator("li")
    expect(rows.last).to_be_visible()
    return [row.locator("> *").all_inner_texts() for row in rows.all()]


def test_d_01_d_03_forty_tickets_stand_by_slack_and_two_agents_get_two_of_them(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    now = timezone.now()
    asked = [ask(cast_now.dana, at=now - (7 * number % 40) * MINUTE) for number in range(40)]
    claim = ask(cast_now.olive, critical=True)
    ana, ben = (open_window(agent, "/desk/") for agent in (cast_now.ana, cast_now.ben))
    expect(ana.get_by_role("grid", name="Queue, least slack first")).to_be_visible()
    in_order = sorted(asked, key=lambda ticket: ticket.created_at)
    assert numbers(ana, ".queue-rest") == [ticket.pk for ticket in in_order]
    assert claim.pk in numbers(ana, ".queue-now")
    for page in (ana, ben):
        page.keyboard.press("q")
    assert {served(ana), served(ben)} == {claim.pk, in_order[0].pk}


def test_d_05_d_06_a_key_shows_why_it_is_due_and_it_adds_up(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = ask(cast_now.dana, at=timezone.now() - 10 * MINUTE)
    desk = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    desk.keyboard.press("d")
    expect(desk.get_by_role("dialog")).to_contain_text(f"Why is #{ticket.pk} due")
    shown = steps(desk)
    *parts, (_, _, whole) = shown
    counted = [seconds(span) for name, _, span in parts if name == "Counted"]
    assert sum(counted) == seconds(whole) == 3600
    customer = open_window(cast_now.dana, f"/requests/{ticket.pk}/why/")
    assert [row[::2] for row in steps(customer)] == [row[::2] for row in shown]


def test_d_07_d_18_the_promise_stays_until_the_customer_has_been_told(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    opened = timezone.now() - MINUTE
    ticket = ask(cast_now.dana, critical=True, at=opened)
    page = open_window(cast_now.ana, f"/desk/q/all/{ticket.pk}/")
    actions.mark_undelivered(told(ticket, cast_now), why="mailbox full", at=timezone.now())
    expect(page.locator("#feed")).to_contain_text("Not delivered: mailbox full")
    expect(page.locator("#feed")).not_to_contain_text("Due changed")
    assert due(ticket) == opened + 30 * MINUTE
    actions.mark_delivered(told(ticket, cast_now), at=timezone.now())
    expect(page.locator("#feed")).to_contain_text(re.compile(r"Due changed from .+ to .+: "))
    assert due(ticket) == opened + 60 * MINUTE


def told(ticket: Ticket, cast: Cast) -> Message:
    claim = actions.change_claim(
        ticket,
        agent=cast.ana,
        reason="few",
        reason_says="One person is affected",
        words="One report is affected.",
        at=timezone.now(),
    )
    assert claim.notice
    return claim.notice


def due(ticket: Ticket) -> object:
    return ticket.clocks.get(metric="first_response").due_at
