"""What agents fill in to promise the next update."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.sla.actions.updating import LONGEST

OTHER = "other"


class UpdateForm(forms.Form):
    """By when a customer hears from us next."""

    until = forms.ChoiceField(
        label=gettext_lazy("Next update by"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select by when")
        ),
    )
    other = forms.DateTimeField(
        label=gettext_lazy("Another time"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"invalid": gettext_lazy("Enter a date and a time")},
    )

    def __init__(
        self,
        offered: Sequence[tuple[str, str]],
        data: QueryDict | None = None,
        *,
        at: datetime,
        zone: tzinfo,
    ) -> None:
        super().__init__(data, initial={"until": offered[0][0]})
        self.at, self.zone = at, zone
        box = self.fields["until"]
        if isinstance(box, forms.ChoiceField):
            box.choices = [*offered, (OTHER, _("Another time"))]

    def clean(self) -> dict[str, Any]:
        """Note what cannot be promised: it lies ahead, within a month."""
        until = self.cleaned_data.get("until")
        if until == OTHER and "other" not in self.errors:
            self._check("other", self.cleaned_data.get("other"))
        elif until and until != OTHER:
            self._check("until", datetime.fromisoformat(until))
        return self.cleaned_data

    def _check(self, name: str, instant: datetime | None) -> None:
        if instant is None:
            self.add_error(name, ValidationError(_("Enter a date and a time")))
        elif not self.at < instant <= self.at + LONGEST:
            words = _("Enter a time that lies ahead, within 30 days")
            self.add_error(name, ValidationError(words))

    @property
    def due_at(self) -> datetime:
        """The instant that was chosen. Raises KeyError before it is."""
        until = self.cleaned_data["until"]
        chosen: datetime = (
            self.cleaned_data["other"] if until == OTHER else datetime.fromisoformat(until)
        )
        return chosen
