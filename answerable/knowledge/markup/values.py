"""What a text of an article is once it was read: pieces of HTML, headings, and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Block:
    """A place in an article that is filled when somebody reads it.

    `kind` is "promises" (`value`: the key of a plan, or nothing), "available" (`value`: the
    subscriptions as they were written) or "file" (`value`: its key; `words`: what it shows).
    """

    kind: str
    value: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in an article: 2 is the level below its title."""

    level: int
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """The words below a heading, without any mark; above the first it has no anchor."""

    anchor: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text of an article as harmless HTML, in pieces, between which are places to fill."""

    pieces: tuple[str | Block, ...]
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]

    @property
    def html(self) -> str:
        """The HTML with each place filled by its words alone."""
        return self.filled(lambda block: escape(block.words))

    @property
    def words(self) -> str:
        """All that it says, headings too, as plain text."""
        lines = (line for one in self.sections for line in (one.title, one.words) if line)
        return "\n".join(lines)

    @property
    def blocks(self) -> Iterable[Block]:
        """The places to fill, as they come."""
        return (piece for piece in self.pieces if isinstance(piece, Block))

    def filled(self, draw: Callable[[Block], str]) -> str:
        """Return the HTML with what `draw` makes of each place, which must be harmless."""
        return "".join(
            piece if isinstance(piece, str) else draw(piece) for piece in self.pieces
        )
