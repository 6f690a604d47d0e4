"""A line of Markdown as marked words, and back: what is not translated stands in marks.

`a [link](b) with `code`` becomes `a <g id="1">link</g> with <x id="2">code</x>`, as both
DeepL (tag handling) and LibreTranslate (format html) take it. What comes back is believed only
when each mark is there once and they stand one in another as they should. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

CODE = r"(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:.+?)(?<!`)(?P=ticks)(?!`))"
TARGET = r"\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)"
LINK_END = rf"(?P<end>\](?:{TARGET}(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)|\[[^\]\n]*\]))"
OPAQUE = (
    r"(?P<opaque><[A-Za-z/!][^<>]*>"  # an address in brackets, or HTML
    r"|\{[^{}\n]{1,80}\}"  # {promise table}
    r"|https?://[^\s<>)\]]+"
    r"|\[\^[^\]\s]+\]"
    r"|&(?:#\d+|#x[0-9a-f]+|[a-z]+);"
    r"|\\[!-/:-@\[-`{-~])"
)
OPENING = r"(?P<open>!?\[)"
STRONG = r"(?P<strong>\*\*|__)"
PIECE = re.compile(rf"{CODE}|{OPAQUE}|{LINK_END}|{OPENING}|{STRONG}", re.IGNORECASE)
MARK = re.compile(r"<(/?)([xg])\b([^<>]*?)(/?)>", re.IGNORECASE)
IDENT = re.compile(r"\bid\s*=\s*[\"']?(\d+)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line as marked words. `opens` and `closes` are the Markdown that a mark stands for."""

    words: str
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    inner: tuple[str | None, ...]  # what stays as it is inside a mark, None where words stand

    @property
    def has_words(self) -> bool:
        """Whether there is anything to translate."""
        return any(re.search(r"[^\W\d_]", run) for run in runs(self.words))

    def restored(self, words: str) -> str | None:
        """Return translated words as Markdown; None when their marks are not the line's."""
        tokens = list(_tokens(words))
        if not self._fits(tokens):
            return None
        out, skipping = [], 0
        for token in tokens:
            if isinstance(token, str):
                out.append("" if skipping else _plain(token))
                continue
            number, is_end = token
            inner = self.inner[number - 1]
            if is_end:
                skipping = 0 if skipping == number else skipping
                out.append(self.closes[number - 1])
            else:
                out.append(self.opens[number - 1] + (inner or ""))
                skipping = number if inner is not None else skipping
        return "".join(out)

    def _fits(self, tokens: Sequence[str | tuple[int, bool]]) -> bool:
        """Say whether each mark begins and ends once, and ends within what it began in."""
        open_now: list[int] = []
        begun: list[int] = []
        for token in tokens:
            if isinstance(token, str):
                continue
            number, is_end = token
            if not 0 < number <= len(self.opens):
                return False
            if not is_end:
                if open_now and self.inner[open_now[-1] - 1] is not None:
                    return False
                open_now.append(number)
                begun.append(number)
            elif not open_now or open_now.pop() != number:
                return False
        return not open_now and sorted(begun) == list(range(1, len(self.opens) + 1))


def marked(line: str, kept: Sequence[str] = ()) -> Marked:
    """Return a line as marked words. The words of `kept` stay as they are, too."""
    making = _Making(kept)
    making.take(line)
    return making.done()


def runs(words: str) -> list[str]:
    """Return what stands between the marks, and outside of those that stay as they are."""
    out, hidden = [], 0
    for part in re.split(r"(<[^<>]*>)", words):
        mark = MARK.fullmatch(part)
        if mark is None:
            out.append("" if hidden else part)
        elif mark[2].lower() == "x":
            hidden = 0 if mark[1] else 1
    return [unescape(run) for run in out if run.strip()]


def by_runs(words: str) -> list[str]:
    """Return marked words cut at their marks: what is at odd places is a mark, or stays."""
    return re.split(r"(<x\b[^<>]*>[^<>]*</x>|</?g\b[^<>]*>)", words)


