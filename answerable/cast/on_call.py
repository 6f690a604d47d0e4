"""Who is on call in the demonstration: Ana, Ben and Chidi in turn, Ravi behind them, Lena."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from answerable.accounts.models import Agent
from answerable.cast.people import Cast
from answerable.routing.actions import rotas
from answerable.routing.actions.abilities import Facts, save_ability
from answerable.routing.models import Rota

NINE, WEEK = time(9), timedelta(days=7)
# Chidi has not said where he is rung up: the office finds that.
PHONES = {"ana": "+49301234501", "ben": "+49301234502", "lena": "+49301234503"}
RAVIS = "+49301234504"


def tell_who_is_on_call(cast: Cast, *, at: datetime) -> None:
    """Let people take turns, and Ana cover an evening of Ben's."""
    for name, phone in {**PHONES, "ravi": RAVIS}.items():
        save_ability(getattr(cast, name), Facts(chats=3, calls=1, critical=1, own_phone=phone))
    monday = _monday(cast.ida, at)
    first = [cast.ana, cast.ben, cast.chidi]
    for place, people in ((Rota.Place.FIRST, first), (Rota.Place.SECOND, [cast.ravi])):
        begins = (monday - 3 * WEEK).date()
        turns = rotas.Turns(people, begins, NINE, cast.ida.zone, WEEK.days)
        rotas.save_rota(place, turns, by=cast.ida, at=at - WEEK)
    rotas.set_on_call(Rota.Place.HEAD, cast.lena, by=cast.ida, at=at - WEEK)
    evening = monday + timedelta(days=9, hours=9)
    stretch = rotas.Stretch(
        Rota.Place.FIRST, cast.ana, evening, evening + timedelta(hours=6), "School concert"
    )
    rotas.cover(stretch, by=cast.ida, at=at)


def _monday(agent: Agent, at: datetime) -> datetime:
    """Return when this week's hand-over was, or is, on the wall clock."""
    local = at.astimezone(ZoneInfo(agent.zone))
    day = local.date() - timedelta(days=local.weekday())
    return datetime.combine(day, NINE, tzinfo=local.tzinfo)
