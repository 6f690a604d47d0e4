"""`answerable plan publish`, `export` and `list`: versions into the database, and out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from answerable.cast import Cast
from answerable.cli.tests.plans import FASTER, OVER, TEXT, plan
from answerable.entitlements.actions import publish_plan, retire_plan
from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.moments import moment
from answerable.entitlements.models import PlanVersion
from answerable.entitlements.tests.ics import ics
from answerable.lib.tests.web import allowed_web
from answerable.tickets.tests.openings import opened

pytestmark = pytest.mark.usefixtures("here")


def test_it_publishes_after_telling_what_it_is_about(
    db: None, faster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cast = Cast(now())
    ticket, _ = (opened(cast.dana, now() - timedelta(minutes=ago)) for ago in (5, 50))
    arguments = ["--contracts", "all", "--yes", "--note", "Why not."]
    assert plan("publish", str(faster), *arguments) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[1:3] == [
        "2 accounts follow it for tickets received from now on.",
        "Open promises of this plan: 2. They keep their version; under the new one 1 would be "
        "due at another time. 1 would be late, and keep their time.",
    ]
    assert f"#{ticket.pk}" in out[3]
    assert out[-1] == "Premium v2 is published."
    version = PlanVersion.objects.get(number=2)
    assert (version.note, version.written.text) == ("Why not.", FASTER)
    assert version.adoptions.count() == 2


def test_it_moves_open_tickets_where_that_is_asked(
    db: None, faster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = opened(Cast(now()).dana, now() - timedelta(minutes=5))
    clock = ticket.clocks.get(metric="first_response")
    arguments = ["--contracts", "all", "--yes", "--open-tickets"]
    assert plan("publish", str(faster), *arguments) == 0
    out = capsys.readouterr().out.splitlines()
    assert "They move to the new one, where 1 would be due at another time" in out[2]
    assert out[-1] == "Open tickets are moved to it."
    before, moved = clock.due_at, ticket.clocks.get(pk=clock.pk)
    assert moved.plan_version.number == 2
    assert moved.due_at < before
    assert moved.entries.filter(verb="move").count() == 1


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


def test_it_publishes_no_day_that_is_over(
    cast: Cast, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEXT.replace('zone = "Europe/Berlin"', 'zone = "Europe/Berlin"\nholidays = ["ours"]')
    (here / "plan.toml").write_text(text + OVER)
    assert plan("publish", "plan.toml", "--yes") == 1
    line = len((here / "plan.toml").read_text().splitlines())
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith(f"plan.toml:{line}: In holidays.ours: 2020-05-01 is over.")
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


def test_it_fetches_feeds_once_and_says_what_to_write_when_it_cannot(
    db: None,
    here: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Cast(now())
    christmas = f"{now().year + 1}-12-25"
    with allowed_web(here, settings, monkeypatch) as web:
        file = here / "plan.toml"
        feed = f'\n[holidays.canton]\nfeed = "{web.origin}/days.ics"\n'
        file.write_text(TEXT.replace("fri = [", 'holidays = ["canton"]\nfri = [') + feed)
        assert plan("publish", str(file), "--yes") == 1
        lines = len(file.read_text().splitlines())
        assert capsys.readouterr().out.startswith(
            f"{file}:{lines}: In holidays.canton: {web.origin}/days.ics cannot be fetched. "
            "localhost answered with status 404. Write what it holds as 'ical'"
        )
        web.put("/days.ics", ics(christmas))
        assert plan("publish", str(file), "--yes") == 0
        assert len(web.asked) == 2
    version = PlanVersion.objects.get(number=2)
    days = version.terms.calendars["office"].special_days()
    assert [str(day) for day in days] == [christmas]
