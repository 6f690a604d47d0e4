"""What people asked and read before they wrote, or did not: visits, stories, readings."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Contact
from answerable.knowledge.core.outcomes import A_DAY, Outcome
from answerable.tickets.models import Ticket


class Visit(models.Model):
    """Somebody looks for help, in one browser. Its token is random."""

    token = models.CharField(max_length=64, unique=True)
    # Who, where they are known, for as long as what they asked is kept.
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    surface = models.CharField(max_length=20, default="web")
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"visit of {self.began_at}"


class StoryQuerySet(models.QuerySet["Story"]):
    def asked(self) -> StoryQuerySet:
        """Those that began with a question, not with an article."""
        return self.filter(is_question=True)

    def over(self, at: datetime) -> StoryQuerySet:
        """Those whose day is over, and of which nobody has said how they ended."""
        return self.filter(outcome=Outcome.OPEN, last_at__lte=at - A_DAY)

    def kept_before(self, at: datetime) -> StoryQuerySet:
        """Those from before an instant whose words are still there."""
        return self.filter(at__lt=at).exclude(words="")

    def lasting(self, at: datetime, within: timedelta) -> StoryQuerySet:
        """Those in which something happened lately."""
        return self.filter(last_at__gt=at - within, last_at__lte=at)


class Story(models.Model):
    """A question, or an article that was opened without one, and what came of it.

    `hits` and `answered` are what search found; `group` are its words folded, by which the same
    question of several people is known. The words are taken away after a time; the rest stays.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="stories")
    is_question = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    group = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12)
    product = models.CharField(max_length=60, blank=True)
    hits = models.PositiveIntegerField(default=0)
    answered = models.BooleanField(default=False)
    at = models.DateTimeField()
    last_at = models.DateTimeField()
    contact_at = models.DateTimeField(null=True)
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, related_name="stories")
    outcome = models.CharField(max_length=10, choices=[(o, o) for o in Outcome], default="open")

    objects = StoryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="story_by_time", fields=["at"]),
            models.Index(name="story_of_visit", fields=["visit", "-last_at"]),
            models.Index(
                name="story_not_over", fields=["last_at"], condition=Q(outcome=Outcome.OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words or 'a story'} ({self.outcome})"


class Reading(models.Model):
    """A version of an article was read in a story; `helpful` is what its reader said of it."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="readings", db_index=False)
    version = models.ForeignKey(
        "knowledge.ArticleVersion", models.CASCADE, related_name="readings"
    )
    at = models.DateTimeField()
    helpful = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reading_once", fields=["story", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} in {self.story_id}"
