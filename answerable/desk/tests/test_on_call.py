"""Agents see when they are on call, cover for each other, and have it in their calendars."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.desk.tests.opening import SignIn
from answerable.routing.actions import rotas
from answerable.routing.models import Cover, Rota, ShiftCalendar

FIRST = Rota.Place.FIRST
PATH = "/desk/on-call/"
DAY = timedelta(days=1)


def with_turns(here: Cast) -> None:
    """Ana is on call for ten days, then Ben is."""
    day = now().date() - 2 * DAY
    turns = rotas.Turns([here.ana, here.ben], day, now().time(), "UTC", 12)
    rotas.save_rota(FIRST, turns, by=here.ida, at=now() - DAY)


def stretch(agent: int, days: int) -> dict[str, object]:
    day = (now() + days * DAY).date().isoformat()
    times = {"first_time": "18:00", "last_time": "22:00", "reason": ""}
    return {"place": FIRST, "agent": agent, "first_day": day, "last_day": day, **times}


def words(client: Client, path: str = PATH) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_one_reads_when_one_is_on_call(here: Cast, ana: Client, sign_in: SignIn) -> None:
    with_turns(here)
    assert "You are on call until" in words(ana)
    assert "You are on call until" in words(ana, "/desk/notices/")
    assert "You are on call next from" in words(sign_in(here.ben))
    assert "You are on call" not in words(sign_in(here.chidi), "/desk/notices/")


def test_one_covers_for_others_and_has_ones_own_shifts_covered(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    with_turns(here)
    assert ana.post(PATH, stretch(here.ben.pk, 2)).status_code == 302
    ben = sign_in(here.ben)
    assert ben.post(PATH, stretch(here.ben.pk, 3)).status_code == 302
    refused = ben.post(PATH, stretch(here.chidi.pk, 4))
    assert refused.status_code == 422
    assert "Not all this is yours." in refused.content.decode()
    assert Cover.objects.count() == 2
    theirs = Cover.objects.get(by=here.ben)
    assert ana.post(f"{PATH}covers/{theirs.pk}/remove/").status_code == 404
    assert ben.post(f"{PATH}covers/{theirs.pk}/remove/").status_code == 302
    assert Cover.objects.count() == 1


def test_a_calendar_follows_ones_shifts_until_its_address_ends(here: Cast, ana: Client) -> None:
    with_turns(here)
    shown = ana.post(f"{PATH}calendar/").content.decode()
    address = re.search(r"/on-call/([\w-]{40,})/shifts\.ics", shown)
    assert address
    assert address[1] not in words(ana)
    stranger = Client()
    answer = stranger.get(address[0])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert b"SUMMARY:On call: First person on call" in answer.content
    assert b"Ben" not in answer.content
    assert stranger.get("/on-call/guess/shifts.ics").status_code == 404
    ana.post(f"{PATH}calendar/end/")
    assert stranger.get(address[0]).status_code == 404
    assert not ShiftCalendar.objects.exists()
