"""`answerable plan`: a plan is checked, shown, compared, published and taken out again."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.cli.main import main
from answerable.cli.plan_showing import differences, shown
from answerable.entitlements.actions import SHIPPED, publish_plan, read_plan_text, retire_plan
from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.moments import moment
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.models import PlanVersion
from answerable.tickets.tests.openings import opened

PREMIUM = SHIPPED / "premium.toml"
TEXT = read_plan_text(PREMIUM)
FASTER = TEXT.replace('within = "1h"', 'within = "40m"').replace(
    "2026-03-06 17:45", "2026-03-06 17:25"
)
MARCH = moment("2026-03-04 00:00 UTC")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which commands find the database of the tests."""
    for name in ("ANSWERABLE_DATA", "ANSWERABLE_SECRET_KEY_FILE"):
        monkeypatch.setenv(name, str(tmp_path))
    url = os.environ.get("ANSWERABLE_DATABASE_URL", "postgresql://named/already")
    monkeypatch.setenv("ANSWERABLE_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def faster(here: Path) -> Path:
    file = here / "faster.toml"
    file.write_text(FASTER)
    return file


def plan(*arguments: str) -> int:
    return main(["plan", *arguments])


def test_it_says_that_the_shipped_plans_are_fine(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(map(str, SHIPPED.glob("*.toml")))
    assert plan("check", *files) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(files) == 6
    assert f"{PREMIUM}: fine, 8 examples kept." in lines


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
    assert out[-1] == f"{PREMIUM}: fine, 8 examples kept."


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
    assert out[1] == "plan.toml: fine, 8 examples kept."


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


def test_it_publishes_after_telling_what_it_is_about(
    db: None, faster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = opened(Cast(now()).dana, now() - timedelta(minutes=50))
    arguments = ["--contracts", "all", "--yes", "--note", "Why not."]
    assert plan("publish", str(faster), *arguments) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[1:3] == [
        "2 accounts follow it for tickets received from now on.",
        "Open promises of this plan: 1. They keep their version; under the new one 1 would be "
        "due at another time, 1 of them late.",
    ]
    assert f"#{ticket.pk}" in out[3]
    assert out[-1] == "Premium v2 is published."
    version = PlanVersion.objects.get(number=2)
    assert (version.note, version.written.text) == ("Why not.", FASTER)
    assert version.adoptions.count() == 2


def test_it_publishes_for_tickets_to_come(
    db: None, faster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Cast(now())
    words = f"{now() + timedelta(days=40):%Y-%m-%d} 12:00 Europe/Berlin"
    arguments = ["--contracts", "none", "--for-tickets-from", words, "--yes"]
    assert plan("publish", str(faster), *arguments) == 0
    said = capsys.readouterr().out
    assert "No contract follows it yet; 2 accounts use the plan." in said
    version = PlanVersion.objects.get(number=2)
    assert version.effective_from == moment(words)
    assert not version.adoptions.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "There is no terminal to ask. Add --yes to publish."),
        (["--yes", "--for-tickets-from", "soon"], "'soon' is no time. Enter a time with its"),
        (["--yes", "--for-tickets-from", "2020-01-01 00:00 UTC"], "Enter a later time."),
    ],
)
def test_it_says_why_it_does_not_publish(
    cast: Cast,
    faster: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    assert plan("publish", str(faster), *arguments) == 2
    assert words in capsys.readouterr().err
    assert PlanVersion.objects.count() == 1


def test_it_publishes_nothing_that_is_wrong(
    cast: Cast, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "plan.toml").write_text(TEXT.replace('within = "1h"', 'within = "2h"'))
    assert plan("publish", "plan.toml", "--yes") == 1
    assert "the plan makes it 2026-03-06 18:45 Europe/Berlin" in capsys.readouterr().out
    assert PlanVersion.objects.count() == 1


def test_it_exports_the_very_text(
    cast: Cast, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = here / "plan.toml"
    written.write_bytes(b"# Ours, with a gr\xc3\xbcn comment.\r\n" + FASTER.encode())
    assert plan("publish", "plan.toml", "--yes") == 0
    assert plan("export", "premium", "out.toml") == 0
    assert (here / "out.toml").read_bytes() == written.read_bytes()
    capsys.readouterr()
    assert plan("export", "premium@1") == 0
    assert capsys.readouterr().out == TEXT
    assert plan("export", "premium@1", "out.toml") == 2
    assert "out.toml exists. Write over it with --force." in capsys.readouterr().err
    assert plan("export", "premium@1", "out.toml", "--force") == 0
    assert (here / "out.toml").read_text() == TEXT


def test_it_exports_a_document_that_nobody_wrote_as_a_text(
    cast: Cast, at: datetime, here: Path
) -> None:
    version = publish_plan({**cast.premium.document, "changelog": "By hand."}, at=at)
    assert plan("export", "premium@2", "out.toml") == 0
    assert read_document((here / "out.toml").read_text()) == version.document
    assert plan("check", "out.toml") == 0


def test_it_lists_plans(db: None, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = Cast(now()).premium.document
    other = publish_plan({**document, "key": "gold", "name": "Gold"}, at=now())
    retire_plan(other.plan, at=now())
    assert plan("list") == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["key", "name", "version", "since", "accounts"]
    assert (rows[1][0], rows[1][-2:]) == ("gold", ["0", "retired"])
    assert (rows[2][:3], rows[2][-1]) == (["premium", "Premium", "1"], "2")
