"""How far the tickets' log is followed, and what could not be taken, from the command line."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.cli import log
from answerable.cli.parser import parse
from answerable.tickets.actions.parking import park
from answerable.tickets.models import LogMark, ParkedLine, TicketEvent
from answerable.tickets.tests.openings import opened

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = log.run(parse(["log", *words]))
    return status, capsys.readouterr().out


def test_it_names_each_line_that_could_not_be_taken_and_has_it_tried_again(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = opened(cast.dana, cast.at)
    newest = TicketEvent.objects.latest("pk")
    LogMark.objects.create(name="rules", upto=newest.pk, level_at=now())
    assert "rules: level; 0 numbers missing, 0 lines parked.\n" in told(capsys)[1]
    park("rules", newest.pk, "KeyError: 'percent'", at=now())
    status, said = told(capsys)
    assert status == 1
    line = f"line {newest.pk} ({newest.verb}) of #{ticket.pk}, tried 1 times"
    assert f"rules: {line}: KeyError: 'percent'\n" in said
    status, said = told(capsys, "--retry")
    assert (status, "1 lines are tried again now." in said) == (0, True)
    assert ParkedLine.objects.get().tries == 0
