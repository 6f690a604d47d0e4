"""What only a browser can show of customers' pages."""

from __future__ import annotations

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import BrowserContext, Page, expect

from answerable.cast import Cast
from answerable.portal.tests.helping import OUTAGE, answered_by, sent_by
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets import actions as tickets
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser

PAGES = [
    "/contact/",
    "/requests/",
    "/requests/?view=closed",
    "/requests/?q=nothing+like+it",
    "/requests/{}/?sent=1",
    "/requests/{}/why/",
]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft "


def send(page: Page) -> None:
    page.get_by_role("button", name="Send message").click()


def test_it_says_the_other_promise_when_critical_is_ticked(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.dana, "/contact/")
    offer = page.get_by_label("When you get a reply")
    expect(offer).to_contain_text(re.compile(r"Guaranteed reply .* in (59|60) minutes"))
    expect(page.get_by_role("group", name="What is blocked?")).to_be_hidden()
    page.get_by_label("This is business-critical").check()
    expect(page.get_by_role("group", name="What is blocked?")).to_be_visible()
    expect(page.locator("#offer-critical-line")).to_contain_text(
        re.compile(r"Guaranteed reply .* in (29|30) minutes")
    )
    expect(page.get_by_role("status")).to_contain_text("Guaranteed reply")


def test_it_says_at_once_that_another_language_has_no_guarantee(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.dana, "/contact/")
    page.get_by_label("What happened?").fill("Nichts geht mehr")
    page.get_by_label("Language of your message").select_option("de")
    offer = page.get_by_label("When you get a reply")
    expect(offer).to_contain_text("Guaranteed times apply to requests in English.")
    expect(page.get_by_label("What happened?")).to_have_value("Nichts geht mehr")


def test_it_leads_to_what_is_missing_and_then_sends(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.dana, "/contact/")
    page.get_by_label("This is business-critical").check()
    send(page)
    expect(page.locator("#problem")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_label("What happened?").fill("Nobody can sign in")
    page.get_by_label("An outage stops core work").check()
    send(page)
    heading = page.get_by_role("heading", name="We have your message")
    expect(heading).to_be_focused()
    assert Ticket.objects.get().severity == "business_critical"


def test_it_sends_once_after_the_line_was_down(cast_now: Cast, open_window: OpenWindow) -> None:
    page = open_window(cast_now.dana, "/contact/")
    page.get_by_label("What happened?").fill("Exports fail")
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("status")).to_contain_text("We did not receive your message.")
    expect(page.get_by_label("What happened?")).to_have_value("Exports fail")
    page.context.set_offline(False)
    send(page)
    expect(page.get_by_role("heading", name="We have your message")).to_be_visible()
    assert Ticket.objects.count() == 1
    page.goto("/contact/")
    expect(page.get_by_label("What happened?")).to_have_value("")


def test_it_keeps_what_was_typed_when_the_window_is_closed(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.dana, "/contact/")
    page.get_by_label("What happened?").press_sequentially("Exports fail")
    context: BrowserContext = page.context
    page.close(run_before_unload=False)
    again = context.new_page()
    again.goto("/contact/")
    expect(again.get_by_label("What happened?")).to_have_value("Exports fail")


def test_it_shows_a_reply_while_its_customer_types(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = sent_by(cast_now.dana, "Exports fail", impact=OUTAGE)
    page = open_window(cast_now.dana, f"/requests/{ticket.pk}/")
    listed = open_window(cast_now.dana, "/requests/")
    expect(page.get_by_text("Times live")).to_be_visible()
    expect(listed.get_by_text("Times live")).to_be_visible()
    box = page.get_by_label("Message")
    box.fill("One more thing")
    tickets.confirm_claim(ticket, agent=cast_now.ana, at=now())
    answered_by(cast_now.ana, ticket, "We found the cause", at=now())
    expect(page.get_by_label("Conversation")).to_contain_text("We found the cause")
    expect(page.get_by_label("The promise")).to_contain_text("Kept")
    expect(page.get_by_role("status")).to_contain_text("Ana Silva has written.")
    expect(box).to_have_value("One more thing")
    expect(listed.get_by_role("link", name=re.compile("Exports fail"))).to_contain_text(
        "Answer"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_for_everybody(
    cast_now: Cast, open_window: OpenWindow, scheme: str, width: int
) -> None:
    ticket = sent_by(cast_now.dana, "Nobody can sign in", impact=OUTAGE)
    done = sent_by(cast_now.sam, LONG * 2)
    tickets.resolve(done, agent=None, contact=cast_now.sam, reason="", at=now())
    cast_now.dana.language = "de" if width == 320 else "en"
    cast_now.dana.save(update_fields=["language"])
    size = {"width": width, "height": 800}
    page = open_window(cast_now.dana, "/", viewport=size, color_scheme=scheme)
    for address in PAGES:
        page.goto(address.format(ticket.pk))
        assert problems(page) == [], address


def test_it_works_without_script(cast_now: Cast, open_window: OpenWindow) -> None:
    page = open_window(cast_now.dana, "/contact/", java_script_enabled=False)
    page.get_by_label("What happened?").fill("Exports fail")
    page.get_by_label("This is business-critical").check()
    page.get_by_label("Data was lost or exposed").check()
    send(page)
    expect(page.get_by_role("heading", name="We have your message")).to_be_visible()
    page.get_by_role("textbox", name="Message").fill("Since nine")
    send(page)
    expect(page.get_by_label("Conversation")).to_contain_text("Since nine")
    page.get_by_role("button", name="This is solved").click()
    page.get_by_role("button", name="This is not solved").click()
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    page.get_by_role("link", name="See how this time is worked out").click()
    expect(page.get_by_text("30 min").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/requests/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
