"""Account notes: what agents tell each other of an account, or of a person of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class AccountNoteQuerySet(models.QuerySet["AccountNote"]):
    def standing(self) -> AccountNoteQuerySet:
        """Those that nobody removed."""
        return self.filter(removed_at=None)


class AccountNote(models.Model):
    """A note in Markdown, for agents alone: nothing that customers get reads it.

    A pinned one stands on top of every ticket of the account, or of the person it is about.
    """

    customer = models.ForeignKey("Customer", models.CASCADE, related_name="account_notes")
    contact = models.ForeignKey(
        "Contact", models.CASCADE, null=True, related_name="+", db_index=False
    )
    body = models.TextField()
    is_pinned = models.BooleanField(default=False)
    author = models.ForeignKey("Agent", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=1)  # of its newest version
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        "Agent", models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects = AccountNoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="account_note_pinned",
                fields=["customer"],
                condition=Q(is_pinned=True, removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"about {self.customer_id}"


class AccountNoteVersion(models.Model):
    """What an account note said, by whom and since when. Never changed."""

    note = models.ForeignKey(AccountNote, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField()
    is_pinned = models.BooleanField()
    agent = models.ForeignKey("Agent", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="account_note_version_once", fields=["note", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id}, {self.number}"
