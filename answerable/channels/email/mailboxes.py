"""Mailboxes that we follow by IMAP: where they are, how we sign in, how far we have read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from answerable.lib.env import env
from answerable.lib.sealing import unseal

# A secret may stand in the environment, under a name that nothing else can have.
SECRETS = "ANSWERABLE_IMAP_"


class Mailbox(models.Model):
    """A folder on an IMAP server whose mails are ours to answer."""

    class Security(models.TextChoices):
        TLS = "tls", _("TLS")
        STARTTLS = "starttls", _("STARTTLS")
        PLAIN = "plain", _("none, on this machine only")

    class SignIn(models.TextChoices):
        PASSWORD = "password", _("Password")
        OAUTH = "oauth", _("OAuth 2 (Google, Microsoft)")

    class Takes(models.TextChoices):
        NEW = "new", _("Mail that comes from now on")
        ALL = "all", _("All that is in the folder, as requests of today")

    class After(models.TextChoices):
        LEAVE = "leave", _("Leave it as it is")
        FLAG = "flag", _("Mark it as read")
        MOVE = "move", _("Move it to another folder")

    # Whose mail it is: copies are known among the mails of one address.
    address = models.EmailField(unique=True)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=10, choices=Security, default=Security.TLS)
    folder = models.CharField(max_length=200, default="INBOX")
    user = models.CharField(max_length=254)
    sign_in = models.CharField(max_length=10, choices=SignIn, default=SignIn.PASSWORD)
    # A password or a refresh token: sealed, or the name of what holds it in the environment.
    secret = models.TextField(blank=True)
    secret_name = models.CharField(max_length=100, blank=True)
    token_url = models.CharField(max_length=500, blank=True)
    client_id = models.CharField(max_length=200, blank=True)
    client_secret = models.TextField(blank=True)  # sealed
    takes = models.CharField(max_length=10, choices=Takes, default=Takes.NEW)
    after = models.CharField(max_length=10, choices=After, default=After.LEAVE)
    move_to = models.CharField(max_length=200, blank=True)
    is_followed = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    # How far we are. Each mail whose UID is not above `last_uid` is in the ledger: both are
    # written in one transaction. UIDs mean something as long as `validity` is the server's.
    validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    # What is below was read before under another validity: known by what it says.
    reread_below = models.BigIntegerField(default=0)
    # Up to which UID mails were marked or moved.
    cared_uid = models.BigIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, blank=True)
    problem_says = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"mailbox {self.pk}"

    def opened_secret(self) -> str:
        """Return the password or refresh token. Raises Sealed and BadSetting."""
        if self.secret_name.startswith(SECRETS):
            return env(self.secret_name)
        return unseal(self.secret)

    def opened_client_secret(self) -> str:
        """Return the secret of our client at the token's server. Raises Sealed."""
        return unseal(self.client_secret)
