"""The vendor's own fields, as agents fill them in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from answerable.intake.own_fields import form_field, name_of, problem_with
from answerable.tickets.core.fields import Said, Value, typed
from answerable.tickets.models import Field


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
        self.asked = {name_of(field): field for field in fields}
        for name, field in self.asked.items():
            shown = form_field(field, values.get(field.pk), is_needed=field.pk in needed)
            shown.initial = typed(values.get(field.pk))
            self.fields[name] = shown

    def clean(self) -> dict[str, Any]:
        """Note of each field what does not fit it."""
        for name, field in self.asked.items():
            problem = problem_with(field, self.cleaned_data.get(name, ""))
            if problem and name in self.cleaned_data:
                self.add_error(name, ValidationError(problem))
        return self.cleaned_data

    def said(self) -> dict[Field, Said]:
        """Return what was entered, by field."""
        return {field: self.cleaned_data[name] for name, field in self.asked.items()}
