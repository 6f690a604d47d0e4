"""What a person is promised before they send, and what they are asked (ux.md 5.11)."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import now
from playwright.sync_api import Route, expect

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.lib import times
from answerable.sla.models import Clock
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.models import Claim, Ticket
from answerable.widget.tests.hosting import Host, form_of, opened, send

pytestmark = pytest.mark.browser

BERLIN = ZoneInfo("Europe/Berlin")


def test_w_06_a_card_says_what_is_promised_and_to_whom(cast_now: Cast, host: Host) -> None:
    panel = opened(host.window(cast_now.dana))
    panel.get_by_role("button", name="Contact support").click()
    name = re.compile(
        r"^Email\. Guaranteed reply by (\d\d:\d\d today|\w{3} \d\d:\d\d) \(UTC[+\d]+\)\.$"
    )
    expect(panel.get_by_role("button", name=name)).to_be_visible()
    panel = opened(host.window(cast_now.sam))
    panel.get_by_role("button", name="Contact support").click()
    expect(panel.locator("#cards")).to_contain_text("This is not a guarantee.")
    expect(panel.get_by_text("Guaranteed reply by")).to_have_count(0)


def test_w_08_what_was_asked_is_the_beginning_of_what_is_written(
    cast_now: Cast, host: Host
) -> None:
    panel = opened(host.window(cast_now.dana))
    panel.get_by_label("Ask a question").fill("Exports stop with error 17")
    form_of(panel)
    expect(panel.get_by_label("What happened?")).to_have_value("Exports stop with error 17")


def test_w_09_what_is_critical_is_asked_and_its_promise_said(
    cast_now: Cast, host: Host
) -> None:
    panel = form_of(opened(host.window(cast_now.dana)))
    panel.get_by_label("What happened?").fill("My account cannot sign in")
    blocked = panel.get_by_role("group", name="What is blocked?")
    expect(blocked).to_be_hidden()
    panel.get_by_label("This is business-critical").check()
    expect(blocked).to_be_visible()
    expect(panel.locator(".critical-line")).to_contain_text("Guaranteed reply by")
    expect(panel.get_by_role("status")).to_contain_text("Business-critical: guaranteed reply")
    expect(panel.locator("#one-person")).to_contain_text("This sounds like one person")
    send(panel)
    expect(panel.get_by_role("group", name="There is a problem")).to_be_focused()
    expect(panel.get_by_role("link", name="Select what is blocked")).to_be_visible()
    expect(panel.get_by_label("This is business-critical")).to_be_checked()
    expect(panel.get_by_label("What happened?")).to_have_value("My account cannot sign in")
    panel.get_by_role("link", name="Select what is blocked").click()
    expect(panel.get_by_label("Most or all users cannot sign in")).to_be_focused()
    panel.get_by_label("Most or all users cannot sign in").check()
    send(panel)
    expect(
        panel.get_by_text("A specialist checks the business-critical rating")
    ).to_be_visible()
    assert Claim.objects.get().impact == "sign_in"


def test_w_10_the_time_that_was_promised_is_the_same_everywhere(
    cast_now: Cast, host: Host, open_window: OpenWindow
) -> None:
    panel = form_of(opened(host.window(cast_now.dana)))
    panel.get_by_label("What happened?").fill("Exports fail")
    send(panel)
    expect(panel.get_by_role("heading", name="We have your message")).to_be_focused()
    clock = Clock.objects.get(metric="first_response")
    assert (clock.due_at - clock.ticket.created_at).total_seconds() == 3600
    due = times.customer_by(clock.due_at, now(), BERLIN)
    expect(panel).to_contain_text(f"Guaranteed reply {due}.")
    page = open_window(cast_now.dana, f"/requests/{clock.ticket_id}/")
    expect(page.get_by_label("The promise")).to_contain_text(f"Guaranteed reply {due}")
    desk = open_window(cast_now.ana, f"/desk/tickets/{clock.ticket_id}/")
    expect(desk.locator("main")).to_contain_text(times.clock_time(clock.due_at, BERLIN))
    assert Ticket.objects.get().surface == "web"


def test_w_20_without_a_plan_a_standard_request_can_be_sent(cast_now: Cast, host: Host) -> None:
    says: dict[Contact, str | re.Pattern[str]] = {
        cast_now.tom: "Premium Support is not part of your plan",
        cast_now.mara: re.compile(
            r"Premium Support for Kestrel Robotics ended on \d+ \w+ \d{4}\."
        ),
    }
    for person, heading in says.items():
        page = host.window(person)
        panel = opened(page)
        panel.get_by_role("button", name="Contact support").click()
        expect(panel.get_by_role("heading", name=heading)).to_be_focused()
        panel.get_by_role("button", name="Send a standard request").click()
        panel.get_by_label("What happened?").fill("A question of ours")
        send(panel)
        expect(panel.get_by_role("heading", name="We have your message")).to_be_visible()
        expect(panel).to_contain_text("This is not a guarantee.")
        assert page.locator("support-desk").locator('[aria-disabled="true"]').count() == 0
    assert Ticket.objects.count() == 2


def test_who_waits_for_the_times_is_told_and_can_reach_us_without_them(
    cast_now: Cast, host: Host
) -> None:
    page = host.window(cast_now.dana)
    panel = opened(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/views/contact/", hold)
    panel.get_by_role("button", name="Contact support").click()
    expect(panel.locator(".view")).to_contain_text("Checking times…")
    held[0].abort()
    without = "We cannot show the wait now. You can still contact us."
    expect(panel.locator(".view")).to_contain_text(without)
    panel.get_by_role("button", name="Email a specialist").click()
    expect(panel.get_by_label("What happened?")).to_be_visible()
