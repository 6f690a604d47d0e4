"""A chat in two browsers at once: the customer's panel, and the desk of who answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.chat.models import Chat
from answerable.channels.chat.pages import pages
from answerable.tests.browser_fixtures import OpenWindow
from answerable.widget.tests.chatting import asked, met_by, said_by, sell_chat
from answerable.widget.tests.hosting import ORIGIN, Host, host, opened

__all__ = ["host"]
pytestmark = pytest.mark.browser

# Counts how often something rings.
RINGS = """
let rings = 0
self.AudioContext = class extends AudioContext {
  constructor() { super(); document.documentElement.dataset.rings = ++rings }
}
"""


def desk_of(open_window: OpenWindow, cast: Cast, chat: Chat) -> Page:
    page = open_window(cast.ana, f"/desk/chats/{chat.key}/")
    expect(page.locator(".chat-log .say")).not_to_have_count(0)
    return page


def rings(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-rings", "1")


def test_what_a_customer_types_is_shown_to_the_agent_and_they_are_told(
    cast_now: Cast, host: Host, open_window: OpenWindow, settings: Settings
) -> None:
    settings.ANSWERABLE_CHAT_PREVIEW = True
    sell_chat(cast_now)
    panel = asked(host.window(cast_now.dana))
    desk = desk_of(open_window, cast_now, met_by(cast_now.ana))
    box = panel.get_by_label("Message", exact=True)
    expect(box).to_have_accessible_description(
        "Enter sends, Shift+Enter makes a line."
        " Our specialist sees what you type before you send it."
    )
    box.press_sequentially("The <b>export")
    expect(desk.locator(".chat-typing")).to_have_text("Dana writes: The <b>export")
    box.press("Enter")
    expect(desk.locator(".say").last).to_contain_text("The <b>export")
    expect(desk.locator(".chat-typing")).to_be_hidden()


def test_a_reply_rings_while_another_view_is_shown_or_the_panel_is_closed(
    cast_now: Cast, host: Host
) -> None:
    sell_chat(cast_now)
    page = host.window(cast_now.dana)
    page.add_init_script(RINGS)
    page.goto(f"{ORIGIN}/next")
    panel = asked(page)
    panel.get_by_role("button", name="Back").click()
    expect(panel.get_by_role("button", name="Email.")).to_be_visible()
    chat = met_by(cast_now.ana)
    expect(panel.locator(".chat-aside")).to_contain_text("Ana Silva joined")
    rings(page)
    page.goto(f"{ORIGIN}/")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    said_by(cast_now.ana, chat, "I can see the failed jobs")
    rings(page)
    expect(page.get_by_role("button", name="1 new")).to_be_visible()
    assert list(pages._open) == [chat.pk]
    opened(page)
    panel.get_by_role("button", name="Back to the chat").click()
    expect(panel.locator(".entry-body").last).to_have_text("I can see the failed jobs")
    expect(panel.locator(".chat-aside")).to_have_count(0)
