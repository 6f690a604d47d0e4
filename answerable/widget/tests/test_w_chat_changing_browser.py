"""A customer edits and takes back what they said in a chat, within a minute (ux.md 5.7)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from answerable.cast import Cast
from answerable.channels.chat.models import ChatEntry
from answerable.tests.browser_fixtures import OpenWindow
from answerable.widget.tests.chatting import asked, met_by, said_by, sell_chat
from answerable.widget.tests.hosting import Host

pytestmark = pytest.mark.browser


def says(panel: Locator | Page, body: str) -> Locator:
    """Say something, and return its line once it is stored."""
    panel.get_by_label("Message", exact=True).fill(body)
    panel.get_by_label("Message", exact=True).press("Enter")
    line = panel.locator(".chat-log .entry--ours[data-seq]").last
    expect(line).to_contain_text(body)
    return line


def test_w_15_a_line_is_edited_and_deleted_and_the_desk_sees_it(
    cast_now: Cast, host: Host, open_window: OpenWindow
) -> None:
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana))
    chat = met_by(cast_now.ana)
    desk = open_window(cast_now.ana, f"/desk/chats/{chat.key}/")
    line = says(panel, "All of the exprots")
    panel.get_by_label("Message", exact=True).press("ArrowUp")
    box = panel.get_by_role("textbox", name="Edit")
    expect(box).to_be_focused()
    expect(box).to_have_value("All of the exprots")
    box.press("Escape")
    expect(line).to_contain_text("All of the exprots")
    line.get_by_role("button", name="Edit").click()
    box.fill("All of the exports")
    box.press("Enter")
    expect(line.locator(".entry-body")).to_have_text("All of the exports (edited)")
    expect(panel.get_by_label("Message", exact=True)).to_be_focused()
    theirs = desk.locator(".say--theirs").last
    expect(theirs).to_contain_text("All of the exports")
    expect(theirs).to_contain_text("edited")
    line.get_by_role("button", name="Delete").press("Enter")
    expect(line).to_contain_text("Deleted")
    expect(line.get_by_role("button")).to_have_count(0)
    expect(panel.get_by_label("Message", exact=True)).to_be_focused()
    expect(theirs).to_contain_text("Deleted")
    expect(theirs).not_to_contain_text("exports")


def test_what_is_too_late_says_so_and_only_own_lines_offer_it(
    cast_now: Cast, host: Host, open_window: OpenWindow
) -> None:
    sell_chat(cast_now)
    asked(host.window(cast_now.dana))
    chat = met_by(cast_now.ana)
    page = open_window(cast_now.dana, f"/requests/{chat.ticket_id}/")
    said_by(cast_now.ana, chat, "Which exports?")
    expect(page.locator(".chat-log .entry").last).to_contain_text("Which exports?")
    expect(page.locator(".chat-log .entry").last.get_by_role("button")).to_have_count(0)
    first = page.locator(".chat-log .entry--ours").first
    expect(first.get_by_role("button")).to_have_text(["Edit"])
    line = says(page, "All of them")
    page.get_by_label("Message", exact=True).press("ArrowUp")
    page.get_by_role("textbox", name="Edit").fill("None of them")
    stored = chat.entries.filter(kind="said").latest("seq")
    ChatEntry.objects.filter(pk=stored.pk).update(at="2025-01-01T00:00:00Z")
    page.get_by_role("textbox", name="Edit").press("Enter")
    expect(line.get_by_role("alert")).to_have_text(
        "It was said more than a minute ago, and stays."
    )
    expect(page.get_by_role("textbox", name="Edit")).to_have_value("None of them")
    page.keyboard.press("Escape")
    expect(line).to_contain_text("All of them")
