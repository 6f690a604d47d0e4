"""What agents fill in to join tickets and to part them."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

A_NUMBER = re.compile(r"\s*#?\s*([0-9]{1,18})\s*")


class OtherForm(forms.Form):
    """The number of another ticket."""

    other = forms.RegexField(
        A_NUMBER,
        label=_("Number of the other ticket"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Enter the number of a ticket, such as 4830")
        ),
    )

    def clean_other(self) -> int:
        """Return the number."""
        found = A_NUMBER.fullmatch(self.cleaned_data["other"])
        return int(found.group(1)) if found else 0


class SplitForm(forms.Form):
    """What a ticket is called that is split off."""

    subject = forms.CharField(
        label=_("Subject of the new ticket"),
        max_length=200,
        error_messages={
            "required": _("Enter a subject"),
            "max_length": _("The subject must be 200 characters or fewer"),
        },
    )
    onwards = forms.BooleanField(
        label=_("Take along what the customer wrote after it"), required=False
    )
