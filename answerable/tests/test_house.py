"""The house rules that no other tool keeps."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
CHECKOUT = HOUSE.parent
ROOMS = [HOUSE, CHECKOUT / "bench", CHECKOUT / "bin", CHECKOUT / "faults"]
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
LONGEST_TEMPLATE, LONGEST_SCRIPT = 60, 150

WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
    "create_user",
    "set_password",
}
WRITERS = {
    "actions",  # everything that writes
    "events",  # writes the log, for actions
    "cast",  # sets up tests and demonstrations
    "core",  # knows no database: what it updates is a value
}
# A manager that Django calls by name, and so cannot move.
NAMED_BY_DJANGO = {"accounts/models.py"}
# The two places where a colour is not a token: the raw values, and a picture.
COLOURED = {"tokens.css", "icon.svg"}

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
COLOUR = re.compile(
    r"[:\s,(\"'](#[0-9a-f]{3,8}\b(?=[;\s,)\"']))|\b(rgba?|hsla?|oklch|oklab|lab|lch)\(", re.I
)
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)[^>]*>",
    re.I,
)
DATA_SCRIPT = re.compile(r"<script[^>]*type=[\"']application/(ld\+)?json[\"']", re.I)


@cache
def files(*endings: str) -> list[Path]:
    """Every file of ours with one of these endings; not what others made."""
    found = [
        f for room in ROOMS for f in room.rglob("*") if f.suffix in endings and f.is_file()
    ]
    strangers = {"migrations", "vendor", "__pycache__", "locale", "results"}
    return sorted(f for f in found if not strangers & set(f.parts))


def named(file: Path) -> str:
    return str(file.relative_to(HOUSE if HOUSE in file.parents else CHECKOUT))


def sources() -> list[Path]:
    """Every Python file that is not a test."""
    return [f for f in files(".py") if "tests" not in f.parts]


@cache
def text(file: Path) -> str:
    return file.read_text()


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(text(file))


@pytest.fixture(scope="module", autouse=True)
def _forget_trees() -> Iterator[None]:
    """Leave no trees behind: they are many."""
    yield
    tree.cache_clear()


def calls(file: Path) -> Iterator[ast.expr]:
    """What a file calls."""
    return (node.func for node in ast.walk(tree(file)) if isinstance(node, ast.Call))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def written_in(file: Path) -> set[str]:
    return {c.attr for c in calls(file) if isinstance(c, ast.Attribute) and c.attr in WRITES}


def called_in(file: Path) -> set[str]:
    return {c.attr if isinstance(c, ast.Attribute) else ast.unparse(c) for c in calls(file)}


def inline_in(file: Path) -> list[str]:
    return [m.group() for m in INLINE.finditer(DATA_SCRIPT.sub("", text(file)))]


def is_told_the_time(file: Path) -> bool:
    return bool({"actions", "actions.py", "core", "events.py"} & set(file.parts))


def may_write(file: Path) -> bool:
    words = {part.removesuffix(".py") for part in file.relative_to(HOUSE).parts}
    return bool(words & WRITERS) or named(file) in NAMED_BY_DJANGO


def lines(file: Path) -> int:
    return len(text(file).splitlines())


def test_files_and_functions_are_short() -> None:
    code = files(".py")
    assert [named(f) for f in code if lines(f) > LONGEST_FILE] == []
    assert [
        f"{named(file)}: {function.name}"
        for file in code
        for function in functions(file)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ] == []


def test_a_file_says_first_what_it_is() -> None:
    silent = [f for f in sources() if tree(f).body and not ast.get_docstring(tree(f))]
    assert [named(f) for f in silent] == []


def test_writing_is_left_to_the_actions() -> None:
    others = [f for f in sources() if HOUSE in f.parents and not may_write(f)]
    assert {named(f): written_in(f) for f in others if written_in(f)} == {}


def test_the_time_is_an_argument() -> None:
    asking = {"now", "utcnow", "today"}
    told = [f for f in sources() if is_told_the_time(f)]
    assert {named(f): called_in(f) & asking for f in told if called_in(f) & asking} == {}


def test_templates_are_short_and_have_nothing_inline() -> None:
    templates = files(".html")
    assert [named(f) for f in templates if lines(f) > LONGEST_TEMPLATE] == []
    assert {named(f): found for f in templates if (found := inline_in(f))} == {}


def test_scripts_are_short() -> None:
    assert [named(f) for f in files(".js", ".mjs") if lines(f) > LONGEST_SCRIPT] == []


def test_a_colour_is_a_token() -> None:
    others = [f for f in files(".css", ".html") if f.name not in COLOURED]
    found = {named(f): [m.group().strip() for m in COLOUR.finditer(text(f))] for f in others}
    assert {file: colours for file, colours in found.items() if colours} == {}


def test_nothing_is_left_for_later() -> None:
    everything = files(".py", ".html", ".js", ".mjs", ".css", ".toml", ".sql", ".sh")
    mine = Path(__file__)
    left = [named(f) for f in everything if f != mine and UNFINISHED.search(text(f))]
    assert left == []


def test_every_file_is_installed() -> None:
    tools = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]
    patterns = tools["setuptools"]["package-data"]["answerable"]
    installed = {file for pattern in patterns for file in HOUSE.glob(pattern)}
    strangers = {"tests", "__pycache__"}
    needed = [f for f in HOUSE.rglob("*") if f.is_file() and not strangers & set(f.parts)]
    assert [named(f) for f in needed if f.suffix != ".py" and f not in installed] == []


def test_every_setting_is_documented() -> None:
    read = {
        name
        for file in files(".py", ".sh")
        if "tests" not in file.parts
        for name in re.findall(r"[\"'{](ANSWERABLE_[A-Z_]+)[\"':}]", file.read_text())
    }
    documented = set(
        re.findall(r"`(ANSWERABLE_[A-Z_]+)`", (CHECKOUT / "docs" / "settings.md").read_text())
    )
    inner = {"ANSWERABLE_PARENT_PIPE"}  # set by `up` for its own processes
    assert {name.removesuffix("_FILE") for name in read} - inner == {
        name.removesuffix("_FILE") for name in documented
    }


def test_no_setting_has_two_meanings() -> None:
    table = (CHECKOUT / "docs" / "settings.md").read_text()
    documented = re.findall(r"^\| `(ANSWERABLE_[A-Z_]+)`", table, re.MULTILINE)
    assert [name for name in documented if documented.count(name) > 1] == []
    given = re.findall(r"^(ANSWERABLE_[A-Z_]+) =", (HOUSE / "settings.py").read_text(), re.M)
    assert [name for name in given if given.count(name) > 1] == []
