"""Receivers of notices, as an administrator enters them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.lib.outbound.deciding import place_of
from answerable.lib.outbound.words import Refused
from answerable.lib.sealing import seal
from answerable.notices.models import Receiver
from answerable.notices.way_models import PAGERDUTY

Kind = Receiver.Kind
NEEDS_SECRET = {Kind.PAGERDUTY, Kind.PLAIN}


class ReceiverForm(forms.Form):
    """A tool of the team: where it is, and of what it is told. Secrets are not shown again."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter a name")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    new_address = forms.CharField(
        label=gettext_lazy("Address of the webhook"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("For PagerDuty you can leave it empty."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    new_secret = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "PagerDuty: the integration key. Signed JSON: what signs it. Slack and Teams need "
            "none."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    matters = forms.MultipleChoiceField(
        label=gettext_lazy("It is told of"),
        choices=Receiver.Matter.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Select what it is told of")},
    )
    with_text = forms.BooleanField(
        label=gettext_lazy("Say the customer's name and the subject, too"),
        help_text=gettext_lazy("Off: it is told numbers and times only."),
        required=False,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)

    def __init__(self, receiver: Receiver | None, data: Any = None) -> None:
        self.receiver = receiver or Receiver()
        known = self.receiver
        super().__init__(
            data,
            initial={
                "name": known.name,
                "kind": known.kind or Kind.SLACK,
                "matters": known.matters or Receiver.Matter.values,
                "with_text": known.with_text,
                "language": known.language,
            },
        )

    def clean_new_address(self) -> str:
        """Return an address that our guarded client may ask."""
        address = str(self.cleaned_data["new_address"]).strip()
        if not address and self.cleaned_data.get("kind") == Kind.PAGERDUTY:
            address = "" if self.receiver.address else PAGERDUTY
        if not address:
            return ""
        try:
            place_of(address, settings.ANSWERABLE_OUTBOUND_ALLOW)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        return address

    def clean(self) -> dict[str, Any]:
        """Ask for what this kind cannot do without."""
        cleaned = super().clean() or {}
        has_address = cleaned.get("new_address") or self.receiver.address
        if not has_address and "new_address" not in self.errors:
            self.add_error("new_address", _("Enter the address of the webhook"))
        has_secret = cleaned.get("new_secret") or self.receiver.secret
        if cleaned.get("kind") in NEEDS_SECRET and not has_secret:
            self.add_error("new_secret", _("Enter the key"))
        return cleaned

    def entered(self) -> Receiver:
        """Return the receiver as it was entered; what is secret and left empty stays."""
        said, receiver = self.cleaned_data, self.receiver
        for name in ("name", "kind", "matters", "with_text", "language"):
            setattr(receiver, name, said[name])
        if said["new_address"]:
            receiver.address = seal(said["new_address"])
        if said["new_secret"]:
            receiver.secret = seal(said["new_secret"])
        return receiver
