"""The box of a chat in a browser: edits, macros, and lines that were not taken."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.channels.chat.models import Chat
from answerable.desk.tests.chatting import before, macro, says, taken
from answerable.tests.browser_fixtures import OpenWindow

pytestmark = pytest.mark.browser


@pytest.fixture
def chat(cast_now: Cast) -> Chat:
    return taken(cast_now.dana, cast_now.ana, "Exports fail", ago=300)


def opened(open_window: OpenWindow, cast: Cast, chat: Chat) -> Page:
    page = open_window(cast.ana, f"/desk/chats/{chat.key}/")
    expect(page.locator(".chat-log .say")).not_to_have_count(0)
    return page


def test_a_line_is_edited_and_taken_back_by_keys(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    says(chat, cast_now.ana, "I look at it", ago=90)
    page = opened(open_window, cast_now, chat)
    box = page.locator("#chat-text")
    box.fill("Which exprots?")
    box.press("Enter")
    line = page.locator(".say[data-seq]").last
    expect(line.get_by_role("button", name="Edit")).to_be_visible()
    box.press("ArrowUp")
    expect(page.locator(".say-edit")).to_be_focused()
    page.locator(".say-edit").fill("Which exports?")
    page.keyboard.press("Enter")
    expect(line).to_contain_text("Which exports?")
    expect(line).to_contain_text("edited")
    expect(box).to_be_focused()
    expect(line.get_by_role("button", name="Delete")).to_be_visible()
    line.get_by_role("button", name="Delete").press("Enter")
    expect(line).to_contain_text("Deleted")
    expect(page.get_by_role("button", name="Edit")).to_have_count(0)


def test_a_macro_comes_in_at_the_caret(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    macro(cast_now.lena, "Certificate expired", "Hello {person}, renew it by {time}.")
    macro(cast_now.lena, "Reset", "Press reset.")
    page = opened(open_window, cast_now, chat)
    box = page.locator("#chat-text")
    box.fill("Before  after")
    box.evaluate("box => box.setSelectionRange(7, 7)")
    page.keyboard.type("/cert")
    expect(page.get_by_role("option")).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == "chat-macros-0"
    page.keyboard.press("Enter")
    expect(box).to_have_value("Before Hello Dana, renew it by {time}. after")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("#chat-problem")).to_contain_text("Fill in {time}")
    assert chat.entries.filter(agent=cast_now.ana, kind="said").count() == 0
    page.keyboard.press("Enter")
    expect(page.locator(".say--ours")).to_contain_text("renew it by {time}.")


def test_escape_closes_the_list_of_macros_and_the_slash_stays(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    macro(cast_now.lena, "Reset", "Press reset.")
    page = opened(open_window, cast_now, chat)
    page.locator("#chat-text").press_sequentially("/res")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(".say--ours")).to_contain_text("/res")


def test_a_line_that_was_refused_can_be_put_back(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    page = opened(open_window, cast_now, chat)
    page.route(
        "**/say/",
        lambda route: route.fulfill(status=409, body="Not now.", content_type="text/plain"),
    )
    page.locator("#chat-text").fill("It is fixed")
    page.locator("#chat-text").press("Enter")
    expect(page.locator(".say--waiting")).to_contain_text("Not now.")
    page.get_by_role("button", name="Back into the box").click()
    expect(page.locator("#chat-text")).to_have_value("It is fixed")
    expect(page.locator(".say--waiting")).to_have_count(0)


def test_of_a_silence_the_agent_hears_first(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    says(chat, cast_now.ana, "Does it work again?", ago=299)
    Chat.objects.filter(pk=chat.pk).update(turn_since=before(3600))
    page = opened(open_window, cast_now, chat)
    page.get_by_role("button", name="Are you still there, Dana?").click()
    expect(page.locator("#chat-text")).to_have_value("Are you still there, Dana?")
    expect(page.locator(".chat-suggest")).to_be_hidden()
