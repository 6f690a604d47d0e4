"""What readers make of articles: whether one helped, and which they read before they wrote."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Contact
from answerable.tickets.models import Ticket


class ArticleVote(models.Model):
    """Whether a version of an article helped somebody. Each person has one, and may change it.

    Who is not signed in is known by `token` alone, which their browser was given with the vote.
    """

    class Reason(models.TextChoices):
        OTHER_PROBLEM = "other_problem", "Not my problem"
        STEPS = "steps", "Steps do not work"
        OUTDATED = "outdated", "Out of date"
        HARD = "hard", "Hard to read"
        TRANSLATION = "translation", "Translation"

    version = models.ForeignKey(
        "knowledge.ArticleVersion", models.CASCADE, related_name="votes"
    )
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="+")
    token = models.CharField(max_length=64, blank=True, default="")
    helpful = models.BooleanField()
    reason = models.CharField(max_length=20, choices=Reason, blank=True, default="")
    words = models.TextField(blank=True, default="")
    searched = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vote_of_a_contact",
                fields=["version", "contact"],
                condition=Q(contact__isnull=False),
            ),
            models.UniqueConstraint(
                name="vote_of_a_stranger",
                fields=["version", "token"],
                condition=Q(contact__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{'yes' if self.helpful else 'no'} to {self.version_id}"


class ReadBefore(models.Model):
    """An article that somebody came from when they wrote a ticket, and what they had asked."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="read_before")
    version = models.ForeignKey(
        "knowledge.ArticleVersion", models.CASCADE, related_name="led_to"
    )
    searched = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="article_read_before_ticket", fields=["ticket", "version"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} before {self.ticket_id}"


class ReadingDay(models.Model):
    """How often a text was opened on a day, by whomever but agents and machines."""

    text = models.ForeignKey(
        "knowledge.ArticleText", models.CASCADE, related_name="days", db_index=False
    )
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reading_day_of_text", fields=["text", "day"]),
        ]
        indexes = [models.Index(fields=["day"], name="reading_by_day")]

    def __str__(self) -> str:
        return f"{self.times} of {self.text_id}"
