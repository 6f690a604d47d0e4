"""What an agent enters about how they are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import dates
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent
from answerable.notices.actions import Wanted
from answerable.notices.core.levels import CHOICES, LEAST, MOST, Kind, Level, Way
from answerable.notices.core.quiet import For, Quiet
from answerable.notices.models import Wish
from answerable.notices.people import quiet_of, wishes_of
from answerable.notices.words import KINDS, LEVELS, WAYS

HOLDS = {
    For.NONE: gettext_lazy("No quiet hours"),
    For.STANDARD: gettext_lazy("For all but business-critical tickets"),
    For.ALL: gettext_lazy("For all tickets"),
}
# Telephones are for what insists; digests for what is quiet.
MAY = {
    Level.QUIET: (Way.MAIL, Way.DIGEST),
    Level.VISIBLE: (Way.PUSH, Way.MAIL, Way.DIGEST),
    Level.AUDIBLE: (Way.DESKTOP, Way.PUSH, Way.MAIL, Way.DIGEST),
    Level.INSISTENT: (Way.DESKTOP, Way.PUSH, Way.MAIL, Way.PHONE, Way.SMS),
}
TIME = gettext_lazy("Enter a time like 19:00")


class WishForm(forms.Form):
    """A level for each kind, ways for each level, quiet hours."""

    use_required_attribute = False

    quiet_for = forms.ChoiceField(
        label=gettext_lazy("Quiet hours"), choices=list(HOLDS.items())
    )
    quiet_begins = forms.TimeField(
        label=gettext_lazy("From"), error_messages=dict.fromkeys(("required", "invalid"), TIME)
    )
    quiet_ends = forms.TimeField(
        label=gettext_lazy("Until"), error_messages=dict.fromkeys(("required", "invalid"), TIME)
    )
    quiet_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("All day on"),
        choices=list(dates.WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, agent: Agent, data: Any = None) -> None:
        wish = Wish.objects.filter(agent=agent).first()
        wishes, quiet = wishes_of(agent, wish), quiet_of(wish)
        super().__init__(data, initial=_quiet_fields(quiet))
        for kind, name in KINDS.items():
            self.fields[f"level_{kind}"] = forms.TypedChoiceField(
                label=str(name),
                choices=[(level.value, LEVELS[level]) for level in _levels(kind)],
                coerce=lambda value: Level(int(value)),
                initial=wishes.level(kind).value,
            )
        for level in Level:
            self.fields[f"ways_{level.value}"] = forms.TypedMultipleChoiceField(
                label=str(LEVELS[level]),
                choices=[(way.value, WAYS[way]) for way in CHOICES if way in MAY[level]],
                coerce=Way,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[way.value for way in wishes.ways_at(level)],
            )

    def wanted(self) -> Wanted:
        """Return what was entered."""
        said = self.cleaned_data
        return Wanted(
            {kind: said[f"level_{kind}"] for kind in Kind},
            {level: frozenset(said[f"ways_{level.value}"]) for level in Level},
            Quiet(
                said["quiet_begins"],
                said["quiet_ends"],
                frozenset(said["quiet_days"]),
                For(said["quiet_for"]),
            ),
        )

    def kinds(self) -> Iterator[forms.BoundField]:
        """Return the fields of the kinds whose level may be chosen."""
        return (self[f"level_{kind}"] for kind in Kind if len(_levels(kind)) > 1)

    def fixed(self) -> list[Promise]:
        """Return the kinds whose level nobody chooses."""
        return [KINDS[kind] for kind in Kind if len(_levels(kind)) == 1]


def level_rows(form: WishForm) -> list[forms.BoundField]:
    """Return the fields of the ways, by level."""
    return [form[f"ways_{level.value}"] for level in reversed(Level)]


def _levels(kind: Kind) -> list[Level]:
    return [one for one in Level if LEAST.get(kind, Level.QUIET) <= one <= MOST[kind]]


def _quiet_fields(quiet: Quiet) -> dict[str, object]:
    return {
        "quiet_for": quiet.holds_for.value,
        "quiet_begins": f"{quiet.begins:%H:%M}",
        "quiet_ends": f"{quiet.ends:%H:%M}",
        "quiet_days": sorted(quiet.days),
    }
