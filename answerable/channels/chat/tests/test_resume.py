"""Whatever is cut, and however often it is read: both sides have the same, once, in order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.hub import ChatHub, Listener, Lost
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.reading import News
from answerable.channels.chat.streaming import Telling

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
SIDES = ("agent", "contact")

acts = st.one_of(
    st.tuples(st.just("say"), st.integers(1, 3)),
    # A read may be of an older number than a page has, and may have begun before newer lines.
    st.tuples(st.just("read"), st.tuples(st.integers(0, 30), st.integers(0, 3))),
    st.tuples(st.just("hear"), st.sampled_from(SIDES)),
    st.tuples(st.just("cut"), st.sampled_from(SIDES)),
)


@dataclass
class Seen:
    """A page of a side: what it shows, and its stream; a cut loses what was on its way."""

    side: str
    hub: ChatHub
    numbers: list[int] = field(default_factory=list)
    listener: Listener = field(init=False)
    telling: Telling = field(init=False)
    after: int = 0

    def __post_init__(self) -> None:
        self.come()

    def come(self) -> None:
        """Open a stream from the last number that the page shows."""
        self.after = self.numbers[-1] if self.numbers else 0
        self.listener = Listener(1, self.after)
        self.telling = Telling(self.side, None)
        self.hub._open.setdefault(1, set()).add(self.listener)

    def cut(self) -> None:
        """Lose the stream with what it has not told, and come back."""
        self.hub._open[1].discard(self.listener)
        self.come()

    def hear(self) -> None:
        """Show all that the stream tells by now."""
        while not self.listener.queue.empty():
            heard = self.listener.queue.get_nowait()
            if isinstance(heard, Lost):
                self.cut()
                return
            for event, reached in self.telling.events(heard, self.after):
                self.after = reached
                if event.startswith("id: "):
                    data = json.loads(event.partition("data: ")[2])
                    self.numbers.append(data["seq"])


class Room:
    """A chat as it is stored, the hub of a process, and a page of each side."""

    def __init__(self) -> None:
        self.chat = Chat(pk=1, contact=Contact(name="Dana"), turn_since=AT)
        self.entries: list[ChatEntry] = []
        self.hub = ChatHub()
        self.pages = {side: Seen(side, self.hub) for side in SIDES}

    def say(self, count: int) -> None:
        for _ in range(count):
            seq = len(self.entries) + 1
            agent = Agent(pk=1, name="Ana")
            self.entries.append(
                ChatEntry(chat=self.chat, seq=seq, kind="left", at=AT, agent=agent)
            )
        self.chat.last_seq = len(self.entries)

    def read(self, after: int, missing: int = 0) -> None:
        """Read what comes after a number, as it stood some lines ago."""
        there = self.entries[: max(len(self.entries) - missing, 0)]
        found = [entry for entry in there if entry.seq > after]
        self.hub._give(News(self.chat, after, found, {}, rest=False))

    def settle(self) -> None:
        """Read for all pages what they lack, as the hub does in the end, and let them hear."""
        for _ in range(2):
            self.read(min(one.after for one in self.hub._open[1]))
            for page in self.pages.values():
                page.hear()


@given(st.lists(acts, max_size=60))
def test_after_any_cuts_and_reads_both_sides_have_the_same(
    script: list[tuple[str, object]],
) -> None:
    room = Room()
    for act, what in script:
        match act, what:
            case "say", int(count):
                room.say(count)
            case "read", (int(after), int(missing)):
                room.read(min(after, len(room.entries)), missing)
            case "hear", str(side):
                room.pages[side].hear()
            case "cut", str(side):
                room.pages[side].cut()
        for page in room.pages.values():
            assert page.numbers == list(range(1, len(page.numbers) + 1))
    room.settle()
    whole = list(range(1, len(room.entries) + 1))
    assert [page.numbers for page in room.pages.values()] == [whole, whole]


def test_a_page_that_hears_too_little_comes_back_for_the_rest() -> None:
    room = Room()
    for _ in range(500):
        room.say(1)
        room.read(len(room.entries) - 1)
    room.settle()
    assert room.pages["agent"].numbers == list(range(1, 501))
