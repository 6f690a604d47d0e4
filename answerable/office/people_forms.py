"""What administrators enter about agents: room, skills, languages, hours, absences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from answerable.channels.voice.models import Call
from answerable.lib import times
from answerable.lib.phones import kept_phone, shown_phone
from answerable.office.forms import PlainForm
from answerable.office.queries.people import known_languages, known_products, language_name
from answerable.routing.actions.abilities import Facts
from answerable.routing.core.written_hours import Overlap, Unreadable, hours_text, read_hours
from answerable.routing.models import Ability, Skill

MOST_AT_ONCE = 20
DAYS = 7
WAYS = {
    Call.Way.BROWSER: gettext_lazy("In the browser"),
    Call.Way.PROVIDER: gettext_lazy("By telephone: we ring the agent first, then connect"),
    Call.Way.HAND: gettext_lazy("By hand, with a telephone of their own"),
}
A_NUMBER = gettext_lazy("Enter a number from 0 to 20")


def _at_once(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_AT_ONCE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), A_NUMBER
        ),
    )


class AbilityForm(PlainForm):
    """What an agent can do."""

    chats = _at_once(gettext_lazy("Chats"))
    calls = _at_once(gettext_lazy("Calls"))
    critical = _at_once(gettext_lazy("Critical tickets"))
    skills = forms.ModelMultipleChoiceField(
        Skill.objects.order_by("name"),
        label=gettext_lazy("Skills"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Select skills from the list")},
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("None selected: chats and calls in every language."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Select languages from the list")},
    )
    other_languages = forms.CharField(
        label=gettext_lazy("Other languages"),
        help_text=gettext_lazy("Codes with commas between them, like fr, pt-br"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    in_hours = forms.BooleanField(label=gettext_lazy("Only in these hours"), required=False)
    call_way = forms.ChoiceField(
        label=gettext_lazy("How they make calls"),
        widget=forms.RadioSelect,
        choices=list(WAYS.items()),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select how they make calls")
        ),
    )
    own_phone = forms.CharField(
        label=gettext_lazy("Their telephone number"),
        help_text=gettext_lazy("With its country code, like +49 30 1234567"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def __init__(self, ability: Ability, data: QueryDict | None = None) -> None:
        initial = _initial(ability) | {
            "skills": list(ability.skills.all()) if ability.pk else []
        }
        super().__init__(data, initial=initial)
        codes = [(code, language_name(code)) for code in known_languages()]
        self.fields["languages"].choices = codes  # type: ignore[attr-defined]  # A ChoiceField's.
        for day, name in enumerate(times.names()["weekdays"]):
            self.fields[f"hours_{day}"] = forms.CharField(
                label=name,
                required=False,
                max_length=100,
                initial=(ability.hours or [""] * DAYS)[day],
                widget=forms.TextInput(attrs={"class": "input"}),
            )

    @property
    def days(self) -> Iterator[BoundField]:
        """The hours of each weekday, Monday first."""
        return (self[f"hours_{day}"] for day in range(DAYS))

    def clean_other_languages(self) -> list[str]:
        """Return the codes, each of a language that has a name."""
        written = str(self.cleaned_data["other_languages"]).replace(";", ",").split(",")
        codes = [code.strip().lower() for code in written if code.strip()]
        for code in codes:
            try:
                get_language_info(code)
            except KeyError:
                words = _("No language has the code {code}")
                raise ValidationError(words.format(code=code)) from None
        return codes

    def clean_own_phone(self) -> str:
        """Return the number as it is kept."""
        written = str(self.cleaned_data["own_phone"]).strip()
        kept = kept_phone(written) if written else ""
        if written and not kept:
            raise ValidationError(
                _("Enter a telephone number with its country code, like +49 30 1234567")
            )
        return kept

    def clean(self) -> dict[str, Any]:
        """Read the hours, and ask for what the choices need."""
        cleaned = super().clean() or {}
        for day in range(DAYS):
            self._read_day(f"hours_{day}")
        if cleaned.get("in_hours") and not any(self._hours()) and not self._has_day_errors():
            self.add_error("hours_0", _("Enter hours on one day at least, like 09:00-17:00"))
        is_rung = cleaned.get("call_way") == Call.Way.PROVIDER
        if is_rung and not cleaned.get("own_phone") and "own_phone" not in self.errors:
            self.add_error("own_phone", _("Enter the number that we ring first"))
        return cleaned

    def facts(self) -> Facts:
        """Return what was entered."""
        entered = self.cleaned_data
        spoken = dict.fromkeys([*entered["languages"], *entered["other_languages"]])
        return Facts(
            chats=entered["chats"],
            calls=entered["calls"],
            critical=entered["critical"],
            skills=list(entered["skills"]),
            languages=list(spoken),
            hours=self._hours() if entered["in_hours"] else [],
            call_way=entered["call_way"],
            own_phone=entered["own_phone"],
        )

    def _read_day(self, name: str) -> None:
        try:
            self.cleaned_data[name] = hours_text(read_hours(self.cleaned_data.get(name, "")))
        except Overlap as overlap:
            self.add_error(name, _("{both} overlap").format(both=overlap))
        except Unreadable:
            self.add_error(name, _("Enter hours like 09:00-12:00, 13:00-17:00"))

    def _hours(self) -> list[str]:
        return [str(self.cleaned_data.get(f"hours_{day}", "")) for day in range(DAYS)]

    def _has_day_errors(self) -> bool:
        return any(f"hours_{day}" in self.errors for day in range(DAYS))


def _initial(ability: Ability) -> dict[str, Any]:
    return {
        "chats": ability.chats,
        "calls": ability.calls,
        "critical": ability.critical,
        "languages": ability.languages,
        "in_hours": bool(ability.hours),
        "call_way": ability.call_way,
        "own_phone": shown_phone(ability.own_phone) if ability.own_phone else "",
    }


class AbsenceForm(PlainForm):
    """When an agent is not there: whole days, or a part of them."""

    first = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), gettext_lazy("Enter a day like 2026-11-01")
        ),
    )
    last = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Enter a day like 2026-11-01")},
    )
    begins = forms.TimeField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Enter a time like 08:00")},
    )
    ends = forms.TimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Enter a time like 08:00")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=100,
        error_messages={"max_length": gettext_lazy("Note must be 100 characters or fewer")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an absence that ends before it begins."""
        cleaned = super().clean() or {}
        if not self.errors and self._end() <= self._begin():
            self.add_error("last", _("The last day must be after the first"))
        return cleaned

    def stretch(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return from when to when, by wall time of a zone."""
        return self._begin().replace(tzinfo=zone), self._end().replace(tzinfo=zone)

    def _begin(self) -> datetime:
        return datetime.combine(
            self.cleaned_data["first"], self.cleaned_data["begins"] or time(0)
        )

    def _end(self) -> datetime:
        last = self.cleaned_data["last"] or self.cleaned_data["first"]
        if self.cleaned_data["ends"]:
            return datetime.combine(last, self.cleaned_data["ends"])
        return datetime.combine(last, time(0)) + timedelta(days=1)


class SkillForm(PlainForm):
    """A skill, and the products whose tickets need it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        error_messages={
            "required": gettext_lazy("Enter a name"),
            "max_length": gettext_lazy("Name must be 100 characters or fewer"),
        },
    )
    products = forms.MultipleChoiceField(
        label=gettext_lazy("Tickets about these products need it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Select products from the list")},
    )

    def __init__(self, skill: Skill, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"name": skill.name, "products": skill.products})
        self.skill = skill
        products = [(product, product) for product in known_products()]
        self.fields["products"].choices = products  # type: ignore[attr-defined]  # As above.

    def entered(self) -> Skill:
        """Return the skill as it was entered."""
        self.skill.name = self.cleaned_data["name"]
        self.skill.products = self.cleaned_data["products"]
        return self.skill
