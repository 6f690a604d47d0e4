"""The work on a mail grows with its length and no faster, whatever somebody writes into it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from answerable.channels.email.core.forward import forwarded_in
from answerable.channels.email.core.quote import split_reply
from answerable.channels.email.core.quote_html import split_html

TEXTS = [
    "\n", ">\n", "> x\n", ">\n<\n", "x:\n", "wrote:\n", "On 1 wrote\n", "--\n", "-- \n",
    "-Ana\n\n",
    "On 1.1.2020 at 10:00 Ana Wolf and others of her team <\n", "On 1.1.2020 a@b wrote:\n",
    "From: a\n", "From: a\n\n", "From: a@b\nDate: 1\n", "To: a,\n", "Subject: x\ny\n",
    "________\n", "Sent from my iPhone\n", "This e-mail is\n\n",
    "---- Forwarded message ----\n",
    "> On 1.1.2020 a@b wrote:\n", "1.1.2020 <\n\n<", "https://x >\n> y\n",
]  # fmt: skip
LONG_LINES = [
    "a ",
    "(",
    "<",
    ">",
    "_",
    "*",
    "a@",
    "On 1.1.2020 ",
    "From: To: Cc: ",
    "wrote: ",
    "é",
]
HTML = [
    "<p>x", "<p>x</p>", "<div>", "<br>", "<hr>", "<li>", "<td>x", "</div>", "<pre>\n", "&nbsp;",
    "<blockquote>x", "<blockquote type=cite>x", "<blockquote class=gmail_quote>x</blockquote>",
    "<div class=gmail_quote>", "<div class=gmail_quote>x<blockquote>y</blockquote>",
    "<div class=signature>x", "<div class=gmail_attr>x", "<a href=http://x>y", "<img>",
    "<", "<!--", "<a ", '<a b="', "<a b='>", "<script>", "</", "<?", "<style>x</",
]  # fmt: skip


def steps(read: Callable[[str], object], text: str) -> int:
    """How many lines of Python run."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(text)
    finally:
        sys.settrace(before)
    return count


def grows_evenly(read: Callable[[str], object], unit: str, length: int) -> None:
    once = steps(read, unit * (length // len(unit)))
    four_times = steps(read, unit * (4 * length // len(unit)))
    assert four_times <= 4.6 * once + 500


@pytest.mark.parametrize("unit", TEXTS)
def test_it_reads_texts_evenly(unit: str) -> None:
    grows_evenly(split_reply, unit, 600)
    grows_evenly(lambda text: forwarded_in(None, text), unit, 600)
    grows_evenly(lambda text: forwarded_in("Fwd: x", text), unit, 600)


@pytest.mark.parametrize("unit", HTML)
def test_it_reads_html_evenly(unit: str) -> None:
    grows_evenly(split_html, unit, 600)
    grows_evenly(split_html, unit + ">", 600)


@pytest.mark.parametrize("unit", LONG_LINES)
def test_it_looks_at_the_beginning_of_a_long_line_only(unit: str) -> None:
    for read in (split_reply, lambda text: forwarded_in(None, text)):
        assert steps(read, unit * 2000) <= 1.2 * steps(read, unit * 8000) + 100
        assert steps(read, unit * 8000) <= 1.2 * steps(read, unit * 2000) + 100
        read(unit * 500_000)


@pytest.mark.parametrize("unit", ["--\n", "> x\n", "On 1.1.2020 a@b wrote:\n", "From: a\n\n"])
def test_it_reads_a_megabyte(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    split = split_reply(text)
    assert len(split.new) + len(split.quoted) + len(split.signature) > 900_000
