"""Makes one script and one style sheet of many small files, as they are sent. Pure.

Our modules are written so that this is enough: each imports others of its folder by name, from
"./name.js", and no two have a top-level name in common. Nothing is shortened but what has no
meaning: comments that have a line of their own, and the spaces before a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

IMPORT = re.compile(r"^import\b.*?from \"\./([\w-]+\.js)\"\n", re.MULTILINE | re.DOTALL)
EXPORT = re.compile(r"^export (?=(?:async |const|let|class|function))", re.MULTILINE)
COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
NAME = re.compile(
    r"^(?:export )?(?:async )?(?:const|let|class|function\*?) (\w+)", re.MULTILINE
)
EMPTY = re.compile(r"^\s+", re.MULTILINE)
CSS_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
REM = re.compile(r"(?<![\w.-])(\d*\.?\d+)rem\b")
TOKEN = re.compile(r"^\s*(--[\w-]+):\s*(.*?);\s*$", re.MULTILINE)
USED = re.compile(r"var\((--[\w-]+)")
A_REM = 16
ROOT = ".desk"
THEMES = ("light", "dark")


def one_module(files: Mapping[str, str], entry: str, constants: str = "") -> str:
    """Return one module that does what `entry` and all that it imports do.

    What `entry` exports stays exported. `constants` are lines that come first. Raises KeyError
    for a file that is not there, ValueError for a name that two files have.
    """
    others, last = _in_order(files, entry)
    names = [name for file in (*others, last) for name in NAME.findall(files[file])]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"Two files of the widget's script have the name {sorted(twice)}.")
    inner = "".join(EXPORT.sub("", files[name]) for name in others) + files[last]
    return _tightened(constants + IMPORT.sub("", inner))


def _in_order(files: Mapping[str, str], entry: str) -> tuple[list[str], str]:
    """Return the files that an entry needs, each after those that it imports itself."""
    found: dict[str, None] = {}

    def visit(name: str, above: tuple[str, ...] = ()) -> None:
        if name in found or name in above:
            return
        for needed in IMPORT.findall(files[name]):
            visit(needed, (*above, name))
        found[name] = None

    visit(entry)
    *others, last = found
    return others, last


def _tightened(script: str) -> str:
    return EMPTY.sub("", COMMENT.sub("", script))


def one_style_sheet(parts: Iterator[str] | list[str]) -> str:
    """Return style sheets as one, for the inside of a shadow root.

    What they say of the page's root they say of our own root there. Lengths in rem would follow
    the page around us, whatever size it gives its root, and so become pixels.
    """
    text = CSS_COMMENT.sub("", "\n".join(parts))
    text = re.sub(r":root\b", ROOT, text)
    text = re.sub(r"(?<!\w)(\[data-theme=\"\w+\"\])", rf"{ROOT}\1", text)
    text = REM.sub(lambda found: f"{float(found[1]) * A_REM:g}px", text)
    return EMPTY.sub("", re.sub(r"\s*\n\s*", "\n", text))


def tokens_for(style: str, tokens: str) -> str:
    """Return the declarations of the tokens that a style sheet uses, and of those they use.

    The theme that the page chose stands here, too: this sheet has no layers, and what it says
    stands above all that the panel's layers say.
    """
    known = dict(reversed(TOKEN.findall(tokens)))
    needed: dict[str, None] = {}
    waiting = USED.findall(style)
    while waiting:
        name = waiting.pop()
        if name in known and name not in needed:
            needed[name] = None
            waiting += USED.findall(known[name])
    inner = "".join(f"{name}:{known[name]};" for name in sorted(needed))
    themes = "".join(f"{ROOT}[data-theme={one}]{{color-scheme:{one}}}" for one in THEMES)
    return f"{ROOT}{{color-scheme:light dark;{inner}}}{themes}"