class _Making:
    """Puts marks around what is not to be translated, from left to right."""

    def __init__(self, kept: Sequence[str]) -> None:
        self.out: list[str] = []
        self.opens: list[str] = []
        self.closes: list[str] = []
        self.inner: list[str | None] = []
        self.open_now: list[tuple[str, int, int]] = []  # what opened, its mark, its place
        longest_first = sorted(filter(None, kept), key=len, reverse=True)
        choice = "|".join(map(re.escape, longest_first))
        self.kept = re.compile(rf"(?<!\w)(?:{choice})(?!\w)") if choice else None

    def take(self, line: str) -> None:
        at = 0
        for found in PIECE.finditer(line):
            self._words(line[at : found.start()])
            self._piece(found)
            at = found.end()
        self._words(line[at:])

    def done(self) -> Marked:
        for opened, _number, place in self.open_now:
            self.out[place] = escape(opened, quote=False)
        closed = {number for _opened, number, _place in self.open_now}
        return _renumbered(
            Marked("".join(self.out), tuple(self.opens), tuple(self.closes), tuple(self.inner)),
            closed,
        )

    def _words(self, words: str) -> None:
        at = 0
        for found in self.kept.finditer(words) if self.kept else ():
            self.out.append(escape(words[at : found.start()], quote=False))
            self._stays(found.group())
            at = found.end()
        self.out.append(escape(words[at:], quote=False))

    def _piece(self, found: re.Match[str]) -> None:
        text = found.group()
        if found["open"]:
            self._opens(text)
        elif found["end"]:
            self._ends("[", text)
        elif found["strong"]:
            is_open = any(opened == text for opened, *_rest in self.open_now)
            self._ends(text, text) if is_open else self._opens(text)
        else:
            self._stays(text)

    def _stays(self, text: str) -> None:
        self.opens.append("")
        self.closes.append("")
        self.inner.append(text)
        self.out.append(f'<x id="{len(self.opens)}">{escape(text, quote=False)}</x>')

    def _opens(self, text: str) -> None:
        self.opens.append(text)
        self.closes.append("")
        self.inner.append(None)
        self.open_now.append((text, len(self.opens), len(self.out)))
        self.out.append(f'<g id="{len(self.opens)}">')

    def _ends(self, opened: str, text: str) -> None:
        """End the mark that was opened last, if it was opened so; else these are words."""
        if not self.open_now or self.open_now[-1][0].removeprefix("!") != opened:
            self._stays(text)
            return
        _opened, number, _place = self.open_now.pop()
        self.closes[number - 1] = text
        self.out.append("</g>")


def _renumbered(made: Marked, dropped: set[int]) -> Marked:
    """Return marked words without the marks that turned out to be none."""
    if not dropped:
        return made
    left = [number for number in range(1, len(made.opens) + 1) if number not in dropped]
    new = {old: number for number, old in enumerate(left, start=1)}
    words = re.sub(
        r'<([xg]) id="(\d+)">', lambda mark: f'<{mark[1]} id="{new[int(mark[2])]}">', made.words
    )
    opens = tuple(made.opens[old - 1] for old in left)
    closes = tuple(made.closes[old - 1] for old in left)
    return Marked(words, opens, closes, tuple(made.inner[old - 1] for old in left))


def _tokens(words: str) -> Iterator[str | tuple[int, bool]]:
    """Yield the runs of words, and for each mark its number and whether it ends there.

    A mark that ends what did not begin has the number 0, which no mark has.
    """
    open_now: list[tuple[int, str]] = []
    at = 0
    for found in MARK.finditer(words):
        yield words[at : found.start()]
        at, kind = found.end(), found[2].lower()
        if found[1]:
            number, begun = open_now.pop() if open_now else (0, kind)
            yield (number if begun == kind else 0, True)
            continue
        ident = IDENT.search(found[3])
        number = int(ident[1]) if ident and len(ident[1]) < 6 else 0
        yield (number, False)
        if found[4]:
            yield (number, True)
        else:
            open_now.append((number, kind))
    yield words[at:]


def _plain(words: str) -> str:
    return unescape(words).replace("\N{NO-BREAK SPACE}", " ").replace("\n", " ")
