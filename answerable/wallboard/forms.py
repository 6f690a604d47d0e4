"""Forms of the wallboard."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent


class ScreenForm(forms.Form):
    """A new link for a screen."""

    name = forms.CharField(
        label=_("Where the screen is"),
        max_length=60,
        error_messages={"required": _("Enter where the screen is")},
    )
    with_names = forms.BooleanField(
        label=_("Show names of customers"),
        required=False,
        help_text=_("Whoever passes by can read them. Without, accounts have numbers."),
    )


class HelpForm(forms.Form):
    """Who is called to help with a ticket."""

    to = forms.ModelChoiceField(
        label=_("Who"),
        queryset=Agent.objects.none(),
        error_messages={"required": _("Select a person")},
    )

    def __init__(self, *args: object, helpers: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["to"].queryset = helpers  # type: ignore[attr-defined]
