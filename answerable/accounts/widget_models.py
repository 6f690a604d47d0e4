"""Whom the widget believes: the workspace, the vendor's keys, and the sessions they opened."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Workspace(models.Model):
    """What vendors' servers call this installation, and what strangers may do: one row."""

    class Anonymous(models.TextChoices):
        NOTHING = "nothing", "Nothing: they are asked to sign in"
        SEARCH = "search", "Search and read articles"
        WRITE = "write", "Search, read, and write with their email address"

    name = models.CharField(max_length=60)
    # The pages that may show the widget to people we know, each as https://app.example.com.
    origins = ArrayField(models.CharField(max_length=261), default=list, blank=True)
    anonymous = models.CharField(max_length=20, choices=Anonymous, default=Anonymous.SEARCH)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_workspace"),
        ]

    def __str__(self) -> str:
        return self.name


class WidgetKeyQuerySet(models.QuerySet["WidgetKey"]):
    def working(self, at: datetime) -> WidgetKeyQuerySet:
        """Those whose tokens are believed now."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), began_at__lte=at)


class WidgetKey(models.Model):
    """A key with which a vendor's server signs who somebody is. It says how, for ever.

    Several work at once, so that one can take the place of another without a gap.
    """

    class Algorithm(models.TextChoices):
        EDDSA = "EdDSA", "EdDSA (Ed25519)"
        ES256 = "ES256", "ES256 (P-256)"
        RS256 = "RS256", "RS256 (RSA)"
        HS256 = "HS256", "HS256 (a shared secret)"

    kid = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    algorithm = models.CharField(max_length=10, choices=Algorithm)
    public = models.TextField(blank=True)  # in PEM
    secret = models.TextField(blank=True)  # sealed; of HS256 alone
    issuer = models.CharField(max_length=200, blank=True)
    sets_roles = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Agent", models.SET_NULL, null=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects = WidgetKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(algorithm="HS256", public="") & ~Q(secret="")
                | ~Q(algorithm="HS256") & Q(secret="") & ~Q(public=""),
                name="widget_key_is_public_or_secret",
            ),
        ]

    def __str__(self) -> str:
        return self.kid


class WidgetSession(models.Model):
    """A person in the widget: known by a vendor's token, or nobody that we know.

    Only the hash of its own token is kept. The row is also the memory of the vendor's token:
    while it is there, that one opens no other session.
    """

    contact = models.ForeignKey(
        "accounts.Contact", models.CASCADE, null=True, related_name="widget_sessions"
    )
    key = models.ForeignKey(WidgetKey, models.CASCADE, null=True, related_name="sessions")
    token_id = models.CharField(max_length=64, null=True)  # noqa: DJ001  # None: by no token.
    digest = models.CharField(max_length=64, unique=True)
    origin = models.CharField(max_length=261, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "token_id"], name="widget_token_opens_one_session"
            ),
            models.CheckConstraint(
                condition=Q(contact=None, key=None, token_id=None)
                | Q(contact__isnull=False, key__isnull=False, token_id__isnull=False),
                name="widget_session_is_known_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"of {self.contact_id}"
