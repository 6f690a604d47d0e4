"""HTML to the text that it shows. Pure.

Tags are dropped, links are kept beside their words, and quotations get a “> ” before each line.
The result is text: it is escaped like any other where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from answerable.channels.email.core.html_lines import Shown, shown_lines
from answerable.channels.email.core.html_tokens import tokens_of

DEEPEST = 50  # Deeper quotations look like this one.


def text_of(html: str) -> str:
    """Return the text that an HTML body shows, with links and marked quotations."""
    return text_shown(shown_lines(tokens_of(html)))


def text_shown(lines: Iterable[Shown]) -> str:
    """Return lines as a text, with at most one empty line between two."""
    out: list[str] = []
    for line in lines:
        shown = "> " * min(line.depth, DEEPEST) + line.text if line.text or line.depth else ""
        if line.text or (out and out[-1].strip("> ")):
            out.append(shown.rstrip())
    return "\n".join(out).strip("\n")
