"""What people type to come in."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NEEDS_ADDRESS = _("Enter an email address, like ida@example.com")
TROUBLES = {
    "password_too_short": _("Password must be 12 characters or more"),
    "password_too_common": _("This password is on a list of known passwords. Choose another."),
}


class AddressForm(forms.Form):
    """Where a sign-in link is sent."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": NEEDS_ADDRESS,
            "invalid": NEEDS_ADDRESS,
            "max_length": NEEDS_ADDRESS,
        },
    )


class CodeForm(forms.Form):
    """A support code, and whose it is."""

    use_required_attribute = False

    named = forms.CharField(
        label=_("Email address or phone number"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your email address or your phone number"),
            "max_length": _("Enter your email address or your phone number"),
        },
    )
    code = forms.CharField(
        label=_("Support code"),
        help_text=_("Sixteen letters and digits, from your preferences."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "max_length"), _("Enter your support code")),
    )


class StartForm(AddressForm):
    """The first administrator."""

    field_order = ["name", "email", "password"]

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Enter your name"),
            "max_length": _("Name must be 200 characters or fewer"),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("12 characters or more. A sentence is good. You may paste it."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": TROUBLES["password_too_short"]},
    )

    def clean_password(self) -> str:
        """Refuse a password that is short, or on the list of known ones."""
        password = str(self.cleaned_data["password"])
        try:
            validate_password(password)
        except ValidationError as error:
            codes = [one.code for one in error.error_list if one.code in TROUBLES]
            raise ValidationError([TROUBLES[str(code)] for code in codes] or error) from error
        return password
