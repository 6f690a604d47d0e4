"""A chat whose line is cut a hundred times is the same on both sides (ux.md 5.7)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from answerable.cast import Cast
from answerable.channels.chat.models import Chat
from answerable.channels.chat.queries import entries_after
from answerable.tests.cutting import Wire
from answerable.widget.tests.chatting import asked, log_of, met_by, said_by, sell_chat
from answerable.widget.tests.hosting import Host, registered

pytestmark = pytest.mark.browser

CUTS = 100
# A line and its answer are some 3,000 bytes: a cut falls before, into or after either.
MOST_BYTES = 2_500


@pytest.fixture
def wire(server_address: str) -> Iterator[Wire]:
    """A line to our server that the test cuts."""
    line = Wire(urlsplit(server_address).port or 0)
    yield line
    line.close()


@pytest.fixture
def cut_host(chromium: Browser, wire: Wire, cast_now: Cast) -> Iterator[Host]:
    """The vendor's page, which reaches us by that line."""
    registered(cast_now)
    opened = Host(chromium, wire.address)
    yield opened
    opened.close()


def test_nothing_is_lost_or_doubled_by_a_hundred_cuts(
    cast_now: Cast, cut_host: Host, wire: Wire
) -> None:
    sell_chat(cast_now)
    page = cut_host.window(cast_now.dana)
    panel = asked(page)
    chat = met_by(cast_now.ana)
    box, chance = panel.get_by_label("Message"), random.Random(7)
    for number in range(CUTS):
        wire.cut_after(chance.randrange(1, MOST_BYTES))
        box.fill(f"customer {number}")
        box.press("Enter")
        said_by(cast_now.ana, chat, f"agent {number}")
        assert wire.was_cut.wait(timeout=30)
    expect(log_of(panel).locator(".entry--waiting")).to_have_count(0, timeout=60_000)
    texts = log_of(panel).locator(".entry-body")
    expect(texts).to_have_count(2 * CUTS + 1, timeout=60_000)
    said = [one.message.body for one in entries_after(Chat.objects.get(), 0) if one.message]
    assert texts.all_text_contents() == said
    assert [one for one in said if one.startswith("customer")] == [
        f"customer {number}" for number in range(CUTS)
    ]
    assert wire.cuts == CUTS
