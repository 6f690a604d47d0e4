"""A chat between two browsers, whose lines are cut a hundred times, is the same on both sides
(ux.md 5.7)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from answerable.cast import Cast
from answerable.channels.chat.models import Chat
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.cutting import Wire
from answerable.widget.tests.chatting import asked, met_by, sell_chat
from answerable.widget.tests.hosting import ORIGIN, Host, registered

pytestmark = pytest.mark.browser
ROUNDS = 50  # in each both lines are cut
# A line and its answer are some 3,000 bytes: a cut falls before, into or after either.
MOST_BYTES = 2_500
PATIENCE = 60
# Pages that try again at once: what is tested is what happens, not how long one waits for it.
IMPATIENT = """
const wait = self.setTimeout
const short = (delay = 0) => (delay > 5000 ? delay : Math.min(delay, 50))
self.setTimeout = (work, delay, ...more) => wait(work, short(delay), ...more)
"""
DESK_SAID = "lines => lines.map(line => line.querySelector('.say-body').textContent)"


@pytest.fixture
def wires(server_address: str) -> Iterator[list[Wire]]:
    """The lines of the customer and of the agent, which the test cuts."""
    lines = [Wire(urlsplit(server_address).port or 0) for _ in range(2)]
    yield lines
    for line in lines:
        line.close()


@pytest.fixture
def cut_host(chromium: Browser, wires: list[Wire], cast_now: Cast) -> Iterator[Host]:
    """The vendor's page, which reaches us by the customer's line."""
    registered(cast_now)
    opened = Host(chromium, wires[0].address)
    yield opened
    opened.close()


def panel_of(host: Host, cast: Cast) -> Locator:
    page = host.window(cast.dana)
    page.add_init_script(IMPATIENT)
    page.goto(f"{ORIGIN}/next")
    return asked(page)


def desk_of(open_window: OpenWindow, cast: Cast, wire: Wire, chat: Chat) -> Page:
    page = open_window(cast.ana, "/desk/")
    page.add_init_script(IMPATIENT)
    page.goto(f"{wire.address}/desk/chats/{chat.key}/")
    expect(page.locator(".chat-log .say")).not_to_have_count(0)
    return page


def stored() -> list[str]:
    rows = Chat.objects.get().entries.filter(kind="said").order_by("seq")
    return list(rows.values_list("message__body", flat=True))


def test_both_sides_show_what_is_stored_after_a_hundred_cuts(
    cast_now: Cast, cut_host: Host, wires: list[Wire], open_window: OpenWindow
) -> None:
    sell_chat(cast_now)
    panel = panel_of(cut_host, cast_now)
    chat, chance = met_by(cast_now.ana), random.Random(7)
    desk = desk_of(open_window, cast_now, wires[1], chat)
    boxes = {"customer": panel.get_by_label("Message"), "agent": desk.locator("#chat-text")}
    for number in range(ROUNDS):
        for wire in wires:
            wire.cut_after(chance.randrange(1, MOST_BYTES))
        for name in chance.sample(sorted(boxes), 2):
            boxes[name].fill(f"{name} {number}")
            boxes[name].press("Enter")
        assert all(wire.was_cut.wait(timeout=PATIENCE) for wire in wires)
    expect(panel.locator(".entry--waiting")).to_have_count(0, timeout=60_000)
    expect(desk.locator(".say--waiting")).to_have_count(0, timeout=60_000)
    texts = panel.locator(".chat-log .entry-body")
    expect(texts).to_have_count(2 * ROUNDS + 1, timeout=60_000)
    expect(desk.locator(".say[data-seq]")).to_have_count(2 * ROUNDS + 1, timeout=60_000)
    said = stored()
    assert texts.all_text_contents() == said
    assert desk.locator(".say[data-seq]").evaluate_all(DESK_SAID) == said
    for name in boxes:
        own = [one for one in said if one.startswith(name)]
        assert own == [f"{name} {number}" for number in range(ROUNDS)]
    assert [wire.cuts for wire in wires] == [ROUNDS, ROUNDS]
