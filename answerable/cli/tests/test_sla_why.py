"""Why a ticket is due when it is, on the command line."""

from __future__ import annotations

import pytest

from answerable.cast import Cast
from answerable.cli import sla_why
from answerable.cli.parser import parse
from answerable.cli.wrong import Wrong
from answerable.tickets.tests.openings import opened_critical

pytestmark = pytest.mark.django_db


def test_it_explains_every_clock(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = opened_critical(cast.dana, cast.at)
    sla_why.run(parse(["sla", "why", str(ticket.pk), "--zone", "Asia/Tokyo"]))
    said = capsys.readouterr().out
    assert "Mon 20 Oct 2025 17:30:00 (Tokyo, UTC+9)" in said
    assert f"of #{ticket.pk}: why is it due Mon 20 Oct, 17:15?" in said


def test_it_tells_customers_of_no_internal_clock(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = opened_critical(cast.dana, cast.at)
    sla_why.run(parse(["sla", "why", str(ticket.pk), "--customer"]))
    said = capsys.readouterr().out
    assert said.startswith(f"How the time of request #{ticket.pk} is worked out")
    assert "claim" not in said


@pytest.mark.parametrize(
    ("words", "says"),
    [(["4711"], "no ticket 4711"), (["1", "--zone", "Berlin"], "no time zone")],
)
def test_it_says_what_is_wrong(cast: Cast, words: list[str], says: str) -> None:
    opened_critical(cast.dana, cast.at)
    number = str(cast.dana.tickets.get().pk) if words[0] == "1" else words[0]
    with pytest.raises(Wrong, match=says):
        sla_why.run(parse(["sla", "why", number, *words[1:]]))
