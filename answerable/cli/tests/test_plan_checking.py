"""`answerable plan check` names the line of all that is wrong, and tries the examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from answerable.cli.tests.plans import OVER, PREMIUM, TEXT, plan
from answerable.entitlements.actions import SHIPPED


def test_it_says_that_the_shipped_plans_are_fine(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(map(str, SHIPPED.glob("*.toml")))
    assert plan("check", *files) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(files) == 6
    assert f"{PREMIUM}: fine, 9 examples kept." in lines


def test_it_names_the_file_and_the_line_of_all_that_is_wrong(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = here / "wrong.toml"
    wrong.write_text(TEXT.replace('"30m"', "30").replace("seat =", "seet ="))
    assert plan("check", "wrong.toml", str(PREMIUM)) == 1
    out = capsys.readouterr().out.splitlines()
    lines = wrong.read_text().splitlines()
    within, seet = lines.index("within = 30") + 1, lines.index('seet = "paid"') + 1
    assert out[0] == (
        f"wrong.toml:{seet}: In requesters.super_admin: 'seet' is not known here. "
        "Did you mean 'seat'?"
    )
    assert out[2] == (
        f"wrong.toml:{within}: In targets, number 1: 'within' is 30. "
        "Enter a time like 30 min, 4 h or 1 working day."
    )
    assert out[-1] == f"{PREMIUM}: fine, 9 examples kept."


def test_it_shows_why_an_example_fails(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "plan.toml").write_text(TEXT.replace("2026-03-06 17:45", "2026-03-06 17:46"))
    assert plan("check", "plan.toml") == 1
    out = capsys.readouterr().out
    assert "plan.toml:" in out
    assert "the plan makes it 2026-03-06 17:45 Europe/Berlin" in out
    assert "    Counted: Fri 16:45\N{EN DASH}17:46 61 min" in out


def test_it_warns_and_is_fine(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "plan.toml").write_text(f'{TEXT}\n[pauses.waiting]\nmetrics = ["first_response"]\n')
    assert plan("check", "plan.toml") == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith(
        f"plan.toml:{len(TEXT.splitlines()) + 3}: warning: The first reply"
    )
    assert out[1] == "plan.toml: fine, 9 examples kept."


def test_it_names_the_line_of_what_only_publishing_can_know(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEXT.replace('zone = "Europe/Berlin"', 'zone = "Europe/Berlin"\nholidays = ["ours"]')
    text = text.replace('within = "9h"', 'within = "90000h"').split("\n[[examples]]")[0]
    (here / "plan.toml").write_text(text + OVER)
    assert plan("check", "plan.toml") == 1
    lines = (here / "plan.toml").read_text().splitlines()
    within, days = lines.index('within = "90000h"') + 1, len(lines)
    out = capsys.readouterr().out.splitlines()
    assert [line.split(" ", 1)[0] for line in out] == [
        f"plan.toml:{within}:",
        f"plan.toml:{days}:",
    ]
    assert "Allow less, or add hours to the calendar." in out[0]
    assert "warning: In holidays.ours: 2020-05-01 is over." in out[1]


def test_it_finds_what_else_is_wrong_when_days_off_cannot_be_had(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEXT.replace('within = "30m"', "within = 30")
    (here / "plan.toml").write_text(f'{text}\n[holidays.ours]\nics = "none.ics"\n')
    assert plan("check", "plan.toml") == 1
    out = capsys.readouterr().out
    assert "In targets, number 1: 'within' is 30." in out
    assert "In holidays.ours: Cannot read none.ics" in out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("key = ", "plan.toml:1: This is no TOML: Invalid value."),
        (b"\xff", "plan.toml is no text: invalid start byte."),
    ],
)
def test_it_says_what_is_no_toml(
    here: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, words: str
) -> None:
    (here / "plan.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    assert plan("check", "plan.toml") in (1, 2)
    said = capsys.readouterr()
    assert words in said.out + said.err
    assert plan("check", "none.toml") == 2
    assert "Cannot read none.toml: No such file" in capsys.readouterr().err
