"""Several chats at once in a browser: keys, drafts, the order of lines, and what others do."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.channels.chat import actions
from answerable.channels.chat.models import Chat
from answerable.channels.chat.wire import Typing, tell_typing
from answerable.desk.tests.chatting import asked, says, taken
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.waiting import wait_until

pytestmark = pytest.mark.browser
TEXTS = "lines => lines.map(line => line.querySelector('.say-body').textContent)"
# A stream that keeps entries until they are let go, the last one first.
DISORDERLY = """
const held = []
window.EventSource = class extends EventSource {
  addEventListener(type, work) {
    const hold = (event) => held.push(() => work(event))
    super.addEventListener(type, type === "entry" ? hold : work)
  }
}
window.heldCount = () => held.length
window.letGo = () => held.splice(0).reverse().forEach((work) => work())
"""


@pytest.fixture
def chat(cast_now: Cast) -> Chat:
    return taken(cast_now.dana, cast_now.ana, "Exports fail", ago=300)


def opened(open_window: OpenWindow, cast: Cast, chat: Chat, **options: object) -> Page:
    page = open_window(cast.ana, f"/desk/chats/{chat.key}/", **options)
    expect(page.locator(".chat-log .say")).not_to_have_count(0)
    return page


def heading(page: Page, name: str) -> None:
    expect(page.locator("#ticket-title")).to_contain_text(name)


def said(page: Page) -> list[str]:
    return list(page.locator(".say[data-seq]").evaluate_all(TEXTS))


def test_d_19_c_goes_by_who_waits_longest_and_each_chat_has_its_draft(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    second = taken(cast_now.sam, cast_now.ana, "Rename a field?", ago=200)
    third = taken(cast_now.olive, cast_now.ana, "Pages are slow", ago=100)
    page = open_window(cast_now.ana, "/desk/")
    page.keyboard.press("c")
    heading(page, "Dana Wolf")
    box = page.locator("#chat-text")
    box.press_sequentially("For Dana")
    page.keyboard.press("Escape")
    expect(page.locator("#log")).to_be_focused()
    page.keyboard.press("c")
    heading(page, "Sam Ortiz")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("For Sam")
    page.keyboard.press("Enter")
    expect(page.locator(".say[data-seq]").get_by_text("For Sam")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    heading(page, "Dana Wolf")
    expect(box).to_have_value("For Dana")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    heading(page, "Olive Grant")
    assert page.url.endswith(f"/desk/chats/{third.key}/")
    assert second.entries.filter(agent=cast_now.ana, kind="said").count() == 1


def test_d_19_enter_sends_nothing_while_an_input_method_composes(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    page = opened(open_window, cast_now, chat)
    box = page.locator("#chat-text")
    box.focus()
    devtools = page.context.new_cdp_session(page)
    compose = {"selectionStart": 2, "selectionEnd": 2, "text": "にほ"}
    devtools.send("Input.imeSetComposition", compose)
    enter = {
        "type": "rawKeyDown",
        "key": "Enter",
        "code": "Enter",
        "windowsVirtualKeyCode": 229,
    }
    devtools.send("Input.dispatchKeyEvent", enter)
    expect(box).to_have_value("にほ")
    devtools.send("Input.insertText", {"text": "日本"})
    expect(box).to_have_value("日本")
    box.press("Shift+Enter")
    expect(box).to_have_value("日本\n")
    assert page.locator(".say--waiting").count() == 0
    box.press("Enter")
    expect(page.locator(".say--ours")).to_contain_text("日本")


def test_d_29_lines_that_come_out_of_order_stand_in_order(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    page = open_window(cast_now.ana, "/desk/")
    page.add_init_script(DISORDERLY)
    page.goto(f"/desk/chats/{chat.key}/")
    expect(page.locator(".chat-log .say")).to_have_count(1)
    first = says(chat, cast_now.dana, "One")
    for body in ("Two", "Three"):
        says(chat, cast_now.dana, body)
    actions.edit(chat, first, "First", writer=cast_now.dana, at=timezone.now())
    wait_until(page, "heldCount() === 4")
    page.evaluate("letGo()")
    expect(page.locator(".say[data-seq]")).to_have_count(4)
    assert said(page) == ["Exports fail", "First", "Two", "Three"]


def test_d_21_what_was_typed_when_it_ended_is_in_the_reply_box(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    page = opened(open_window, cast_now, chat)
    page.locator("#chat-text").press_sequentially("Half a sentence")
    expect(page.locator("#chat-box .composer-saved")).to_contain_text("saved")
    actions.end_chat(chat, Chat.End.CONTACT, at=timezone.now())
    expect(page.locator("#chat-text")).to_be_hidden()
    page.get_by_role("link", name=f"Write a reply on #{chat.ticket_id}").click()
    expect(page.locator("#reply-text")).to_have_value("Half a sentence")


def test_a_customers_typing_shows_and_a_note_of_ours_is_no_typing(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    page = opened(open_window, cast_now, chat)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url))
    says(chat, cast_now.dana, "Wait")
    expect(page.locator(".say--theirs").last).to_contain_text("Wait")  # The stream is there.
    tell_typing(chat, Typing(side="contact", name="Dana Wolf"))
    expect(page.locator(".chat-typing")).to_have_text("Dana is typing")
    page.keyboard.press("n")
    page.keyboard.type("Ask Ben about it")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".say--note")).to_contain_text("Ask Ben about it")
    assert not [url for url in posts if "/typing/" in url]
    page.locator("#chat-text").press_sequentially("Hello")
    expect(page.locator("#chat-box .composer-saved")).to_contain_text("saved")
    assert len([url for url in posts if "/typing/" in url]) == 1


def test_seen_and_new_lines_show_at_once(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    page = opened(open_window, cast_now, chat)
    seq = says(chat, cast_now.ana, "I look at it")
    expect(page.locator(".say-seen")).to_have_text("Sent")
    actions.see(chat, Chat.Side.CONTACT, seq, at=timezone.now())
    expect(page.locator(".say-seen")).to_have_text(re.compile(r"Seen \d\d:\d\d"))
    says(chat, cast_now.dana, "See https://status.nordwind.example/1")
    link = page.locator(".say--theirs").get_by_role("link")
    expect(link).to_have_attribute("href", "https://status.nordwind.example/1")


def test_a_chat_from_the_line_is_taken_with_a_key(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    chat = asked(cast_now.dana, ago=30)
    page = opened(open_window, cast_now, chat)
    expect(page.locator("#chat-text")).to_be_hidden()
    page.keyboard.press("t")
    expect(page.locator("#chat-text")).to_be_visible()
    expect(page.locator(".chats-mine")).to_contain_text("Dana Wolf")
    chat.refresh_from_db()
    assert chat.agent == cast_now.ana


def test_the_rail_counts_who_waits_on_every_page(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    says(chat, cast_now.ana, "I look at it", ago=9)
    page = open_window(cast_now.ana, "/desk/")
    expect(page.get_by_role("link", name="Chats", exact=True)).to_be_visible()
    says(chat, cast_now.dana, "Any news?")
    expect(page.get_by_role("link", name="Chats: 1 waits for you")).to_be_visible()


def test_a_customer_cannot_listen_as_an_agent(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    page = open_window(cast_now.dana, "/requests/")
    address = f"/desk/chats/{chat.key}/stream/"
    ask = "address => fetch(address).then(answer => answer.status)"
    assert page.evaluate(ask, address) == 404
    page.context.clear_cookies()
    assert page.evaluate(ask, address) == 404
