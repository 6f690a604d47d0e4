"""An agent's network is cut again and again, at random: nothing is missing, nothing double."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.channels.chat.models import Chat
from answerable.desk.tests.chatting import says, taken
from answerable.desk.tests.cutting import Wire
from answerable.tests.browser_fixtures import OpenWindow

pytestmark = pytest.mark.browser
CUTS = 40
SHOWN = "lines => lines.map(line => line.querySelector('.say-body').textContent)"
# A page that tries again at once: what is tested is what happens, not how long one waits.
IMPATIENT = """
const wait = window.setTimeout
window.setTimeout = (work, delay, ...more) => wait(work, Math.min(delay ?? 0, 60), ...more)
"""


@pytest.fixture
def wire(server_address: str) -> Iterator[Wire]:
    made = Wire(server_address)
    yield made
    made.close()


def opened(open_window: OpenWindow, cast: Cast, wire: Wire, chat: Chat) -> Page:
    page = open_window(cast.ana, "/desk/")
    page.add_init_script(IMPATIENT)
    page.goto(f"{wire.address}/desk/chats/{chat.key}/")
    expect(page.locator(".chat-log .say")).not_to_have_count(0)
    return page


def stored(chat: Chat) -> list[str]:
    rows = chat.entries.filter(kind="said").order_by("seq")
    return [body for body in rows.values_list("message__body", flat=True) if body]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_comes_back_to_the_same_conversation(
    cast_now: Cast, open_window: OpenWindow, wire: Wire, seed: int
) -> None:
    chance = random.Random(seed)
    chat = taken(cast_now.dana, cast_now.ana, "Line 0")
    page = opened(open_window, cast_now, wire, chat)
    box, own = page.locator("#chat-text"), 0
    for cut in range(CUTS):
        if chance.random() < 0.4:
            wire.cut()
        if chance.random() < 0.4:
            wire.lose()
        for number in range(chance.randrange(3)):
            says(chat, cast_now.dana, f"Hers {cut}.{number}")
        if chance.random() < 0.6:
            box.fill(f"Ours {cut}")
            box.press("Enter")
            own += 1
        if chance.random() < 0.3:
            wire.cut()
        wire.mend()
    expect(page.locator(".say--waiting")).to_have_count(0, timeout=30_000)
    expect(page.locator("[data-seq].say")).to_have_count(len(stored(chat)), timeout=30_000)
    assert page.locator("[data-seq].say").evaluate_all(SHOWN) == stored(chat)
    assert chat.entries.filter(kind="said", agent=cast_now.ana).count() == own
    assert wire.lost  # How many depends on what was on its way as they were made.


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
