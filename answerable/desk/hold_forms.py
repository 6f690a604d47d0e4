"""What agents fill in to put a ticket on hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.tickets.models import Hold

OTHER, OPEN_END = "other", "open"
LONGEST = timedelta(days=730)


class HoldForm(forms.Form):
    """For whom a ticket waits, why, and until when."""

    until = forms.ChoiceField(
        label=gettext_lazy("Until"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select until when")
        ),
    )
    other = forms.DateTimeField(
        label=gettext_lazy("Another time"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"invalid": gettext_lazy("Enter a date and a time")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What does it wait for?"),
        widget=forms.RadioSelect,
        choices=[
            (Hold.Kind.VENDOR, gettext_lazy("Somebody of ours")),
            (Hold.Kind.THIRD_PARTY, gettext_lazy("A third party")),
            (Hold.Kind.SCHEDULED, gettext_lazy("The customer asked us to wait")),
        ],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select what it waits for")
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Colleagues read it. The customer does not see it."),
        max_length=500,
        error_messages={
            "required": gettext_lazy("Enter a reason"),
            "max_length": gettext_lazy("The reason must be 500 characters or fewer"),
        },
    )

    def __init__(
        self,
        presets: Sequence[tuple[str, str]],
        data: QueryDict | None = None,
        *,
        at: datetime,
        zone: tzinfo,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.at, self.zone = at, zone
        box = self.fields["until"]
        if isinstance(box, forms.ChoiceField):
            more = [(OTHER, _("Another time")), (OPEN_END, _("Until somebody ends it"))]
            box.choices = [*presets, *more]

    def clean(self) -> dict[str, Any]:
        """Note what cannot be an end: it lies ahead, and what a customer asked for has one."""
        chosen, end = self.cleaned_data.get("until"), self.cleaned_data.get("other")
        if chosen == OTHER and "other" not in self.errors:
            if end is None:
                self.add_error("other", ValidationError(_("Enter a date and a time")))
            elif not self.at < end <= self.at + LONGEST:
                self.add_error("other", ValidationError(_("Enter a time that lies ahead")))
        if chosen == OPEN_END and self.cleaned_data.get("kind") == Hold.Kind.SCHEDULED:
            words = _("Select until when the customer asked us to wait")
            self.add_error("until", ValidationError(words))
        return self.cleaned_data

    @property
    def end(self) -> datetime | None:
        """When it ends, or None for when somebody ends it."""
        chosen = self.cleaned_data.get("until", "")
        if chosen == OTHER:
            other: datetime | None = self.cleaned_data.get("other")
            return other
        return None if chosen in {OPEN_END, ""} else datetime.fromisoformat(chosen)


def is_ahead(text: str, at: datetime) -> bool:
    """Say whether a text is an instant that lies ahead, no further than a hold may last."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return False
    return instant.tzinfo is not None and at < instant <= at + LONGEST
