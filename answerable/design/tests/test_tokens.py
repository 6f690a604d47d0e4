"""Colours can be told apart, live in one file, and nothing on a page moves for long."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "static" / "design"
HOUSE = Path(__file__).parent.parent.parent
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
OTHERS = [
    file
    for folder in ("css", "svg", "js")
    for file in HOUSE.glob(f"**/static/**/*.{folder}")
    if file.name not in {"tokens.css", "icon.svg"} and "vendor" not in file.parts
]
SHEETS = [*HOUSE.glob("**/static/**/*.css")]
LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(")
NAMED = re.compile(r":[^;{}]*\b(?:white|black|red|green|blue|gr[ae]y|orange|yellow|purple)\b")

# What is read, on what, at least how clearly: text 4.5, edges and fills and icons 3.
TEXT = [
    ("text", ["page", "subtle", "hover", "raised", "selected"]),
    ("muted", ["page", "subtle", "hover", "raised", "selected"]),
    ("accent", ["page", "subtle", "raised"]),
    ("on-accent", ["accent", "accent-hover"]),
    ("on-danger", ["danger", "danger-hover"]),
    ("error", ["page", "raised", "subtle"]),
    ("note-text", ["note-surface"]),
    ("page", ["text", "control"]),
    ("late-fg", ["late-bg"]),
    ("risk-fg", ["risk-bg"]),
    ("soon-fg", ["soon-bg"]),
    ("calm-fg", ["calm-bg", "page", "selected"]),
    ("critical-fg", ["critical-bg"]),
    ("simulated-fg", ["simulated-bg"]),
    ("kept-fg", ["kept-bg", "page", "subtle"]),
    ("missed-fg", ["missed-bg", "page", "subtle"]),
]
SHAPES = [
    ("control", ["page", "raised", "subtle"]),
    ("focus", ["page", "selected", "subtle", "raised", "hover"]),
    ("accent", ["page", "selected"]),
    ("note-edge", ["page", "note-surface"]),
    ("risk-edge", ["page"]),
    ("late-bg", ["page"]),
    ("critical-bg", ["page"]),
    ("danger", ["page"]),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_shows_text_clearly(theme: str) -> None:
    assert too_faint(TEXT, theme, at_least=4.5) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_shows_edges_and_fills_clearly(theme: str) -> None:
    assert too_faint(SHAPES, theme, at_least=3.0) == []


@pytest.mark.parametrize(
    ("front", "back", "theme", "ratio"),
    [
        ("text", "page", "light", 17.8),
        ("text", "selected", "dark", 11.0),
        ("muted", "page", "light", 7.9),
        ("control", "raised", "dark", 4.9),
        ("accent", "page", "dark", 8.7),
        ("focus", "selected", "light", 7.3),
        ("note-text", "note-surface", "light", 10.3),
        ("late-fg", "late-bg", "dark", 8.2),
        ("risk-fg", "risk-bg", "light", 10.4),
        ("kept-fg", "kept-bg", "light", 6.2),
        ("critical-fg", "critical-bg", "dark", 9.8),
    ],
)
def test_it_has_the_colours_that_were_designed(
    front: str, back: str, theme: str, ratio: float
) -> None:
    assert contrast(colour(front, theme), colour(back, theme)) == pytest.approx(ratio, abs=0.06)


@pytest.mark.parametrize("file", OTHERS, ids=lambda file: str(file.relative_to(HOUSE)))
def test_it_keeps_colours_in_one_file(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/|url\(#[\w-]+\)", "", file.read_text(encoding="utf-8"), flags=re.S)
    found = LITERAL.findall(text) if file.suffix != ".js" else re.findall(r"#[0-9a-f]{6}", text)
    assert found == []
    assert file.suffix != ".css" or not NAMED.findall(text)


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: str(file.relative_to(HOUSE)))
def test_it_never_moves_for_long(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "infinite" not in text
    # What only appears, after a wait, does not move.
    moving = re.sub(r"@keyframes [\w-]+ \{ to \{ visibility: visible; \} \}", "", text)
    assert "@keyframes" not in moving
    lengths = re.findall(r"(?:transition|animation|--move)[^;{}]*?([\d.]+)(m?s)\b", text)
    assert [n for n, unit in lengths if float(n) * (1 if unit == "ms" else 1000) > 200] == []


def too_faint(pairs: list[tuple[str, list[str]]], theme: str, *, at_least: float) -> list[str]:
    return [
        f"{front} on {back}"
        for front, backs in pairs
        for back in backs
        if contrast(colour(front, theme), colour(back, theme)) < at_least
    ]


def colour(name: str, theme: str) -> str:
    """Follow a meaning to its raw value, and take the theme's side of it."""
    found = re.search(rf"^\s*--{name}:\s*(.+);$", TOKENS, flags=re.M)
    assert found, name
    value = found[1]
    if raw := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(raw[1], theme)
    sides = re.findall(r"#[0-9a-f]{6}", value)
    return str(sides[-1] if theme == "dark" else sides[0])


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2 between two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(hexadecimal: str) -> float:
    parts = [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
