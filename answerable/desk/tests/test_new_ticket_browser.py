"""A call is written down and a mail is begun by keys alone; nothing that was typed is lost."""

from __future__ import annotations

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.cast.articles import write_articles
from answerable.macros.actions import Wording, save_macro
from answerable.macros.models import Macro
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.models import Ticket

pytestmark = pytest.mark.browser
PASTE = """(box) => {
    const carried = new DataTransfer()
    carried.items.add(new File(["x"], "shot.png", { type: "image/png" }))
    const about = { clipboardData: carried, bubbles: true, cancelable: true }
    box.dispatchEvent(new ClipboardEvent("paste", about))
}"""


def begun(page: Page) -> None:
    """Begin a new ticket by the command palette."""
    expect(page.locator("command-palette:defined")).to_be_attached()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Go to, do or answer")).to_be_focused()
    page.keyboard.insert_text("new ticket")
    expect(page.get_by_role("option").first).to_contain_text("New ticket")
    page.keyboard.press("Enter")


def chosen(page: Page, typed: str, name: str) -> None:
    """Find somebody by what is typed of their name, and go on with them."""
    expect(page.locator("new-people:defined")).to_be_attached()
    expect(page.locator("#new-who")).to_be_focused()
    page.keyboard.type(typed)
    expect(page.locator("[data-choice]").first).to_contain_text(name)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-choice]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".new-who")).to_contain_text(name)


def test_a_call_is_written_down_by_keys_and_survives_a_reload(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana, "/desk/")
    begun(page)
    chosen(page, "dana wlof", "Dana Wolf")
    expect(page.locator("new-ticket:defined")).to_be_attached()
    assert problems(page) == []
    page.get_by_label("Subject").press("Tab")
    expect(page.get_by_label("What did they ask?")).to_be_focused()
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        page.keyboard.type("Every export ends with an error.")
    expect(page.locator(".composer-saved")).to_contain_text("saved")
    page.reload()
    body = page.get_by_label("What did they ask?")
    expect(body).to_have_value("Every export ends with an error.")
    body.press("Control+Enter")
    expect(page.locator(".error-summary")).to_contain_text("Enter a subject")
    expect(body).to_have_value("Every export ends with an error.")
    subject = page.get_by_label("Subject")
    subject.press_sequentially("Exports fail")
    page.get_by_label("I fill in the request form with them, now").press("Space")
    expect(page.locator("#offer")).to_contain_text("Guaranteed reply")
    expect(page.locator("#id_received")).to_be_hidden()
    subject.press("Control+Enter")
    expect(page.locator("#ticket-title")).to_contain_text("Exports fail")
    expect(page.locator("#feed")).to_contain_text("Request form filled in by Ana")
    assert Ticket.objects.get(subject="Exports fail").requester == cast_now.dana


def with_a_macro(page: Page) -> None:
    """Put a macro into the message, and look at it as its reader will see it."""
    body = page.get_by_label("Message", exact=True)
    body.press_sequentially("/hel")
    expect(page.get_by_role("option")).to_have_text(["HelloHello Dana"])
    body.press("Enter")
    expect(body).to_have_value("Hello Dana")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".composer-preview")).to_contain_text("Hello Dana")


def with_a_copy(page: Page, address: str) -> None:
    """Let somebody else get the message, too, which the draft remembers."""
    page.get_by_text("edit", exact=True).click()
    page.get_by_label("Add to Cc").fill(address)
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        page.get_by_label("Add to Cc").press("Enter")
    expect(page.get_by_role("button", name="Send to 2 people")).to_be_visible()


def with_a_note(page: Page) -> None:
    """Mention Ben in the note. A picture that is pasted there must not go with the message."""
    note = page.get_by_label("Internal note")
    note.press_sequentially("@be")
    expect(page.locator("#note-mentions").get_by_role("option").first).to_contain_text("Ben")
    note.press("Enter")
    expect(note).to_have_value("@ben ")
    note.evaluate(PASTE)
    expect(page.locator("#status")).to_contain_text("Files of this page go with the message")
    expect(page.locator("attach-files .file")).to_have_count(0)


def test_what_we_write_first_has_macros_copies_and_a_note_of_its_own(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    hello = Wording({"en": "Hello {person}"})
    save_macro(Macro(name="Hello"), hello, agent=cast_now.lena, at=now())
    page = open_window(cast_now.ana, f"/desk/new/?person={cast_now.dana.pk}&kind=write")
    expect(page.locator("new-ticket:defined")).to_be_attached()
    page.get_by_label("Subject").fill("Your invoice")
    with_a_macro(page)
    with_a_copy(page, "kim@nordwind.example")
    with_a_note(page)
    assert problems(page) == []
    page.get_by_label("Message", exact=True).press("Control+Enter")
    expect(page.locator("#ticket-title")).to_contain_text("Your invoice")
    ticket = Ticket.objects.get(subject="Your invoice")
    sent = ticket.events.get(verb="answered").data
    assert (sent["cc"], len(sent["macros"])) == (["kim@nordwind.example"], 1)
    assert ticket.messages.get(kind="note").body.strip() == "@ben"


def test_an_article_goes_into_what_we_write_first(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    write_articles(cast_now, at=now())
    page = open_window(cast_now.ana, f"/desk/new/?person={cast_now.dana.pk}&kind=write")
    expect(page.locator("new-ticket:defined")).to_be_attached()
    body = page.get_by_label("Message", exact=True)
    body.fill("Look here: ")
    opener = page.locator("find-article summary")
    opener.click()
    words = page.get_by_label("Find an article")
    words.fill("export")
    words.press("Escape")
    expect(body).to_be_focused()
    expect(words).to_be_hidden()
    opener.click()
    insert = page.get_by_role("button", name="Insert the link").first
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        insert.click()
    expect(body).to_have_value(re.compile(r"^Look here: \[.*\]\(http.*/help/en/.*\)$"))
    expect(words).to_be_hidden()


def test_who_gets_copies_of_our_answers_is_said_with_what_they_asked(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ana, f"/desk/new/?person={cast_now.dana.pk}")
    expect(page.locator("new-ticket:defined")).to_be_attached()
    page.get_by_label("Subject").fill("Exports fail")
    page.get_by_label("What did they ask?").fill("Every export ends with an error.")
    page.get_by_text("edit", exact=True).click()
    copies = page.get_by_label("Add to Cc")
    with page.expect_response(lambda answer: "/recipients/" in answer.url):
        copies.fill("kim@nordwind.example")
        copies.press("Enter")
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        copies.fill("pat@rival.example")
        copies.press("Enter")
    expect(page.locator(".recipients-ask")).to_contain_text("pat@rival.example is not at")
    assert problems(page) == []
    page.reload()
    expect(page.locator("mail-recipients:defined")).to_be_attached()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator(".recipients-ask")).to_have_count(0)
    page.get_by_role("button", name="Open the ticket").last.click()
    expect(page.locator("#ticket-title")).to_contain_text("Exports fail")
    ticket = Ticket.objects.get(subject="Exports fail")
    assert [one.address for one in ticket.participants.kept()] == ["kim@nordwind.example"]
