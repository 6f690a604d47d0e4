"""How articles are looked after: where they came from, their links, their translation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent

LONGEST_TARGET = 2000


class ImportedText(models.Model):
    """What was last taken from another help centre as a text; `ident` is how that calls it.

    `digest` is of all that was taken, so that taking it again changes nothing. Without a
    version it was taken as a draft.
    """

    source = models.CharField(max_length=100)
    ident = models.CharField(max_length=300)
    text = models.ForeignKey(
        "knowledge.ArticleText", models.CASCADE, related_name="imported_from"
    )
    version = models.ForeignKey(
        "knowledge.ArticleVersion", models.CASCADE, null=True, related_name="+"
    )
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="imported_text_by_source", fields=["source", "ident", "text"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.ident}"


class ArticleLink(models.Model):
    """A link of the text that readers see, and what is wrong with it: nothing without a reason.

    `since` is when that was first found. A link that was not looked at yet has no `checked_at`.
    """

    text = models.ForeignKey("knowledge.ArticleText", models.CASCADE, related_name="links")
    version = models.ForeignKey("knowledge.ArticleVersion", models.CASCADE, related_name="+")
    target = models.CharField(max_length=LONGEST_TARGET)
    is_outside = models.BooleanField(default=False)
    reason = models.CharField(max_length=20, blank=True, default="")
    values = models.JSONField(default=dict)
    since = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="article_link_once", fields=["text", "target"]),
        ]
        indexes = [
            models.Index(name="article_link_broken", fields=["text"], condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.target


class TranslationOrder(models.Model):
    """Somebody asked a machine to translate a version; the order is done in its time."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        FAILED = "failed", "Given up"

    version = models.ForeignKey(
        "knowledge.ArticleVersion", models.CASCADE, related_name="orders"
    )
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    reason = models.CharField(max_length=20, blank=True, default="")
    values = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="translation_is_ordered_once",
                fields=["version", "language"],
                condition=Q(state="waiting"),
            ),
        ]
        indexes = [
            models.Index(
                name="translation_waiting", fields=["next_try_at"], condition=Q(state="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} in {self.language}"
