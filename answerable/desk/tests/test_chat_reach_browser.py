"""Chats for everybody: by rule (axe), in both themes, and on a window as narrow as a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from answerable.cast import Cast
from answerable.channels.chat import actions
from answerable.channels.chat.models import Chat
from answerable.desk.tests.chatting import asked, before, macro, says, taken
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets import actions as tickets

pytestmark = pytest.mark.browser
Step = Callable[[Page], None]


@pytest.fixture
def chat(cast_now: Cast) -> Chat:
    """A chat with lines of every kind, beside others and the line."""
    chat = taken(cast_now.dana, cast_now.ana, "Exports fail since this morning", ago=600)
    says(chat, cast_now.ana, "I look at it", ago=500)
    says(chat, cast_now.dana, "See https://status.nordwind.example/" + "long" * 20, ago=400)
    tickets.add_note(chat.ticket, agent=cast_now.ana, body="Ask Ben", at=before(300))
    actions.invite(
        chat, agent=cast_now.ana, colleague=cast_now.ben, sentence="Knows exports", at=before(9)
    )
    seq = says(chat, cast_now.dana, "Wrong window", ago=8)
    actions.unsay(chat, seq, writer=cast_now.dana, at=before(7))
    says(taken(cast_now.sam, cast_now.ana, ago=100), cast_now.ana, "Done", ago=90)
    asked(cast_now.olive, ago=60)
    macro(cast_now.lena, "Certificate expired", "Hello {person}, renew it.")
    return chat


def as_it_is(page: Page) -> None:
    expect(page.locator("#chat-text")).to_be_visible()


def answers(page: Page) -> None:
    page.locator("#chat-text").press_sequentially("/cert")
    expect(page.get_by_role("option")).to_be_visible()


def one_of_ours(page: Page) -> None:
    page.locator("#chat-text").fill("It is fixed")
    page.locator("#chat-text").press("Enter")
    expect(page.get_by_role("button", name="Edit")).to_be_visible()


def edited(page: Page) -> None:
    page.get_by_role("button", name="Edit").click()
    expect(page.locator(".say-edit")).to_be_focused()


def note(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.locator("#note-text")).to_be_focused()


def dialog(key: str) -> Step:
    def opened(page: Page) -> None:
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_be_visible()

    return opened


STEPS: dict[str, Step] = {
    "as it is": as_it_is,
    "answers": answers,
    "one of ours": one_of_ours,
    "edited": edited,
    "note": note,
    "hand on": dialog("a"),
    "bring in": dialog("b"),
    "end": dialog("e"),
}


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 768), ("light", 320)])
def test_d_30_a_chat_keeps_the_rules(
    cast_now: Cast, open_window: OpenWindow, chat: Chat, theme: str, width: int
) -> None:
    size = {"width": width, "height": 700}
    page = open_window(cast_now.ana, "/desk/chats/", color_scheme=theme, viewport=size)
    found = {"column": there} if (there := problems(page)) else {}
    for name, step in STEPS.items():
        page.goto(f"/desk/chats/{chat.key}/")
        expect(page.locator(".say--note")).to_be_attached()
        step(page)
        if there := problems(page):
            found[name] = there
    page.goto(f"/desk/tickets/{chat.ticket_id}/")
    expect(page.locator(".segment")).to_be_attached()
    if there := problems(page):
        found["timeline"] = there
    assert found == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_box_and_the_newest_line_are_in_sight(
    cast_now: Cast, open_window: OpenWindow, chat: Chat, width: int
) -> None:
    for number in range(40):
        says(chat, cast_now.dana, f"Line {number}")
    size = {"width": width, "height": 640}
    page = open_window(cast_now.ana, f"/desk/chats/{chat.key}/", viewport=size)
    expect(page.locator("#log").get_by_text("Line 39")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Send")).to_be_in_viewport()
    says(chat, cast_now.dana, "One more")
    expect(page.locator("#log").get_by_text("One more")).to_be_in_viewport()


def top_of(line: Locator) -> int:
    """Return how far a line is from the top of the window, in whole pixels."""
    box = line.bounding_box()
    assert box
    return round(box["y"])


def test_who_reads_above_is_not_moved_and_told(
    cast_now: Cast, open_window: OpenWindow, chat: Chat
) -> None:
    for number in range(40):
        says(chat, cast_now.dana, f"Line {number}")
    page = open_window(cast_now.ana, f"/desk/chats/{chat.key}/")
    above = page.locator("#log").get_by_text("Line 10", exact=True)
    above.scroll_into_view_if_needed()
    place = top_of(above)
    says(chat, cast_now.dana, "One more")
    button = page.get_by_role("button", name="1 new message ↓")
    expect(button).to_be_visible()
    assert top_of(above) == place
    button.click()
    expect(page.locator("#log").get_by_text("One more")).to_be_in_viewport()
