"""What agents fill in about a ticket's severity, and about what it is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from answerable.desk.miss_forms import Sentence

MISSING = _("Enter one sentence for the customer")


class Choosing(forms.Form):
    """A form whose choices are known when it is made."""

    def __init__(
        self, choices: dict[str, Sequence[tuple[str, str]]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(offered)


class SeverityForm(Choosing):
    """Another severity, or the same one said again, with a sentence for the customer."""

    severity = forms.ChoiceField(
        label=_("Severity"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select a severity")),
    )
    reason = Sentence(label=_("One sentence for the customer"), missing=MISSING)

    def __init__(self, *args: Any, needless: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._needless = needless

    def clean(self) -> dict[str, Any]:
        """Ask for no words where nothing changes, where the customer said so, or where the plan
        asks for none."""
        if self.cleaned_data.get("severity") in self._needless:
            self.errors.pop("reason", None)
        return {"reason": "", **self.cleaned_data}


class FactsForm(Choosing):
    """What a ticket is about, and why that is corrected."""

    product = forms.ChoiceField(
        label=_("Product"),
        required=False,
        error_messages={"invalid_choice": _("Select a product")},
    )
    environment = forms.ChoiceField(
        label=_("Environment"),
        required=False,
        error_messages={"invalid_choice": _("Select an environment")},
    )
    reason = forms.CharField(
        label=_("How do you know?"),
        help_text=_("The log keeps it. The customer does not see it."),
        max_length=500,
        error_messages={
            "required": _("Enter how you know"),
            "max_length": _("The reason must be 500 characters or fewer"),
        },
    )


class LookForm(Choosing):
    """A lead's answer to a customer who asked for another look."""

    severity = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Select a decision")),
    )
    words = Sentence(
        label=_("Answer for the customer"), missing=_("Enter an answer for the customer")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
