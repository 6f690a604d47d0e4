"""`answerable plan show` and `diff`: a plan in words, and what another one says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from answerable.cast import Cast
from answerable.cli.plan_showing import differences, shown
from answerable.cli.tests.plans import FASTER, MARCH, PREMIUM, TEXT, plan
from answerable.entitlements.actions import SHIPPED, read_plan_text
from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.reading import read_terms

pytestmark = pytest.mark.usefixtures("here")


def terms(text: str) -> Terms:
    return read_terms(read_document(text))


def test_it_shows_rows_hours_rules_and_edge_cases() -> None:
    lines = list(shown(terms(TEXT), "premium.toml", MARCH))
    assert lines[:3] == [
        "Premium (premium.toml)",
        "Needs: enterprise of content, marketing, operations, sales, service, smart_crm",
        "Guaranteed in: en",
    ]
    rows = [" ".join(line.split()) for line in lines]
    assert (
        "aim first response any user with a paid seat any 9 hours of support hours aim" in rows
    )
    assert "office Support hours are Mon\N{EN DASH}Fri 08:00\N{EN DASH}17:00 (Berlin)." in rows
    assert "at 25 %: on_duty, lead" in rows
    assert "At closing time, Fri 6 Mar 2026 17:00 Mon 9 Mar 2026 17:00" in rows
    assert "none Somebody unknown writes a mail" in rows


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.toml")), ids=lambda file: file.stem)
def test_it_shows_every_shipped_plan(file: Path) -> None:
    lines = list(shown(terms(read_plan_text(file)), file.name, MARCH))
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert {"Targets", "Severities", "Calendars", "Edge cases", "Examples"} <= set(titles)


def test_it_says_what_changed_and_which_due_times_differ() -> None:
    later = FASTER.replace('fri = ["08:00-17:00"]', 'fri = ["08:00-16:00"]')
    rows = [
        " ".join(line.split()) for line in differences(terms(TEXT), terms(later), MARCH) if line
    ]
    arrow = "\N{RIGHTWARDS ARROW}"
    assert rows[:4] == [
        "calendars",
        f"office fri: 08:00-17:00 {arrow} 08:00-16:00",
        "targets",
        f"standard within: 1 h {arrow} 40 min",
    ]
    differ = rows[rows.index("Due times that differ") + 2 :]
    assert (
        "Shortly before closing, Fri 6 Mar 2026 16:45 aim Mon 9 Mar 2026 16:45 "
        "Mon 9 Mar 2026 17:00"
    ) in differ
    assert not any("critical" in row for row in differ)


def test_it_says_that_two_plans_say_the_same(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "same.toml").write_text(f"# Ours.\n{TEXT}")
    assert plan("diff", str(PREMIUM), "same.toml") == 0
    assert capsys.readouterr().out == "They say the same.\n"


def test_it_compares_a_version_with_a_file(
    cast: Cast, faster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plan("diff", "premium@1", str(faster)) == 0
    assert "standard within: 1 h" in capsys.readouterr().out
    assert plan("show", "premium") == 0
    assert capsys.readouterr().out.startswith("Premium (Premium v1)\n")


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("gold", "There is no plan 'gold'. There are: premium."),
        ("premium@7", "There is no plan 'premium@7'."),
        ("My Plan", "'My Plan' names no plan. Write its key"),
        ("wrong.toml", "wrong.toml cannot be read as a plan. Run: answerable plan check"),
    ],
)
def test_it_says_that_there_is_no_such_plan(
    cast: Cast, here: Path, capsys: pytest.CaptureFixture[str], named: str, words: str
) -> None:
    (here / "wrong.toml").write_text(TEXT.replace('"30m"', "30"))
    assert plan("show", named) == 2
    assert words in capsys.readouterr().err


def test_it_shows_a_plan_that_comes_along_before_it_is_published(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert plan("show", "gitlab-priority") == 0
    assert "gitlab-priority as it comes along" in capsys.readouterr().out
