"""The telephone as an administrator enters it. The token is never shown again."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.channels.voice.twilio.models import Telephone
from answerable.lib.env import env
from answerable.lib.outbound.deciding import place_of
from answerable.lib.outbound.words import Refused
from answerable.lib.phones import LONGEST, kept_phone
from answerable.lib.sealing import seal

SID = re.compile(r"AC[0-9a-fA-F]{32}")
SHORTEST_RING, LONGEST_RING = 10, 120
SHORTEST_LINE, LONGEST_LINE = 60, 3600
MACHINES = ("looks_for_machines", "leaves_message", "message_en", "message_de")
RINGS = gettext_lazy("Enter seconds from 10 to 120")
WAITS = gettext_lazy("Enter seconds from 60 to 3600")


def _seconds(label: Any, least: int, most: int, words: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
    )


class TelephoneForm(forms.ModelForm):  # type: ignore[type-arg]  # Not generic when it runs.
    """By which account, from which number, and who rings first."""

    use_required_attribute = False

    new_token = forms.CharField(
        label=gettext_lazy("Auth token"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    ring_seconds = _seconds(
        gettext_lazy("Ring for, in seconds"), SHORTEST_RING, LONGEST_RING, RINGS
    )
    line_seconds = _seconds(
        gettext_lazy("A caller waits for, in seconds"), SHORTEST_LINE, LONGEST_LINE, WAITS
    )
    field_order = (
        "account_sid",
        "new_token",
        "number",
        "first",
        *MACHINES,
        "ring_seconds",
        "takes_calls",
        "line_seconds",
        "api_url",
        "is_on",
    )

    class Meta:
        model = Telephone
        fields = (
            "account_sid",
            "number",
            "first",
            *MACHINES,
            "ring_seconds",
            "takes_calls",
            "line_seconds",
            "api_url",
            "is_on",
        )
        labels = {
            "account_sid": gettext_lazy("Account SID"),
            "number": gettext_lazy("Our number"),
            "first": gettext_lazy("Whose telephone rings first"),
            "looks_for_machines": gettext_lazy("Tell answering machines from people"),
            "leaves_message": gettext_lazy("Leave a message on answering machines"),
            "message_en": gettext_lazy("Message in English"),
            "message_de": gettext_lazy("Message in German"),
            "takes_calls": gettext_lazy("Take calls to this number"),
            "api_url": gettext_lazy("Address of the API"),
            "is_on": gettext_lazy("Call by this account"),
        }
        help_texts = {
            "number": gettext_lazy("Calls come from it, and customers dial it."),
            "message_en": gettext_lazy(
                "Read out in the customer's language. Empty: our words."
            ),
        }
        error_messages = {
            "account_sid": {"required": gettext_lazy("Enter the account SID")},
            "number": {"required": gettext_lazy("Enter a number like +49 30 901820")},
            "api_url": {"required": gettext_lazy("Enter the address of the API")},
        }

    def clean_account_sid(self) -> str:
        """Return what is an account's name at the provider."""
        sid = str(self.cleaned_data["account_sid"]).strip()
        if not SID.fullmatch(sid):
            raise ValidationError(_("Enter an account SID: AC and 32 figures or letters to f"))
        return sid

    def clean_number(self) -> str:
        """Return our number as it is kept."""
        number = kept_phone(str(self.cleaned_data["number"]))
        if not number:
            raise ValidationError(_("Enter a number like +49 30 901820"))
        return number

    def clean_api_url(self) -> str:
        """Return an address that our guarded client may ask."""
        url = str(self.cleaned_data["api_url"]).strip().rstrip("/")
        try:
            place_of(url, settings.ANSWERABLE_OUTBOUND_ALLOW)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        return url

    def clean(self) -> dict[str, Any]:
        """Ask for a token where none is known."""
        cleaned = super().clean() or {}
        known = self.instance.token or env("ANSWERABLE_TELEPHONE_TOKEN")
        if not (cleaned.get("new_token") or known):
            self.add_error("new_token", _("Enter the auth token"))
        return cleaned

    def telephone(self) -> Telephone:
        """Return the telephone as it was entered; a token that is left empty stays."""
        telephone: Telephone = self.instance
        if token := self.cleaned_data["new_token"]:
            telephone.token = seal(token)
        return telephone


class TestCallForm(forms.Form):
    """Where it shall ring, to test the telephone."""

    use_required_attribute = False

    phone = forms.CharField(
        label=gettext_lazy("Your telephone"),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Enter a number like +49 171 5550123")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        """Return the number as it is kept."""
        number = kept_phone(str(self.cleaned_data["phone"]))
        if not number:
            raise ValidationError(_("Enter a number like +49 171 5550123"))
        return number
