"""The line of each name of a TOML text is found, however it is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.core.lines import line_of, lines_of
from answerable.entitlements.core.wrong import Path

TEXT = """\
# A plan.
key = "x" # = "y"
says = \"\"\"
key = "no"
[no]
\"\"\"

[calendars.office]
mon = [
  "08:00-12:00",  # ]
  '13:00-17:00',
]

[[targets]]
key = "a"
limits.soon = { at = "1h", tell = ["x"] }
[targets."of day".more]
[[targets]]
"key" = 'b'
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("key",), 2),
        (("says",), 3),
        (("calendars",), 8),
        (("calendars", "office", "mon"), 9),
        (("calendars", "office", "mon", 1), 11),
        (("targets", 0), 14),
        (("targets", 0, "limits", "soon", "tell", 0), 16),
        (("targets", 0, "of day", "more"), 17),
        (("targets", 1), 18),
        (("targets", 1, "key"), 19),
        # What is missing is missing from somewhere.
        (("targets", 1, "within"), 18),
        (("calendars", "office", "zone"), 8),
        (("name",), None),
    ],
)
def test_it_finds_the_line(path: Path, line: int | None) -> None:
    assert line_of(lines_of(TEXT), path) == line


noise = st.sampled_from(["", "  ", "# a = 1", "# [b]", '#"""', "\t"])
keys = st.sampled_from(["a", "b-1", "'c.d'", '"e = \\u0041"', "_f", "3"])
scalars = st.sampled_from(
    [
        *('"text"', "'# not [a] comment'", "1_000", "-2.5e3", "true", "2026-03-06", '""'),
        *('"""one\ntwo = [\n"""', "'''\n{\n'''", '"a \\" # b"', '"""a ""\\""""', "07:30:00"),
    ]
)


class Writer:
    """Writes TOML, and notes on which line it put what."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = ""
        self.lines: dict[Path, int] = {}

    def note(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def blank(self) -> None:
        for line in self.draw(st.lists(noise, max_size=2)):
            self.text += f"{line}\n"

    def pairs(self, path: Path) -> None:
        for key in self.draw(st.lists(keys, max_size=3, unique=True)):
            self.blank()
            self.pair(path, key, depth=0)
            self.text += self.draw(st.sampled_from(["\n", "  # b = 2\n", " \r\n"]))

    def pair(self, path: Path, key: str, depth: int) -> None:
        self.note(here := (*path, bare(key)))
        self.text += key
        if self.draw(st.integers(0, 4)) == 0:
            self.note(here := (*here, "inner"))
            self.text += " . inner"
        self.text += self.draw(st.sampled_from([" = ", "=", "  =\t"]))
        self.value(here, depth)

    def value(self, path: Path, depth: int) -> None:
        kind = self.draw(st.integers(0, 4)) if depth < 2 else 0
        if kind == 4:
            self.text += "{ "
            for number, key in enumerate(self.draw(st.lists(keys, max_size=2, unique=True))):
                self.text += ", " if number else ""
                self.pair(path, key, depth + 1)
            self.text += " }"
        elif kind == 3:
            self.text += "["
            for number in range(self.draw(st.integers(0, 3))):
                self.text += ", " if number else ""
                self.text += self.draw(st.sampled_from(["", "\n", " # ]\n\n"]))
                self.note((*path, number))
                self.value((*path, number), depth + 1)
            self.text += self.draw(st.sampled_from(["]", "\n]", " ]"]))
        else:
            self.text += self.draw(scalars)


def bare(key: str) -> str:
    return str(next(iter(tomllib.loads(f"{key} = 1"))))


@st.composite
def documents(draw: st.DrawFn) -> Writer:
    writer = Writer(draw)
    writer.pairs(())
    for name in draw(st.lists(st.sampled_from("xyz"), max_size=3, unique=True)):
        writer.blank()
        writer.note((name,))
        if draw(st.booleans()):
            writer.text += f"[{name}]\n"
            writer.pairs((name,))
            continue
        for number in range(draw(st.integers(1, 3))):
            writer.note((name, number))
            writer.text += f"[[ {name} ]]\n"
            writer.pairs((name, number))
            if draw(st.booleans()):
                writer.note((name, number, "sub"))
                writer.text += f"[{name}.sub]\n"
                writer.pairs((name, number, "sub"))
    return writer


def paths(value: dict[str, Any] | list[Any], path: Path = ()) -> Iterator[Path]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from paths(inner, (*path, key))


@given(documents())
def test_it_finds_every_name_of_any_text(written: Writer) -> None:
    found = lines_of(written.text)
    assert found == written.lines
    assert set(found) == set(paths(tomllib.loads(written.text)))


@given(st.text(alphabet="ab=[]{}\"'\\\n#., 1", max_size=60))
def test_it_ends_on_any_text(text: str) -> None:
    count = text.count("\n") + 1
    assert all(1 <= line <= count for line in lines_of(text).values())
