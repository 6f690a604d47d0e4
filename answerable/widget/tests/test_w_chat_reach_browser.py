"""A chat in the panel is for everybody: readers of screens, small screens (ux.md 5.11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.timezone import now
from playwright.sync_api import Locator, Page, expect

from answerable.cast import Cast
from answerable.channels.chat.actions import end_chat
from answerable.channels.chat.models import Chat
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.widget.tests.chatting import asked, log_of, met_by, said_by, sell_chat
from answerable.widget.tests.hosting import Host
from answerable.widget.tests.test_w_reach_browser import SNAPSHOTS, steady

pytestmark = pytest.mark.browser

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
}


def states(cast: Cast, page: Page) -> Iterator[tuple[str, Locator]]:
    """Yield each state of a chat in the panel, one after another."""
    panel = asked(page)
    expect(panel.locator(".chat-stands")).to_contain_text("You are number 1.")
    yield "w6-chat-waiting", panel
    chat = met_by(cast.ana)
    said_by(cast.ana, chat, "I can see the failed jobs")
    expect(log_of(panel)).to_contain_text("I can see the failed jobs")
    yield "w6-chat-talking", panel
    end_chat(chat, Chat.End.AGENT, agent=cast.ana, at=now())
    expect(panel.get_by_label("After the chat")).to_be_visible()
    yield "w6-chat-over", panel


def test_w_18_a_screen_reader_reads_each_state_of_a_chat(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    new = []
    for name, panel in states(cast_now, host.window(cast_now.dana)):
        file = SNAPSHOTS / f"{name}.yaml"
        said = steady(panel.aria_snapshot()) + "\n"
        if not file.exists():
            file.write_text(said)
            new.append(name)
        assert said == file.read_text(), name
    assert not new, "Look at what is new, and run this again."


@pytest.mark.parametrize("look", LOOKS)
def test_w_18_nothing_of_a_chat_stands_in_the_way(
    look: str, cast_now: Cast, host: Host
) -> None:
    sell_chat(cast_now)
    page = host.window(cast_now.dana, **LOOKS[look])
    for name, _panel in states(cast_now, page):
        assert problems(page) == [], name


def test_w_19_beside_a_keyboard_on_the_screen_one_can_send(cast_now: Cast, host: Host) -> None:
    sell_chat(cast_now)
    page = host.window(cast_now.dana, viewport={"width": 320, "height": 640})
    panel = asked(page)
    panel.get_by_label("Message").focus()
    page.set_viewport_size({"width": 320, "height": 340})
    expect(panel.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)
    expect(panel.get_by_label("Message")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_chat_on_our_own_page_is_for_everybody(
    width: int, cast_now: Cast, open_window: OpenWindow
) -> None:
    sell_chat(cast_now)
    page = open_window(
        cast_now.dana, "/contact/chat/", viewport={"width": width, "height": 800}
    )
    page.get_by_label("What can we help with?").fill("Exports fail")
    assert problems(page) == []
    page.get_by_role("button", name="Start chat").click()
    log = page.get_by_role("log", name="Conversation")
    expect(log).to_contain_text("Exports fail")
    chat = met_by(cast_now.ana)
    said_by(cast_now.ana, chat, "I look at it")
    expect(log).to_contain_text("I look at it")
    assert problems(page) == []
    page.get_by_role("button", name="End chat").click()
    expect(page.get_by_label("After the chat")).to_be_focused()
    assert problems(page) == []
