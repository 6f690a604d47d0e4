"""Puts an article's headings in order, gives them anchors, and finds callouts and words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from answerable.knowledge.core.slugs import free_slug, slug_of
from answerable.knowledge.markup.values import Heading, Section

# Five kinds of callouts, as GitHub writes them: > [!NOTE]
CALLOUT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)
OWN_ANCHOR = re.compile(r"[ \t]*\{#([a-z][a-z0-9-]{0,80})\}[ \t]*$")
TOP, LOWEST = 2, 6
# Pages have these, so that no heading may.
OF_PAGES = frozenset(
    {"main", "q", "status", "alert", "words", "results", "helpful", "noted", "about"}
)


def find_callouts(state: StateCore) -> None:
    """Turn quotations that begin as a callout into one; a rule that runs before inline."""
    for place, token in enumerate(state.tokens):
        if token.type != "blockquote_open" or len(state.tokens) < place + 3:
            continue
        first = state.tokens[place + 2]
        found = CALLOUT.match(first.content) if first.type == "inline" else None
        if found and state.tokens[place + 1].type == "paragraph_open":
            first.content = first.content[found.end() :]
            token.meta["callout"] = found[1].lower()
            _closing(state.tokens, place).meta["callout"] = found[1].lower()
            if not first.content.strip():
                for one in state.tokens[place + 1 : place + 4]:
                    one.hidden = True
                    one.children, one.content = ([] if one.type == "inline" else None), ""


def number_headings(state: StateCore) -> None:
    """Let headings begin below the title and leave out no level; a rule after inline.

    An anchor is what a writer gave it (`## Words {#anchor}`), else the anchor at its place in
    `env["anchors"]` where those are as many, else made of its words.
    """
    env = state.env
    found = [
        (token, state.tokens[place + 1], state.tokens[place + 2])
        for place, token in enumerate(state.tokens)
        if token.type == "heading_open"
    ]
    given = env.get("anchors", ())
    anchors = given if len(given) == len(found) else [""] * len(found)
    above: list[int] = []
    headings: list[Heading] = []
    for (opening, inline, closing), anchor in zip(found, anchors, strict=True):
        level = _level(above, int(opening.tag[1]))
        opening.tag = closing.tag = f"h{level}"
        own, words = _own_anchor(inline), words_in(inline.children or ())
        taken = OF_PAGES | {one.anchor for one in headings}
        name = free_slug(own or anchor or slug_of(words, "section"), taken)
        opening.attrs["id"] = name
        headings.append(Heading(level, name, words))
    env["headings"] = headings


def sections_of(tokens: Sequence[Token], headings: Sequence[Heading]) -> list[Section]:
    """Return what an article says, by its headings, as plain text."""
    coming = iter(headings)
    sections: list[tuple[str, str, list[str]]] = [("", "", [])]
    for place, token in enumerate(tokens):
        is_title = place > 0 and tokens[place - 1].type == "heading_open"
        if token.type == "heading_open":
            heading = next(coming)
            sections.append((heading.anchor, heading.words, []))
        elif token.type in {"fence", "code_block"}:
            sections[-1][2].append(token.content.strip())
        elif token.type == "inline" and not is_title:
            sections[-1][2].append(words_in(token.children or ()))
    return [
        Section(anchor, title, said)
        for anchor, title, lines in sections
        if (said := "\n".join(line for line in lines if line)) or title
    ]


def words_in(children: Sequence[Token]) -> str:
    """Return what a line says without its marks; of a picture, the words for it."""
    return "".join(_said(children)).strip()


def _said(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            yield " "
        elif child.type == "image":
            yield words_in(child.children or ())
        else:
            yield child.content


def _level(above: list[int], written: int) -> int:
    while above and above[-1] >= written:
        above.pop()
    above.append(written)
    return min(len(above) + TOP - 1, LOWEST)


def _own_anchor(inline: Token) -> str:
    """Return the anchor that a writer gave a heading, and take it out of its words."""
    last = inline.children[-1] if inline.children else None
    found = OWN_ANCHOR.search(last.content) if last and last.type == "text" else None
    if last is None or found is None:
        return ""
    last.content = last.content[: found.start()]
    return found[1]


def _closing(tokens: Sequence[Token], opening: int) -> Token:
    level = tokens[opening].level
    return next(
        one
        for one in tokens[opening + 1 :]
        if one.type == "blockquote_close" and one.level == level
    )
