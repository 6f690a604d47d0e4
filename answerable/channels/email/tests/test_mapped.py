"""What is large lies in a file, and is read there as if it were in memory."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core import mapped
from answerable.channels.email.core.mapped import (
    LARGE,
    Mapped,
    beginning,
    find,
    gathered,
    pieces_of,
)

LINE = b"Exports fail.\r\n"
MANY = LINE * (LARGE // len(LINE) * 3)


def test_few_bytes_stay_in_memory() -> None:
    assert gathered([]) == b""
    assert gathered([b"one ", b"two"]) == b"one two"


def test_many_bytes_lie_in_a_file() -> None:
    raw = gathered(pieces_of(MANY))
    assert isinstance(raw, Mapped)
    assert (len(raw), raw[:7], raw[1:].count(b"\r")) == (
        len(MANY),
        b"Exports",
        MANY.count(b"\r"),
    )
    assert b"".join(pieces_of(raw)) == MANY
    assert b"".join(pieces_of(memoryview(raw)[9:-9])) == MANY[9:-9]


def test_a_file_is_gone_with_its_bytes() -> None:
    raw = gathered([MANY])
    assert isinstance(raw, Mapped)
    handle = raw.handle
    os.fstat(handle)
    del raw
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(handle)


def test_the_beginning_ends_with_a_line() -> None:
    assert beginning([LINE, LINE], 100) == LINE * 2
    assert beginning([LINE, LINE, LINE], 40) == LINE * 2
    assert beginning([b"x" * 50], 40) == b"x" * 40


@given(st.text("ab", max_size=60), st.text("ab", min_size=1, max_size=5), st.data())
def test_a_mark_is_found_wherever_it_stands(text: str, mark: str, data: st.DataObject) -> None:
    raw, wanted = b"c" + text.encode(), mark.encode()
    begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
    with pytest.MonkeyPatch.context() as small:
        small.setattr(mapped, "WINDOW", 7)
        small.setattr(mapped, "LARGE", 0)
        lying = gathered([raw])
        assert isinstance(lying, Mapped)
        assert find(lying, wanted, begin, end) == raw.find(wanted, begin, end)
