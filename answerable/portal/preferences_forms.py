"""What a contact may choose for themselves, each part a form of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.lib.phones import kept_phone
from answerable.lib.zones import zone_names
from answerable.portal.team_forms import PlainForm

SYSTEM = "system"
Mailed = Contact.Mailed


class MailForm(PlainForm):
    """What is told by mail."""

    replies = forms.BooleanField(label=gettext_lazy("Replies to my requests"), required=False)
    promises = forms.ChoiceField(
        label=gettext_lazy("How promises go"), choices=[*Mailed.choices], initial=Mailed.LATE
    )
    report = forms.BooleanField(
        label=gettext_lazy("The report of each month, on its second working day"),
        required=False,
    )
    surveys = forms.BooleanField(
        label=gettext_lazy("Questions how it went, now and then, once a request is solved"),
        required=False,
    )


class PlaceForm(PlainForm):
    """Language, time zone and theme."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"),
        choices=[
            (SYSTEM, gettext_lazy("System")),
            ("light", gettext_lazy("Light")),
            ("dark", gettext_lazy("Dark")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, get_language_info(code)["name_local"]) for code, __ in LANGUAGES]
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(z, z.replace("_", " ")) for z in zone_names()]  # type: ignore[attr-defined]


class PhoneForm(PlainForm):
    """The number at which somebody is called back."""

    phone = forms.CharField(
        label=gettext_lazy("Telephone for callbacks"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("With the country's code, like +49 30 1234567."),
        error_messages={
            "max_length": gettext_lazy("The number must be 40 characters or fewer"),
        },
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    office_phone = forms.CharField(
        label=gettext_lazy("Telephone of your office"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("We call it when we cannot reach you at the first number."),
        error_messages={
            "max_length": gettext_lazy("The number must be 40 characters or fewer"),
        },
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def clean_phone(self) -> str:
        """Return the number as it is kept, whatever its spaces."""
        return self._kept("phone")

    def clean_office_phone(self) -> str:
        """Return the number as it is kept, whatever its spaces."""
        return self._kept("office_phone")

    def _kept(self, name: str) -> str:
        written = str(self.cleaned_data[name])
        kept = kept_phone(written)
        if written and not kept:
            raise ValidationError(
                _("Enter a phone number with country code, like +49 30 901820")
            )
        return kept


LANGUAGES = settings.LANGUAGES
