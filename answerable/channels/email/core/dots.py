"""The text of a mail as SMTP sends it: its end, and the dots that are added to lines. Pure.

It ends at CR LF . CR LF and at nothing else (RFC 5321, 4.1.1.4). Servers that also take a bare
line feed for a line's end can be made to see two mails where the sender sent one (“SMTP
smuggling”, 2023); here a bare one is a letter like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

END = b"\r\n.\r\n"
DOTTED = b"\r\n."
LINE_END = b"\r\n"
FIRST_DOT = re.compile(rb"(?<=\n)\.")


class Dots:
    """Takes what is sent after DATA in pieces of any length, and gives the text in pieces."""

    def __init__(self) -> None:
        self._held = LINE_END  # a line begins; what was not sent is not given either
        self._unsent = len(LINE_END)
        self.is_over = False
        self.rest = b""  # what came after the end: the sender's next commands

    def feed(self, piece: bytes) -> bytes:
        """Return the text that is certain by now. Not to be called once it is over."""
        whole = self._held + piece
        end = whole.find(END)
        if end >= 0:
            self.is_over = True
            self.rest = whole[end + len(END) :]
            return self._text(whole[: end + len(LINE_END)])
        # Only a carriage return among the last four may begin an end that goes on later.
        kept = whole.find(b"\r", max(len(whole) - len(END) + 1, 0))
        kept = len(whole) if kept < 0 else kept
        self._held = whole[kept:]
        return self._text(whole[:kept])

    def _text(self, sent: bytes) -> bytes:
        text = sent.replace(DOTTED, LINE_END)
        unsent, self._unsent = min(self._unsent, len(text)), 0 if text else self._unsent
        return text[unsent:]


def dotted(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give a text that comes in pieces as it is sent after DATA, with its end."""
    last = LINE_END
    for piece in pieces:
        yield FIRST_DOT.sub(b"..", last[-1:] + piece)[1:]
        last = (last + piece[-2:])[-2:]
    yield END if last != LINE_END else END.removeprefix(LINE_END)
