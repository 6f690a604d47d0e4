"""A program asks who is on call."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.accounts.actions import make_api_token
from answerable.cast import Cast
from answerable.routing.actions import rotas
from answerable.routing.models import Rota

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_it_says_who_and_until_when(client: Client, cast: Cast) -> None:
    token = make_api_token(cast.ana, name="Board", works_for=30 * DAY, at=now())
    rotas.set_on_call(Rota.Place.FIRST, cast.ben, by=cast.ida, at=now() - DAY)
    end = (now() + DAY).replace(microsecond=0)
    stretch = rotas.Stretch(Rota.Place.FIRST, cast.chidi, now(), end)
    rotas.cover(stretch, by=cast.ida, at=now())
    asked = client.get("/api/v1/on-call", headers={"Authorization": f"Bearer {token}"})
    first, second, head = asked.json()
    assert (first["place"], first["agent"], first["name"]) == (
        "on_call_1",
        cast.chidi.pk,
        "Chidi Okafor",
    )
    assert first["until"] == end.strftime("%Y-%m-%dT%H:%M:%SZ")
    nobody = {"agent": None, "name": None, "until": None}
    assert [second, head] == [
        {"place": "on_call_2", **nobody},
        {"place": "head_of_support", **nobody},
    ]


def test_outside_all_hours_it_says_until_when_nobody_is(client: Client, cast: Cast) -> None:
    token = make_api_token(cast.ana, name="Board", works_for=30 * DAY, at=now())
    # An hour of the day after tomorrow, whatever day it is.
    hours = ["12:00-13:00" if day == (now() + 2 * DAY).weekday() else "" for day in range(7)]
    day = (now() - DAY).date()
    turns = rotas.Turns([cast.ben], day, time(), "UTC", 0, hours)
    rotas.save_rota(Rota.Place.FIRST, turns, by=cast.ida, at=now() - DAY)
    asked = client.get("/api/v1/on-call", headers={"Authorization": f"Bearer {token}"})
    begins = f"{(now() + 2 * DAY).date()}T12:00:00Z"
    assert asked.json()[0] == {
        "place": "on_call_1",
        "agent": None,
        "name": None,
        "until": begins,
    }


def test_it_tells_a_stranger_nothing(client: Client, cast: Cast) -> None:
    assert client.get("/api/v1/on-call").status_code == 401
