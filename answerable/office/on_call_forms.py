"""Who takes turns on call, as an administrator enters it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent
from answerable.lib import times
from answerable.lib.zones import zone_names
from answerable.office.forms import PlainForm
from answerable.routing.actions.rotas import Turns
from answerable.routing.core.rota import Plan, Rota
from answerable.routing.core.standing import texts_of, week_of
from answerable.routing.core.written_hours import Overlap, Unreadable, hours_text, read_hours
from answerable.routing.hours_words import DAYS

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

    in_hours = forms.BooleanField(label=gettext_lazy("Only in these hours"), required=False)

    def __init__(
        self,
        plan: Plan,
        agent: Agent,
        at: datetime,
        data: Any = None,
        renews: int | None = None,
    ) -> None:
        self.agents = list(Agent.objects.active().order_by("name"))
        entered = [one for one in plan.rotas if one.first == renews]
        filled = _filled(entered[-1] if entered else None, plan, agent, at)
        super().__init__(data, initial=filled)
        self.plan, self.at, self.renews = plan, at, renews
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

        for day, name in enumerate(times.names()["weekdays"]):
            self.fields[f"hours_{day}"] = forms.CharField(
                label=name,
                required=False,
                max_length=100,
                widget=forms.TextInput(attrs={"class": "input"}),
            )

    @property
    def hours_fields(self) -> list[BoundField]:
        """The hours of each weekday, Monday first."""
        return [self[f"hours_{day}"] for day in range(DAYS)]

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
        self._clean_hours(cleaned)
        return cleaned

    def _clean_hours(self, cleaned: dict[str, Any]) -> None:
        """Read the hours; of the rotas of a place one at most is around the clock."""
        for day in range(DAYS):
            self._read_day(f"hours_{day}")
        if any(name.startswith("hours_") for name in self.errors):
            return
        if not cleaned.get("in_hours"):
            if self._has_another_around_the_clock():
                words = _("Another rota of this place is around the clock. Enter hours.")
                self.add_error("in_hours", words)
        elif not any(self._hours()):
            words = _("Enter hours on one day at least, like 18:00-08:00")
            self.add_error("hours_0", words)

    def _read_day(self, name: str) -> None:
        try:
            read = read_hours(self.cleaned_data.get(name, ""), over_midnight=True)
            self.cleaned_data[name] = hours_text(read)
        except Overlap as overlap:
            self.add_error(name, _("{both} overlap").format(both=overlap))
        except Unreadable:
            self.add_error(name, _("Enter hours like 18:00-08:00, or 0-24 for all day"))

    def _hours(self) -> list[str]:
        return [str(self.cleaned_data.get(f"hours_{day}", "")) for day in range(DAYS)]

    def _has_another_around_the_clock(self) -> bool:
        return any(
            not entry.rota.hours and entry.rota.first != self.renews
            for entry in self.plan.reigns
            if entry.ends_at is None
        )

    def turns(self) -> Turns:
        """Return what was entered."""
        said = self.cleaned_data
        people = [one for one in self.agents if said.get(_name(one))]
        people.sort(key=lambda one: int(said[_name(one)]))
        hours = self._hours() if said["in_hours"] else []
        return Turns(
            people, said["first_day"], said["hand_over"], said["zone"], said["days"], hours
        )

    def as_planned(self) -> tuple[Plan, Rota]:
        """Return the plan as it would be once this is saved, and the rota as entered."""
        turns = self.turns()
        rota = Rota(
            order=max((one.order for one in self.plan.rotas), default=0) + 1,
            people=tuple(agent.pk for agent in turns.people),
            first_day=turns.first_day,
            hand_over=turns.hand_over,
            zone=turns.zone,
            days=turns.days if len(turns.people) > 1 else 0,
            since=self.at,
            hours=week_of(turns.hours),
            renews=self.renews,
        )
        return replace(self.plan, rotas=[*self.plan.rotas, rota]), rota


def _name(agent: Agent) -> str:
    return f"turn_{agent.pk}"


def _filled(rota: Rota | None, plan: Plan, agent: Agent, at: datetime) -> dict[str, Any]:
    """Return what the form begins with: the rota as it goes on at its next hand-over.

    So who adds somebody changes no shift that is under way. One more rota has hours.
    """
    texts = texts_of(rota.hours) if rota else []
    filled: dict[str, Any] = {f"hours_{day}": text for day, text in enumerate(texts)}
    filled["in_hours"] = bool(texts) if rota else bool(plan.reigns)
    if rota is None or not rota.days:
        zone = rota.zone if rota else agent.zone
        people = {f"turn_{number}": 1 for number in (rota.people[:1] if rota else ())}
        day = _next_monday(at.astimezone(ZoneInfo(agent.zone)).date())
        zoned = {"zone": zone if rota and rota.people else agent.zone}
        return filled | {"first_day": day, "hand_over": USUAL, "days": WEEK, **zoned, **people}
    number = rota.turn_at(at) + 1 if rota.counts_from <= at else 0
    local = rota.begins(number).astimezone(ZoneInfo(rota.zone))
    order = {f"turn_{one}": place for place, one in enumerate(rota.in_turn(number), 1)}
    return filled | {
        "first_day": local.date(),
        "hand_over": rota.hand_over,
        "zone": rota.zone,
        "days": rota.days,
        **order,
    }


def _next_monday(day: date) -> date:
    return day + timedelta(days=WEEK - day.weekday())
