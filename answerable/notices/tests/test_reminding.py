"""Agents are told by mail of shifts that come, and of covers that somebody else entered."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.notices import actions
from answerable.routing.actions import rotas
from answerable.routing.models import Rota

pytestmark = pytest.mark.django_db
FIRST = Rota.Place.FIRST
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY = datetime(2025, 10, 20, 7, tzinfo=UTC)  # nine in Berlin


@pytest.fixture(autouse=True)
def rota(cast: Cast) -> Rota:
    """Ana and Ben take turns, each for a week."""
    turns = rotas.Turns([cast.ana, cast.ben], date(2025, 10, 20), time(9), "Europe/Berlin", 7)
    return rotas.save_rota(FIRST, turns, by=cast.ida, at=MONDAY - WEEK)


def mails() -> list[tuple[str, str]]:
    rows = OutgoingMail.objects.order_by("pk").values_list("to_name", "subject")
    return [(name.split()[0], subject) for name, subject in rows]


def test_who_is_on_call_tomorrow_is_told_once_and_again_when_it_begins() -> None:
    for hours in (26, 24, 23, 1, 0, -0.5, -3):
        actions.remind_of_shifts(at=MONDAY - hours * HOUR)
    place = "First person on call."
    assert mails() == [
        ("Ana", f"You are on call, Mon 20 Oct 09:00 \N{EN DASH} Mon 27 Oct 09:00: {place}"),
        ("Ana", f"You are on call now, until Mon 27 Oct 09:00: {place}"),
    ]


def test_who_covers_because_somebody_said_so_is_told_at_once(cast: Cast) -> None:
    begin = MONDAY + 3 * DAY
    stretch = rotas.Stretch(FIRST, cast.chidi, begin, begin + 4 * HOUR)
    rotas.cover(stretch, by=cast.ana, at=MONDAY)
    own = rotas.Stretch(FIRST, cast.lena, begin + DAY, begin + DAY + HOUR)
    rotas.cover(own, by=cast.lena, at=MONDAY)
    for _ in range(2):
        actions.remind_of_shifts(at=MONDAY + 2 * HOUR)
    assert mails() == [
        (
            "Chidi",
            "Ana Silva entered that you cover, Thu 23 Oct 09:00 \N{EN DASH} 13:00:"
            " First person on call.",
        )
    ]


def test_who_goes_on_is_not_told_anew(cast: Cast) -> None:
    stretch = rotas.Stretch(FIRST, cast.ana, MONDAY + WEEK, MONDAY + WEEK + DAY)
    rotas.cover(stretch, by=cast.ana, at=MONDAY)
    assert actions.remind_of_shifts(at=MONDAY + WEEK - 2 * HOUR) == 0


def test_who_wants_no_mails_gets_none(cast: Cast) -> None:
    cast.ana.notified_by_mail = False
    cast.ana.save()
    assert actions.remind_of_shifts(at=MONDAY - HOUR) == 0


def test_night_after_night_only_the_first_is_announced(cast: Cast, rota: Rota) -> None:
    nights = ["18:00-08:00"] * 5 + ["", ""]
    people, day = [cast.ana, cast.ben], date(2025, 10, 20)
    turns = rotas.Turns(people, day, time(9), "Europe/Berlin", 7, nights)
    rotas.save_rota(FIRST, turns, by=cast.ida, at=MONDAY - 3 * DAY, renews=rota.pk)
    for hours in range(-24, 48):
        actions.remind_of_shifts(at=MONDAY + hours * HOUR)
    place = "First person on call."
    assert mails() == [
        ("Ana", f"You are on call, Mon 20 Oct 18:00 \N{EN DASH} Tue 21 Oct 08:00: {place}"),
        ("Ana", f"You are on call now, until Tue 21 Oct 08:00: {place}"),
        ("Ana", f"You are on call now, until Wed 22 Oct 08:00: {place}"),
    ]
