"""A box for text as people send it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from answerable.tickets.actions import LONGEST
from answerable.tickets.text import clean


class Words(forms.CharField):
    """Text as people send it: cleaned of what cannot be kept, and not too long."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the text run in the direction of its script."""
        return {**super().widget_attrs(widget), "dir": "auto"}

    def to_python(self, value: Any) -> str:
        """Return the text as it is kept."""
        return clean(super().to_python(value) or "").strip("\n")

    def validate(self, value: str) -> None:
        """Refuse a text that says nothing, or too much; it stays in its box."""
        super().validate(value.strip())
        if len(value) > LONGEST:
            words = _("{name} must be {most} characters or fewer. It has {count}.").format(
                name=_("Message"), most=_number(LONGEST), count=_number(len(value))
            )
            raise forms.ValidationError(words)


def _number(count: int) -> str:
    return str(number_format(count, force_grouping=True))
