"""The vendor's own fields, as agents fill them in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from answerable.desk.field_words import choice_names, field_name
from answerable.tickets.actions.filing import checked_value
from answerable.tickets.core.fields import LONGEST, NO, YES, Said, Unfit, Value, typed
from answerable.tickets.filled import choices_in_use
from answerable.tickets.models import Field

Kind = Field.Kind


class FieldsForm(forms.Form):
    """Some fields of a ticket; of those that are `needed` each says something."""

    def __init__(
        self,
        fields: Sequence[Field],
        values: Mapping[int, Value],
        data: QueryDict | None = None,
        *,
        needed: Collection[int] = (),
    ) -> None:
        super().__init__(data)
        self.asked = {f"field-{field.pk}": field for field in fields}
        for name, field in self.asked.items():
            shown = _shown(field, values.get(field.pk), is_needed=field.pk in needed)
            shown.initial = typed(values.get(field.pk))
            self.fields[name] = shown

    def clean(self) -> dict[str, Any]:
        """Note of each field what does not fit it."""
        for name, field in self.asked.items():
            if name in self.cleaned_data:
                try:
                    checked_value(field, self.cleaned_data[name])
                except Unfit as unfit:
                    self.add_error(name, ValidationError(_wrong(field, unfit.why)))
        return self.cleaned_data

    def said(self) -> dict[Field, Said]:
        """Return what was entered, by field."""
        return {field: self.cleaned_data[name] for name, field in self.asked.items()}


def _shown(field: Field, value: Value | None, *, is_needed: bool) -> forms.Field:
    name = field_name(field)
    if field.kind in {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO}:
        return _choosing(field, name, value, is_needed=is_needed)
    missing = {"required": _("Enter {name}").format(name=name)}
    return forms.CharField(
        label=name, required=is_needed, error_messages=missing, widget=_box(field.kind)
    )


def _box(kind: str) -> forms.Widget:
    if kind == Kind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4})
    if kind == Kind.DATE:
        return forms.DateInput(attrs={"type": "date"})
    return forms.TextInput(attrs={"inputmode": "decimal"} if kind == Kind.NUMBER else {})


def _choosing(
    field: Field, name: str, value: Value | None, *, is_needed: bool
) -> forms.ChoiceField:
    words = dict.fromkeys(("required", "invalid_choice"), _("Select {name}").format(name=name))
    choices = _choices(field, value)
    if field.kind == Kind.CHOICES:
        return forms.MultipleChoiceField(
            label=name,
            choices=choices,
            required=is_needed,
            error_messages=words,
            widget=forms.CheckboxSelectMultiple,
        )
    unsaid = [("", _("Nothing yet") if is_needed else _("Nothing"))]
    return forms.ChoiceField(
        label=name, choices=unsaid + choices, required=is_needed, error_messages=words
    )


def _choices(field: Field, value: Value | None) -> list[tuple[str, str]]:
    """Return what may be chosen: what is in use, and what is there already."""
    if field.kind == Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    there = (
        {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else ()
    )
    offered = {str(row["key"]) for row in choices_in_use(field)} | set(there)
    return [(key, name) for key, name in choice_names(field).items() if key in offered]


def _wrong(field: Field, why: str) -> str:
    name = field_name(field)
    words = {
        "long": _("{name} must be {most} characters or fewer"),
        Kind.NUMBER: _("{name} must be a number, such as 3 or 2.5"),
        Kind.DATE: _("{name} must be a date"),
    }
    return words.get(why, _("Select {name}")).format(name=name, most=LONGEST.get(field.kind))
