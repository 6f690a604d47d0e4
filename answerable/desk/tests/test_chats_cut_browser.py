"""An agent's network is cut, and their page ends meanwhile: what they wrote is there once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.channels.chat.models import Chat
from answerable.desk.tests.chatting import taken
from answerable.desk.tests.cutting import Wire
from answerable.tests.browser_fixtures import OpenWindow

pytestmark = pytest.mark.browser


@pytest.fixture
def wire(server_address: str) -> Iterator[Wire]:
    made = Wire(server_address)
    yield made
    made.close()


def opened(open_window: OpenWindow, cast: Cast, wire: Wire, chat: Chat) -> Page:
    page = open_window(cast.ana, "/desk/")
    page.goto(f"{wire.address}/desk/chats/{chat.key}/")
    expect(page.locator(".chat-log .say")).not_to_have_count(0)
    return page


def stored(chat: Chat) -> list[str]:
    rows = chat.entries.filter(kind="said").order_by("seq")
    return [body for body in rows.values_list("message__body", flat=True) if body]


def test_what_was_on_its_way_survives_the_end_of_its_page(
    cast_now: Cast, open_window: OpenWindow, wire: Wire
) -> None:
    chat = taken(cast_now.dana, cast_now.ana)
    page = opened(open_window, cast_now, wire, chat)
    wire.cut()
    page.locator("#chat-text").fill("It is fixed.")
    page.locator("#chat-text").press("Enter")
    expect(page.locator(".say--waiting")).to_contain_text("It is fixed.")
    wire.mend()
    page.goto("about:blank")
    page.goto(f"{wire.address}/desk/chats/{chat.key}/")
    expect(page.locator("[data-seq]").get_by_text("It is fixed.")).to_be_visible()
    expect(page.locator(".say--waiting")).to_have_count(0)
    assert stored(chat).count("It is fixed.") == 1
