"""Lines of our own in an article's Markdown: `{promise table}`, `{available …}`, `{lang en}`.

Each stands alone on its line. `{lang en}` holds for what follows, up to `{/lang}`.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

PROMISES = re.compile(r"\{promise table(?: +([a-z0-9_-]{1,50}))?\}")
AVAILABLE = re.compile(r"\{available +([^{}]{1,500})\}")
LANGUAGE = re.compile(r"\{lang +([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\}")
END = "{/lang}"


def key(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a line of our own; a rule of markdown-it."""
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    if found := LANGUAGE.fullmatch(line):
        return silent or _language(state, found[1], start, end)
    kind, found = "promises", PROMISES.fullmatch(line)
    if not found:
        kind, found = "available", AVAILABLE.fullmatch(line)
    if not found:
        return False
    if not silent:
        token = state.push("place", "", 0)
        token.meta = {"kind": kind, "value": (found[1] or "").strip()}
        token.block, token.map = True, [start, start + 1]
        state.line = start + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def _language(state: StateBlock, language: str, start: int, end: int) -> bool:
    """Wrap the lines up to the end of the language, or of what they stand in."""
    last = next((n for n in range(start + 1, end) if _line(state, n) == END), end)
    opening = state.push("lang_open", "div", 1)
    opening.attrs = {"lang": language}
    opening.block, opening.map = True, [start, last]
    before, state.lineMax = state.lineMax, last
    state.md.block.tokenize(state, start + 1, last)
    state.lineMax = before
    state.push("lang_close", "div", -1).block = True
    state.line = min(last + 1, end)
    return True
