"""`answerable sla report` prints what the pages show."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.cli.parser import parse
from answerable.cli.sla_report import run
from answerable.cli.wrong import Wrong
from answerable.sla.tests.clocks import replied
from answerable.sla.tests.misses import HOUR, MINUTE, excused_by, missed_by
from answerable.sla.tests.test_owed import CREDIT, sell
from answerable.tickets.tests.openings import opened

OCTOBER = ("--month", "2025-10")


@pytest.fixture
def october(cast: Cast, at: datetime) -> Cast:
    """Nordwind had one kept, one missed and one excused; Brightwater one kept."""
    sell(cast, CREDIT | {"more_than": 0, "says": "One miss a quarter: 20 %"})
    replied(opened(cast.dana, at), cast.ana, at=at + 12 * MINUTE)
    missed_by(cast.kim, at, cast.ana)
    excused_by(cast.lena, missed_by(cast.dana, at), at=at + 2 * HOUR)
    replied(opened(cast.olive, at), cast.ana, at=at + MINUTE)
    return cast


def report(*options: str) -> int:
    return run(parse(["sla", "report", *options]))


def test_it_prints_the_three_numbers_and_the_remedies(
    october: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(*OCTOBER, "--customer", "nordwind gmbh") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Promises of October 2025, Nordwind GmbH"
    assert lines[1] == "  Promises 3   Kept 1   Missed 1   Excused 1   Open 0"
    assert lines[2].startswith("  Kept 33.3 % (few) of what fell due, 95 % range")
    assert lines[3] == "  Median 1 h 4 min, 9 of 10 within not yet"
    assert lines[5].startswith("  Nordwind GmbH, Premium, 1 Aug 2025 ")
    assert "20 % of the support fee. Waived on 1 Dec 2025." in lines[5]
    assert lines[5].endswith("(One miss a quarter: 20 %)")


def test_it_prints_the_same_for_programs(
    october: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(*OCTOBER, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["month"], said["customer"], said["promises"]) == ("2025-10", None, 4)
    assert [said[name] for name in ("met", "missed", "excused", "open")] == [2, 1, 1, 0]
    assert said["median_seconds"] == timedelta(minutes=12).total_seconds()
    assert said["nine_of_ten_seconds"] is None
    (owed,) = said["remedies"]
    assert (owed["customer"], owed["percent"], owed["claim"]) == ("Nordwind GmbH", 20, "waived")
    assert len(owed["tickets"]) == 1


def test_it_prints_a_month_in_which_nothing_fell_due(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report("--month", "2024-02") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1:] == [
        "  Promises 0   Kept 0   Missed 0   Excused 0   Open 0",
        "Remedies",
        "  None.",
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--month", "Oktober"), "'Oktober' is no month. Write it like 2025-10."),
        (("--customer", "nord"), "No customer is named nord. There is: Nordwind GmbH."),
        (("--customer", "Acme"), "No customer is named Acme."),
    ],
)
def test_it_says_what_it_cannot_find(cast: Cast, options: tuple[str, ...], words: str) -> None:
    with pytest.raises(Wrong) as wrong:
        report(*options)
    assert str(wrong.value) == words
