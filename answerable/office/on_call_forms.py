"""Who takes turns on call, as an administrator enters it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent
from answerable.lib.zones import zone_names
from answerable.office.forms import PlainForm
from answerable.routing.actions.rotas import Turns
from answerable.routing.core.rota import Plan, rota_at

MOST_TURNS, LONGEST_TURN = 99, 366
YEARS = timedelta(days=2 * 366)
USUAL = time(9)
WEEK = 7


class TurnsForm(PlainForm):
    """Who takes turns in which order, how long each is, and when the first begins."""

    first_day = forms.DateField(
        label=gettext_lazy("First hand-over"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), gettext_lazy("Enter a day like 2026-11-01")
        ),
    )
    hand_over = forms.TimeField(
        label=gettext_lazy("At"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), gettext_lazy("Enter a time like 08:00")
        ),
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        error_messages={"invalid_choice": gettext_lazy("Select a time zone from the list")},
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days of each turn"),
        help_text=gettext_lazy("7: they hand over every week. 1: every day."),
        min_value=1,
        max_value=LONGEST_TURN,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Enter a number from 1 to 366"),
        ),
    )

    def __init__(self, plan: Plan, agent: Agent, at: datetime, data: Any = None) -> None:
        self.agents = list(Agent.objects.active().order_by("name"))
        filled = _filled(plan, agent, at)
        super().__init__(data, initial=filled)
        self.at = at
        self.fields["zone"].choices = [(z, z.replace("_", " ")) for z in zone_names()]  # type: ignore[attr-defined]
        # Who takes turns stands first, in order.
        self.agents.sort(key=lambda one: filled.get(_name(one), MOST_TURNS + 1))
        for one in self.agents:
            self.fields[_name(one)] = forms.IntegerField(
                label=one.name,
                required=False,
                min_value=1,
                max_value=MOST_TURNS,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"), _("Enter a number from 1 to 99")
                ),
            )

    def turns_fields(self) -> list[BoundField]:
        """Return the fields that say whose turn comes when."""
        return [self[_name(one)] for one in self.agents]

    def clean(self) -> dict[str, Any]:
        """Refuse two people with one number, and a beginning that nobody means."""
        cleaned = super().clean() or {}
        taken: dict[int, str] = {}
        for one in self.agents:
            number = cleaned.get(_name(one))
            if number in taken:
                words = _("{name} has this number, too").format(name=taken[number])
                self.add_error(_name(one), words)
            elif number:
                taken[number] = one.name
        first = cleaned.get("first_day")
        if first and not abs(first - self.at.date()) <= YEARS:
            self.add_error("first_day", _("Enter a day within two years"))
        return cleaned

    def turns(self) -> Turns:
        """Return what was entered."""
        said = self.cleaned_data
        people = [one for one in self.agents if said.get(_name(one))]
        people.sort(key=lambda one: int(said[_name(one)]))
        return Turns(people, said["first_day"], said["hand_over"], said["zone"], said["days"])


def _name(agent: Agent) -> str:
    return f"turn_{agent.pk}"


def _filled(plan: Plan, agent: Agent, at: datetime) -> dict[str, Any]:
    """Return what the form begins with: the rota as it goes on at its next hand-over.

    So who adds somebody changes no shift that is under way.
    """
    rota = plan.rotas[-1] if plan.rotas else None
    if rota is None or not rota.days:
        zone = rota.zone if rota else agent.zone
        people = {f"turn_{number}": 1 for number in (rota.people[:1] if rota else ())}
        day = _next_monday(at.astimezone(ZoneInfo(agent.zone)).date())
        zoned = {"zone": zone if rota and rota.people else agent.zone}
        return {"first_day": day, "hand_over": USUAL, "days": WEEK, **zoned, **people}
    number = rota.turn_at(at) + 1 if rota_at(plan, at) == rota else 0
    local = rota.begins(number).astimezone(ZoneInfo(rota.zone))
    order = {f"turn_{one}": place for place, one in enumerate(rota.in_turn(number), 1)}
    return {
        "first_day": local.date(),
        "hand_over": rota.hand_over,
        "zone": rota.zone,
        "days": rota.days,
        **order,
    }


def _next_monday(day: date) -> date:
    return day + timedelta(days=WEEK - day.weekday())
