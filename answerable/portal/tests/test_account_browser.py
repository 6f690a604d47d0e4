"""The portal's checks that only a browser can answer (ux.md 6.7)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from answerable.accounts.actions import make_sign_in_link
from answerable.cast import Cast
from answerable.portal.tests.helping import OUTAGE, answered_by, sent_by
from answerable.sla.actions import wake_due
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets import actions as tickets

pytestmark = pytest.mark.browser

PAGES = [
    "/requests/",
    "/requests/{}/",
    "/requests/{}/worse/",
    "/team/",
    "/team/?view=closed",
    "/team/people/",
    "/team/people/{person}/",
    "/team/people/new/",
    "/team/rules/",
    "/team/changes/",
    "/report/",
    "/report/list/",
    "/report/without-promise/",
    "/preferences/",
]
# A button, a link or a label whose words do not fit into it.
CUT = """[...document.querySelectorAll("button, .button, .tabs a, .customer-nav a")]
  .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
  .map((e) => e.textContent.trim())"""


def told(cast: Cast) -> int:
    """Requests in several states, and changes to people; return the number of one."""
    ticket = sent_by(cast.dana, "Exports fail")
    sent_by(cast.sam, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk " * 2)
    late = sent_by(cast.kim, "Imports fail", at=now() - timedelta(minutes=70))
    tickets.name_participant(ticket, cast.sam, contact=cast.dana, at=now())
    wake_due(at=now())
    answered_by(cast.ana, late, "Done", at=now())
    return ticket.pk


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_p_12_every_page_is_for_everybody(
    cast_now: Cast, open_window: OpenWindow, scheme: str
) -> None:
    """Narrower and wider ones are walked by test_every_page_browser.py."""
    number = told(cast_now)
    size = {"width": 768, "height": 800}
    page = open_window(cast_now.dana, "/", viewport=size, color_scheme=scheme)
    for address in PAGES:
        page.goto(address.format(number, person=cast_now.sam.pk))
        assert problems(page) == [], address


def test_p_10_german_fits_on_a_narrow_screen(cast_now: Cast, open_window: OpenWindow) -> None:
    number = told(cast_now)
    cast_now.dana.language = "de"
    cast_now.dana.save(update_fields=["language"])
    page = open_window(cast_now.dana, "/", viewport={"width": 320, "height": 800})
    for address in PAGES:
        page.goto(address.format(number, person=cast_now.sam.pk))
        assert page.locator("html").get_attribute("lang") == "de"
        assert page.evaluate(CUT) == [], address
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), address
    page.goto(f"/requests/{number}/")
    expect(page.locator(".entry-body").first).to_have_attribute("lang", "en")


def sign_in_by_link(page: Page, cast: Cast) -> None:
    token = make_sign_in_link(cast.dana, leads_to="/requests/", at=now())
    page.goto(f"/sign-in/link/{token}/")
    page.get_by_role("main").get_by_role("button").first.click()


def test_p_01_a_request_is_read_and_answered_without_script(
    cast_now: Cast, open_window: OpenWindow, tmp_path: Path
) -> None:
    told(cast_now)
    file = tmp_path / "seen.txt"
    file.write_text("Seen at nine")
    page = open_window(cast_now.dana, "/", java_script_enabled=False)
    page.context.clear_cookies()
    sign_in_by_link(page, cast_now)
    page.get_by_role("link", name=re.compile("Exports fail")).click()
    page.get_by_role("textbox", name="Message").fill("Since nine")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_label("Conversation")).to_contain_text("seen.txt")
    expect(page.get_by_label("People and files")).to_contain_text("seen.txt")
    page.get_by_role("button", name="This is solved").click()
    page.get_by_role("button", name="This is not solved").click()
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()


def test_p_01_preferences_people_and_report_work_without_script(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    told(cast_now)
    page = open_window(cast_now.dana, "/preferences/", java_script_enabled=False)
    page.get_by_label("Theme", exact=True).and_(page.locator("select")).select_option("dark")
    page.get_by_role("button", name="Keep these").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"/team/people/{cast_now.sam.pk}/")
    page.get_by_label("Seat").select_option("view_only")
    page.get_by_role("button", name="Change the seat").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").first).to_contain_text("Paid seat")
    page.goto("/report/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_p_02_a_row_names_number_title_and_promise_as_widget_and_desk_do(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = sent_by(cast_now.dana, "Exports fail")
    page = open_window(cast_now.dana, "/requests/")
    row = page.get_by_role("link", name=re.compile(rf"#{ticket.pk} Exports fail"))
    due = ticket.clocks.get(metric="first_response").due_at
    expect(row).to_have_accessible_name(re.compile(r"Guaranteed reply by (?:\w{3} )?\d\d:\d\d"))
    listed = row.locator("due-time").get_attribute("datetime")
    page.goto(f"/requests/{ticket.pk}/")
    shown = page.get_by_label("The promise").locator("due-time").first
    desk = open_window(cast_now.ana, f"/desk/tickets/{ticket.pk}/")
    there = desk.locator("due-time").first.get_attribute("datetime")
    assert listed == shown.get_attribute("datetime") == there
    assert due.strftime("%M") in str(listed)


def test_p_03_it_says_that_a_reply_is_late_when_its_time_passes(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = sent_by(cast_now.dana, at=now() - timedelta(minutes=60) + timedelta(seconds=6))
    page = open_window(cast_now.dana, f"/requests/{ticket.pk}/")
    expect(page.get_by_label("The promise")).to_contain_text(
        "This reply is late.", timeout=15000
    )
    expect(page.locator("body")).not_to_contain_text(re.compile(r"[-\u2212]\d+ (min|s)\b"))


def test_p_07_a_table_scrolls_inside_its_own_region(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    told(cast_now)
    page = open_window(cast_now.dana, "/report/", viewport={"width": 320, "height": 800})
    region = page.get_by_role("region", name=re.compile("Promises kept"))
    expect(region).to_have_attribute("tabindex", "0")
    assert region.evaluate("(e) => e.scrollWidth > e.clientWidth")
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_p_08_the_report_prints_on_a4_without_what_leads_elsewhere(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    told(cast_now)
    # The width of A4 between usual margins, in CSS pixels.
    page = open_window(cast_now.dana, "/report/", viewport={"width": 718, "height": 1000})
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name=re.compile("^Report:"))).to_be_visible()
    for gone in (
        ".customer-nav",
        ".customer-head-end",
        ".customer-foot",
        ".page-head .buttons",
    ):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.get_by_role("columnheader", name="Missed")).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert page.locator(".table-scroll").evaluate("(e) => e.scrollWidth <= e.clientWidth + 1")


def test_p_09_a_reader_in_tokyo_reads_tokyo_and_the_companys_time(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = sent_by(cast_now.dana)
    page = open_window(cast_now.dana, "/preferences/")
    page.get_by_label("Time zone", exact=True).select_option("Asia/Tokyo")
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_role("status").first).to_contain_text("Your preferences are kept.")
    page.goto(f"/requests/{ticket.pk}/")
    due = ticket.clocks.get(metric="first_response").due_at
    panel = page.get_by_label("The promise")
    expect(panel).to_contain_text(re.compile(r"UTC\+9\) \(\d\d:\d\d Berlin\)"))
    assert due


def test_p_11_a_session_that_ends_loses_no_answer(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    ticket = sent_by(cast_now.dana, impact=OUTAGE)
    page = open_window(cast_now.dana, f"/requests/{ticket.pk}/")
    page.get_by_role("textbox", name="Message").fill("Half an answer")
    session = next(c for c in page.context.cookies() if c["name"] == "sessionid")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert session
    sign_in_by_link(page, cast_now)
    page.goto(f"/requests/{ticket.pk}/")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("Half an answer")
