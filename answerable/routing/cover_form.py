"""Who covers when, as administrators and agents enter it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent
from answerable.routing.actions.rotas import LONGEST_COVER, Stretch
from answerable.routing.core.rota import Plan
from answerable.routing.models import Rota
from answerable.routing.on_call import turns_of
from answerable.routing.on_call_words import PLACES, standing_words

DAY = gettext_lazy("Enter a day like 2026-11-01")
TIME = gettext_lazy("Enter a time like 08:00")
OF = ":"  # Between a place and a rota of it.
LATEST = 4_102_444_800  # the year 2100: an address may say anything


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), DAY),
    )


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(("required", "invalid"), TIME),
    )


class CoverForm(forms.Form):
    """Somebody takes over from one wall time to another, of the reader's zone."""

    use_required_attribute = False

    place = forms.ChoiceField(label=gettext_lazy("Place"), choices=list(PLACES.items()))
    agent = forms.ModelChoiceField(
        Agent.objects.active().order_by("name"),
        label=gettext_lazy("Who takes over"),
        empty_label=gettext_lazy("Select somebody"),
        error_messages={"required": gettext_lazy("Select who takes over")},
    )
    first_day = _day(gettext_lazy("From"))
    first_time = _time(gettext_lazy("At"))
    last_day = _day(gettext_lazy("Until"))
    last_time = _time(gettext_lazy("At"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=200,
        error_messages={
            "max_length": gettext_lazy("The reason must be 200 characters or fewer")
        },
    )

    def __init__(self, zone: tzinfo, at: datetime, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.zone, self.at = zone, at
        self.fields["place"].choices = _places(at)  # type: ignore[attr-defined]  # Its choices.

    def clean(self) -> dict[str, Any]:
        """Refuse what ends before it begins, is over, or is longer than a year."""
        cleaned = super().clean() or {}
        if not self.errors:
            begins, ends = self._instant("first"), self._instant("last")
            if ends <= begins:
                self.add_error("last_day", _("The end must be after the beginning"))
            elif ends <= self.at:
                self.add_error("last_day", _("The end must be in the future"))
            elif ends - begins > LONGEST_COVER:
                self.add_error("last_day", _("A cover lasts a year at the most"))
        return cleaned

    def stretch(self) -> Stretch:
        """Return what was entered."""
        said = self.cleaned_data
        place, _of, rota = said["place"].partition(OF)
        return Stretch(
            place,
            said["agent"],
            self._instant("first"),
            self._instant("last"),
            said["reason"],
            int(rota) if rota else None,
        )

    def _instant(self, end: str) -> datetime:
        day, time = self.cleaned_data[f"{end}_day"], self.cleaned_data[f"{end}_time"]
        return datetime.combine(day, time, tzinfo=self.zone).astimezone(UTC)


def _places(at: datetime) -> list[tuple[str, Any]]:
    """Return the places, each with the hours of its rotas that have some. One query."""
    rows = Rota.objects.order_by("pk")
    by_place = {
        place: [turns_of(row) for row in rows if row.place == place] for place in PLACES
    }
    found: list[tuple[str, Any]] = []
    for place, name in PLACES.items():
        found.append((place, name))
        for entry in Plan(by_place[place]).reigns:
            if entry.rota.hours and (entry.ends_at is None or entry.ends_at > at):
                words = _("{place}, only {hours}")
                hours = standing_words(entry.rota)
                key = f"{place}{OF}{entry.rota.first}"
                found.append((key, words.format(place=name, hours=hours)))
    return list(dict(found).items())


def shift_asked(asked: Mapping[str, str], zone: tzinfo) -> dict[str, object]:
    """Return what a form begins with: the shift that an address names."""
    begins, ends = _instant(asked.get("begins", "")), _instant(asked.get("ends", ""))
    filled: dict[str, object] = {"place": asked.get("place", "")}
    for name, instant in (("first", begins), ("last", ends)):
        if instant:
            local = instant.astimezone(zone)
            filled |= {f"{name}_day": local.date(), f"{name}_time": local.time()}
    return filled


def _instant(text: str) -> datetime | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < 11
    return datetime.fromtimestamp(int(text), UTC) if is_number and int(text) < LATEST else None
