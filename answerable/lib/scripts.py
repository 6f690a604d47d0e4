"""A script of ours is sent with all that it imports, as long as it stays as it is.

A page of the desk is made of 150 modules. Where each is a file of its own, a browser takes
twice as long until they have run. Nothing is built: each module stands in the file as it was
written, in a function of its own, after those that it imports. It runs once on a page,
whichever files bring it, as it would if it stood alone.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

from answerable.lib.statics import version

HOUSE = Path(__file__).parents[1]
IMPORT = re.compile(
    r'^import (?:(?P<names>\{[^}]*\}|\* as \w+) from )?"(?P<place>\.{1,2}/[\w./-]+)"\n',
    re.MULTILINE,
)
EXPORT = re.compile(
    r"^export (?=(?:(?:async )?function\*? |class |const )(?P<name>\w+))", re.MULTILINE
)
OTHERWISE = re.compile(r"^(?:import\b(?!\()|export\b)", re.MULTILINE)
# Where a page keeps what its modules export; those of another version have another place.
KEPT = 'const oursByName = (globalThis[Symbol.for("answerable {}")] ??= new Map())\n'
ONE = """oursByName.has("{name}") || oursByName.set("{name}", (() => {{
{text}return {{ {exports} }}
}})())
"""
Reader = Callable[[str], str]


@cache
def joined(name: str) -> bytes:
    """Return a script with what it imports. As it is: one that is not ours, or one that is put
    together elsewhere, where it finds what it imports.

    Raises FileNotFoundError for one that is not there, and ValueError as `one_script` does: a
    test sees to it that no script of ours is so.
    """
    path = _path(name)
    alone = path.read_bytes()
    if not path.is_relative_to(HOUSE) or "vendor" in path.parts:
        return alone
    try:
        return one_script(name, _text, version()).encode()
    except FileNotFoundError:
        return alone


def one_script(name: str, read: Reader, version: str) -> str:
    """Return a module with what it imports before it, and with the exports that it has alone.

    Names are those of static files. Raises ValueError for a module that imports itself, by
    whatever way, and for one that imports or exports in a way that is not joined.
    """
    parts = [KEPT.format(version), *(_part(one, name, read) for one in in_order(name, read))]
    if exports := _exports(read(name)):
        parts.append(f'export const {{ {exports} }} = oursByName.get("{name}")\n')
    return "".join(parts)


def in_order(name: str, read: Reader) -> list[str]:
    """Return each module after all that it imports, in the order in which a browser runs them.

    Raises ValueError for one that imports itself.
    """
    done: dict[str, None] = {}

    def visit(one: str, importers: tuple[str, ...]) -> None:
        if one in importers:
            raise ValueError(f"{one} imports itself, by {' and '.join(importers)}.")
        if one in done:
            return
        for found in IMPORT.finditer(read(one)):
            visit(_beside(one, found["place"]), (*importers, one))
        done[one] = None

    visit(name, ())
    return list(done)


def _part(name: str, within: str, read: Reader) -> str:
    text = read(name)

    def imported(found: re.Match[str]) -> str:
        if not found["names"]:
            return ""
        names = found["names"].removeprefix("* as ").replace(" as ", ": ")
        return f'const {names} = oursByName.get("{_beside(name, found["place"])}")\n'

    body = EXPORT.sub("", IMPORT.sub(imported, text))
    if OTHERWISE.search(body):
        raise ValueError(f"{name} imports or exports in a way that is not joined.")
    here = posixpath.relpath(name, posixpath.dirname(within))
    body = body.replace("import.meta.url", f'new URL("{here}", import.meta.url).href')
    return ONE.format(name=name, text=body, exports=_exports(text))


def _exports(text: str) -> str:
    return ", ".join(found["name"] for found in EXPORT.finditer(text))


def _beside(name: str, place: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), place))


def _text(name: str) -> str:
    return _path(name).read_text()


def _path(name: str) -> Path:
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(f"There is no script {name}.")
    return Path(path)
