"""What is new in a reply that is HTML, apart from its quotation and its signature. Pure.

What a mail program marks in its HTML is believed; what it only writes is found as in a text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from answerable.channels.email.core.attribution import attribution
from answerable.channels.email.core.dividing import Marks, is_forward
from answerable.channels.email.core.html import text_shown
from answerable.channels.email.core.html_lines import HIDDEN, Shown, is_indented, shown_lines
from answerable.channels.email.core.html_places import (
    divides,
    holds_quotation,
    is_signature,
    leads,
    names_of,
    surely_quotes,
)
from answerable.channels.email.core.html_tokens import (
    OPEN,
    TEXT,
    VOID,
    Token,
    ends_of,
    tokens_of,
)
from answerable.channels.email.core.mail_lines import Line, Mark, line_of
from answerable.channels.email.core.quote import FOLDED, mark

MOST_LINES = 20_000
INTRO_LINES = 3
PICTURE = "\ufffc"


@dataclass(frozen=True, slots=True)
class HtmlSplit:
    """An HTML body: what is new, as HTML and as text, and the texts that are folded below it.

    The HTML is as little to be trusted as the mail's.
    """

    html: str
    new: str
    quoted: str = ""
    signature: str = ""
    folded: str = ""
    forwards: bool = False


def split_html(html: str) -> HtmlSplit:
    """Return what is new in an HTML body; when that is nothing, all of it is.

    One of more than 20,000 lines is no letter, and is not split.
    """
    tokens = tokens_of(html)
    shown = shown_lines(tokens)
    if len(shown) > MOST_LINES:
        return HtmlSplit(html, text_shown(shown))
    body = _Body(tokens, shown)
    known = body.known
    mark(body.lines, known, cited=True)
    if not body.text({Mark.NEW}).strip():
        return HtmlSplit(html, text_shown(body.shown), forwards=known.forwards)
    return HtmlSplit(
        html=body.kept(),
        new=body.text({Mark.NEW, Mark.EMPTY}),
        quoted=body.text({Mark.INTRO, Mark.QUOTE}),
        signature=body.text({Mark.SIGNATURE}),
        folded=body.text(FOLDED),
        forwards=known.forwards,
    )


@dataclass(slots=True)
class _Body:
    """The tokens of a body, the lines they show, and what each line is."""

    tokens: list[Token]
    shown: list[Shown]
    lines: list[Line] = field(init=False)
    ends: dict[int, int] = field(init=False)
    firsts: list[int] = field(init=False)  # of each line, the first token
    quotes: list[int] = field(init=False)  # the tokens that open a quotation
    known: Marks = field(init=False)
    inside: int = -1  # Up to here all is marked: containers stand in each other.
    held: int = -1  # Up to here all that is quoted is surely so.
    given: int = -1  # Up to here all is a signature, or leads to a quotation.
    first: int = 0  # The first line that is not quoted.

    def __post_init__(self) -> None:
        self.lines = [_line(line) for line in self.shown]
        self.ends = ends_of(self.tokens)
        last = 0
        self.firsts = []
        for line in self.shown:
            last = line.leaves[0] if line.leaves else last
            self.firsts.append(last)
        self.quotes = [
            n
            for n, token in enumerate(self.tokens)
            if token.kind == OPEN and token.name == "blockquote" and not is_indented(token)
        ]
        self.known = Marks([_first_mark(line) for line in self.lines])
        marks = self.known.marks
        self.first = marks.index(Mark.NEW) if Mark.NEW in marks else len(marks)
        self._mark_places()

    def rows(self, start: int, end: int) -> range:
        """Return the lines that begin between two tokens."""
        return range(bisect_left(self.firsts, start), bisect_right(self.firsts, end))

    def text(self, kinds: set[Mark]) -> str:
        """Return the lines of some kinds as a text."""
        pairs = zip(self.shown, self.known.marks, strict=True)
        return text_shown(line for line, mark in pairs if mark in kinds)

    def _mark_places(self) -> None:
        for n, token in enumerate(self.tokens):
            if token.kind != OPEN or not token.attributes:
                continue
            names = names_of(token)
            if divides(token, names):
                self._cut(n)
                return
            if n > self.inside:
                self._mark_element(n, names)

    def _mark_element(self, n: int, names: str) -> None:
        end = self.ends.get(n, n)
        if self.tokens[n].name == "blockquote":
            self.inside = self._mark_blockquote(n)
        elif holds_quotation(names):
            self.inside, self.held = self._mark_container(n), end
        elif n > self.given and (leads(names) or is_signature(names)):
            self._give(self.rows(n, end), Mark.INTRO if leads(names) else Mark.SIGNATURE)
            self.given = end

    def _cut(self, n: int) -> None:
        cut = bisect_left(self.firsts, n)
        while cut and not self.lines[cut - 1].depth and self.lines[cut - 1].is_rule:
            cut -= 1
        self.known.cut = cut
        marks = self.known.marks
        marks[cut:] = [Mark.QUOTE] * (len(marks) - cut)

    def _give(self, rows: range, mark: Mark) -> None:
        for row in rows:
            if self.known.marks[row] == Mark.NEW:
                self.known.marks[row] = mark

    def _mark_blockquote(self, n: int) -> int:
        """Mark a quotation, unless it is one that its author made; return where it ends."""
        end = self.ends.get(n, n)
        rows, marks, held = self.rows(n, end), self.known.marks, n <= self.held
        if not rows or not (held or surely_quotes(self.tokens[n])):
            return n
        theirs = names_of(self.tokens[n]) == "gmail_quote" and not held
        if theirs and self.first < rows[0] and not self._is_led(rows):
            for row in rows:  # Gmail marks what its users indent like what it quotes.
                marks[row] = Mark.NEW if self.lines[row].words else Mark.EMPTY
        self.known.certain.add(rows[0])
        return end

    def _is_led(self, rows: range) -> bool:
        """Say whether “On … wrote:” stands above some lines, or in the first of them."""
        said = [row for row in range(max(rows[0] - 4, 0), rows[0]) if self.lines[row].words]
        near = (*said[-1:], *rows[:4])
        return any(attribution(self.lines, row) is not None for row in near)

    def _mark_container(self, n: int) -> int:
        """Mark what leads to the quotations in an element, or all of it when it has none."""
        end = self.ends.get(n, n)
        first = bisect_right(self.quotes, n)
        rows = self.rows(n, end)
        if first == len(self.quotes) or self.quotes[first] > end:
            if not any(is_forward(self.lines[row]) for row in rows[:INTRO_LINES]):
                self._give(rows, Mark.QUOTE)
            return end
        led = self.rows(n, self.quotes[first] - 1)
        said = [row for row in led if self.lines[row].words]
        if len(said) > INTRO_LINES and attribution(self.lines, said[-1]) is None:
            self._give(rows, Mark.QUOTE)  # A mail that holds quotations of its own.
            return end
        if said and not any(is_forward(self.lines[row]) for row in said):
            self._give(led, Mark.INTRO)
        if quoted := self.rows(self.quotes[first], self.ends.get(self.quotes[first], n)):
            self.known.certain.add(quoted[0])
        return self.quotes[first] - 1

    def kept(self) -> str:
        """Return the HTML without the folded lines, and without what they leave empty."""
        folded = self._folded()
        totals = _totals(self.tokens, folded)
        out: list[str] = []
        n = 0
        while n < len(self.tokens):
            token = self.tokens[n]
            end = self.ends.get(n, n)
            if token.kind == OPEN and (token.name in HIDDEN or _is_left(totals, n, end)):
                n = max(end, n) + 1
                continue
            if n not in folded:
                out.append(token.html())
            n += 1
        return "".join(out)

    def _folded(self) -> set[int]:
        marks = self.known.marks
        last = max((row for row, mark in enumerate(marks) if mark == Mark.NEW), default=0)
        gone = [mark in FOLDED or row > last for row, mark in enumerate(marks)]
        folded = {
            leaf for row, line in enumerate(self.shown) if gone[row] for leaf in line.leaves
        }
        shown = {leaf for line in self.shown for leaf in line.leaves}
        for n, token in enumerate(self.tokens):  # Spaces between lines go with the line above.
            if token.kind == TEXT and n not in shown and token.text.isspace():
                row = bisect_right(self.firsts, n) - 1
                folded |= {n} if row >= last or (row >= 0 and gone[row]) else set()
        return folded


def _line(shown: Shown) -> Line:
    """Return a line as the rules for texts know it: a picture is something that is said."""
    line = line_of(shown.text, shown.depth)
    words = line.words or (PICTURE if shown.picture else "")
    return Line(line.raw, line.depth, words)


def _first_mark(line: Line) -> Mark:
    if not line.words:
        return Mark.EMPTY
    return Mark.QUOTE if line.depth else Mark.NEW


def _totals(tokens: Sequence[Token], folded: set[int]) -> list[tuple[int, int]]:
    """Return how many leaves stand before each token, all and kept; one more at the end."""
    totals = [(0, 0)]
    for n, token in enumerate(tokens):
        said = token.kind == TEXT and (n in folded or not token.text.isspace())
        leaf = said or token.name in VOID
        every, kept = totals[-1]
        totals.append((every + leaf, kept + (leaf and n not in folded)))
    return totals


def _is_left(totals: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Say whether an element had something in it, and nothing is left."""
    if end <= start:
        return False
    before, after = totals[start], totals[end + 1]
    return after[0] > before[0] and after[1] == before[1]
