"""A mailbox as an administrator enters it. Secrets are never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.channels.email.mailboxes import SECRETS, Mailbox
from answerable.lib.outbound.deciding import place_of
from answerable.lib.outbound.words import Refused
from answerable.lib.sealing import seal

HIGHEST_PORT = 65535
# What each way of signing in, or of going on with a mail, cannot do without.
NEEDED = {
    "token_url": gettext_lazy("Enter where access tokens are given out"),
    "client_id": gettext_lazy("Enter the client ID"),
    "move_to": gettext_lazy("Enter the folder to move mails to"),
}


class MailboxForm(forms.ModelForm):  # type: ignore[type-arg]  # Not generic when it runs.
    """Where it is, how we sign in, and what becomes of its mails."""

    use_required_attribute = False

    new_secret = forms.CharField(
        label=gettext_lazy("Password or refresh token"),
        required=False,
        max_length=8000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    new_client_secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        required=False,
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    field_order = (
        "address",
        "host",
        "port",
        "security",
        "user",
        "sign_in",
        "new_secret",
        "secret_name",
        "token_url",
        "client_id",
        "new_client_secret",
        "folder",
        "takes",
        "after",
        "move_to",
        "is_followed",
    )

    class Meta:
        model = Mailbox
        fields = (
            "address",
            "host",
            "port",
            "security",
            "user",
            "sign_in",
            "secret_name",
            "token_url",
            "client_id",
            "folder",
            "takes",
            "after",
            "move_to",
            "is_followed",
        )
        labels = {
            "address": gettext_lazy("Email address"),
            "host": gettext_lazy("IMAP server"),
            "port": gettext_lazy("Port"),
            "security": gettext_lazy("Encryption"),
            "user": gettext_lazy("User"),
            "sign_in": gettext_lazy("Sign in with"),
            "secret_name": gettext_lazy("Or read it from the environment"),
            "token_url": gettext_lazy("Token address"),
            "client_id": gettext_lazy("Client ID"),
            "folder": gettext_lazy("Folder"),
            "takes": gettext_lazy("Take"),
            "after": gettext_lazy("When a mail is stored"),
            "move_to": gettext_lazy("Move to folder"),
            "is_followed": gettext_lazy("Follow this mailbox"),
        }
        help_texts = {
            "address": gettext_lazy(
                "Whose mail it is. Name it in ANSWERABLE_MAIL_ALIASES too."
            ),
            "secret_name": gettext_lazy("A variable that begins with ANSWERABLE_IMAP_."),
            "token_url": gettext_lazy(
                "For OAuth 2. Google and Microsoft name it in their guides."
            ),
        }
        error_messages = {
            "address": {
                "required": gettext_lazy("Enter an email address"),
                "invalid": gettext_lazy("Enter an email address like name@example.com"),
                "unique": gettext_lazy("There is a mailbox with this address"),
            },
            "host": {"required": gettext_lazy("Enter the server's name")},
            "port": {
                "required": gettext_lazy("Enter a port, like 993"),
                "invalid": gettext_lazy("Enter a port, like 993"),
                "min_value": gettext_lazy("Enter a port, like 993"),
            },
            "user": {"required": gettext_lazy("Enter the user's name")},
            "folder": {"required": gettext_lazy("Enter a folder, like INBOX")},
        }
        widgets = {"token_url": forms.TextInput(attrs={"inputmode": "url"})}

    def clean_address(self) -> str:
        """Return the address in small letters, by which copies are known."""
        return str(self.cleaned_data["address"]).lower()

    def clean_port(self) -> int:
        """Return a port that there is."""
        port = int(self.cleaned_data["port"])
        if not 0 < port <= HIGHEST_PORT:
            raise ValidationError(_("Enter a port, like 993"))
        return port

    def clean_secret_name(self) -> str:
        """Return the name of a variable that is meant for this."""
        name = str(self.cleaned_data["secret_name"]).strip()
        if name and not name.startswith(SECRETS):
            raise ValidationError(_("Enter a name that begins with ANSWERABLE_IMAP_"))
        return name

    def clean_token_url(self) -> str:
        """Return an address that our guarded client may ask."""
        url = str(self.cleaned_data["token_url"]).strip()
        try:
            return place_of(url, settings.ANSWERABLE_OUTBOUND_ALLOW).url if url else ""
        except Refused as refused:
            raise ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        """Ask for what the choices need, and seal what was entered."""
        cleaned = super().clean() or {}
        if cleaned.get("sign_in") == Mailbox.SignIn.OAUTH:
            self._need("token_url", "client_id")
        if cleaned.get("after") == Mailbox.After.MOVE:
            self._need("move_to")
        has_secret = cleaned.get("new_secret") or cleaned.get("secret_name")
        if not (has_secret or self.instance.secret):
            self.add_error("new_secret", _("Enter a password or a refresh token"))
        return cleaned

    def mailbox(self) -> Mailbox:
        """Return the mailbox as it was entered; what is left empty of secrets stays."""
        mailbox: Mailbox = self.instance
        if secret := self.cleaned_data["new_secret"]:
            mailbox.secret = seal(secret)
        if secret := self.cleaned_data["new_client_secret"]:
            mailbox.client_secret = seal(secret)
        return mailbox

    def _need(self, *names: str) -> None:
        for name in names:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, str(NEEDED[name]))
