"""What agents enter to say whose a ticket is."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WhoseForm(forms.Form):
    """Why a ticket is somebody else's."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in the log. Customers do not read it."),
        max_length=500,
        error_messages={
            "required": _("Enter a reason"),
            "max_length": _("The reason must be 500 characters or fewer"),
        },
    )
