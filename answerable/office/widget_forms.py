"""What administrators enter about the widget: the workspace, keys, and accounts."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.actions.widget import NewKey
from answerable.accounts.models import WidgetKey, Workspace
from answerable.accounts.signed import public_key_trouble
from answerable.office.forms import PlainForm

MOST_ORIGINS = 50
LOCAL = {"localhost", "127.0.0.1", "[::1]"}
ORIGIN = re.compile(r"https?://[a-z0-9.\-\[\]:]+")
ANONYMOUS = {
    Workspace.Anonymous.NOTHING: gettext_lazy("Nothing: they are asked to sign in"),
    Workspace.Anonymous.SEARCH: gettext_lazy("Search and read articles"),
    Workspace.Anonymous.WRITE: gettext_lazy("Search, read, and write with their email address"),
}
TROUBLES = {
    "private": gettext_lazy(
        "This is a private key. Paste the public one, and make a new pair: "
        "a private key that was shown is none any more."
    ),
    "unreadable": gettext_lazy("Enter a public key in PEM: -----BEGIN PUBLIC KEY-----"),
    "kind": gettext_lazy("This key is of another algorithm than the one you selected"),
    "short": gettext_lazy("An RSA key must have 2048 bits or more"),
}


class WorkspaceForm(PlainForm):
    """What tokens are made for, which pages may show the widget, and what strangers may do."""

    name = forms.RegexField(
        r"^[a-z0-9-]{1,60}$",
        label=gettext_lazy("Workspace"),
        help_text=gettext_lazy(
            "The audience of your tokens. A token for another workspace is refused, so give "
            "your test system another name."
        ),
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            gettext_lazy("Enter a name of small letters, digits and -, like acme"),
        ),
    )
    origins = forms.CharField(
        label=gettext_lazy("Pages that may show the widget"),
        help_text=gettext_lazy("One origin a line, like https://app.example.com"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        required=False,
        max_length=10_000,
    )
    anonymous = forms.ChoiceField(
        label=gettext_lazy("What strangers may do in the widget"),
        widget=forms.RadioSelect,
        choices=list(ANONYMOUS.items()),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select what strangers may do")
        ),
    )

    def clean_origins(self) -> list[str]:
        """Return the origins, each exactly as a browser sends it."""
        lines = [line.strip() for line in str(self.cleaned_data["origins"]).splitlines()]
        origins = list(dict.fromkeys(_origin(line) for line in lines if line))
        if len(origins) > MOST_ORIGINS:
            raise ValidationError(_("Enter 50 origins or fewer"))
        return origins


def _origin(line: str) -> str:
    parts = urlsplit(line.lower().rstrip("/"))
    origin = f"{parts.scheme}://{parts.netloc}"
    is_whole = not (parts.path or parts.query or parts.fragment or parts.username)
    is_safe = parts.scheme == "https" or (parts.hostname or "") in LOCAL
    if not (is_whole and is_safe and ORIGIN.fullmatch(origin)):
        words = _("Enter an origin like https://app.example.com, not {line}")
        raise ValidationError(words.format(line=line[:80]))
    usual = {"https": ":443", "http": ":80"}[parts.scheme]
    return origin.removesuffix(usual)


class KeyForm(PlainForm):
    """A key with which a vendor's server signs who somebody is."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("For you, like: product, from October 2026"),
        error_messages={"required": gettext_lazy("Enter a name")},
    )
    algorithm = forms.ChoiceField(
        label=gettext_lazy("Algorithm"),
        widget=forms.RadioSelect,
        choices=WidgetKey.Algorithm.choices,
        initial=WidgetKey.Algorithm.EDDSA,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select an algorithm")
        ),
    )
    public = forms.CharField(
        label=gettext_lazy("Public key"),
        help_text=gettext_lazy(
            "In PEM. The private one stays on your server. For HS256 leave this empty: "
            "we make a secret, and show it once."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "input code"}),
        required=False,
        max_length=4000,
    )
    issuer = forms.CharField(
        label=gettext_lazy("Issuer"),
        help_text=gettext_lazy("If you name one, tokens must have it as iss."),
        required=False,
        max_length=200,
    )
    sets_roles = forms.BooleanField(
        label=gettext_lazy("Tokens of this key set people's roles"),
        help_text=gettext_lazy(
            "Whoever has the key then decides who is a Super Admin and sees a company's "
            "requests. Seats, and whom a contract names, stay as they are here."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a public key that fits, where the algorithm has one."""
        facts = super().clean() or {}
        algorithm, public = facts.get("algorithm"), str(facts.get("public") or "").strip()
        if not algorithm or "public" in self.errors:
            return facts
        if algorithm == WidgetKey.Algorithm.HS256:
            facts["public"] = ""
        elif trouble := public_key_trouble(public, algorithm):
            self.add_error("public", str(TROUBLES[trouble]))
        return facts | {"public": public if algorithm != WidgetKey.Algorithm.HS256 else ""}

    def key(self) -> NewKey:
        """Return the key as it was entered."""
        return NewKey(**self.cleaned_data)


class TokenForm(PlainForm):
    """A token to be looked at. Nothing of it is kept, and it is not used up."""

    token = forms.CharField(
        label=gettext_lazy("Token"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        max_length=20_000,
        error_messages=dict.fromkeys(("required", "max_length"), gettext_lazy("Paste a token")),
    )


class AccountForm(PlainForm):
    """What the vendor's product calls a customer."""

    key = forms.CharField(label=gettext_lazy("Account key"), required=False, max_length=100)

    def clean_key(self) -> str:
        """Return the key as tokens will have it."""
        key = str(self.cleaned_data["key"]).strip()
        if not key.isprintable():
            raise ValidationError(_("Enter a key without line breaks"))
        return key
