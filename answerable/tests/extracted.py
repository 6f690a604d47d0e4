"""Every string that a person reads, as gettext sees it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TRANSLATION = "django.utils.translation"
TAG = re.compile(r"\{%\s*(?:trans|translate)\s+(?P<q>[\"'])(?P<text>.+?)(?P=q)")
ARGUMENT = re.compile(r"\b_\((?P<q>[\"'])(?P<text>.+?)(?P=q)\)")
BLOCK = re.compile(
    r"\{%\s*block(?:trans|translate)\b(?P<head>[^%]*)%\}(?P<body>.*?)\{%\s*endblock(?:trans|translate)\s*%\}",
    re.DOTALL,
)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
VARIABLE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")


def words_in(house: Path) -> Iterator[tuple[Path, str]]:
    """Yield each translatable string under a folder, with the file it stands in."""
    for file in sorted(house.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.parts):
            yield from ((file, text) for text in in_python(file.read_text()))
    for file in sorted([*house.rglob("*.html"), *house.rglob("*.txt")]):
        if "templates" in file.parts:
            yield from ((file, text) for text in in_template(file.read_text()))


def in_python(source: str) -> Iterator[str]:
    """Yield the strings that a Python file hands to gettext, by whatever name it calls it."""
    tree = ast.parse(source)
    calls = set(_names_of_gettext(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in calls:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _names_of_gettext(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION:
            for name in node.names:
                if "gettext" in name.name:
                    yield name.asname or name.name


def in_template(source: str) -> Iterator[str]:
    """Yield the strings that a template hands to gettext."""
    for pattern in (TAG, ARGUMENT):
        yield from (found["text"] for found in pattern.finditer(source))
    for found in BLOCK.finditer(source):
        for text in PLURAL.split(found["body"]):
            yield _as_message(text, trimmed="trimmed" in found["head"].split())


def _as_message(text: str, *, trimmed: bool) -> str:
    if trimmed:
        text = " ".join(line.strip() for line in text.splitlines() if line.strip())
    return VARIABLE.sub(r"%(\1)s", text.replace("%", "%%"))
