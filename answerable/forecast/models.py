"""What came in, what was forecast and how it turned out; screens on walls; what leads ask."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent


class Arrival(models.Model):
    """How much work of a kind came in within ten minutes. Counted from tickets and clocks; rows
    of the last hours are counted anew, older ones stay."""

    class Kind(models.TextChoices):
        WRITTEN = "written", "A ticket by form or mail"
        AGAIN = "again", "A customer wrote again, and a reply was promised"
        CHAT = "chat", "A ticket by chat"
        CALL = "call", "A ticket by telephone"

    begins_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    # In how many minutes the reply was due; None where nothing was guaranteed.
    within = models.PositiveIntegerField(null=True)
    many = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="arrival_counted_once",
                fields=["begins_at", "kind", "within"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.many} at {self.begins_at}"


class Forecast(models.Model):
    """What was forecast for an hour, as it was shown, and what came of it once it was over.

    `low` and `high`: how many promises would be missed, 80 of 100; None where there was too
    little history to say. `new_low` and `new_high`: how many tickets would come.
    """

    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # The newest there were: what came since has a greater number.
    newest_ticket = models.BigIntegerField(default=0)
    newest_clock = models.BigIntegerField(default=0)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    new_low = models.PositiveIntegerField(null=True)
    new_high = models.PositiveIntegerField(null=True)
    is_widened = models.BooleanField(default=False)
    shown = models.JSONField(default=dict)
    missed = models.PositiveIntegerField(null=True)
    came = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="forecast_by_time"),
            models.Index(
                fields=["ends_at"], name="forecast_unscored", condition=Q(missed=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low}-{self.high} at {self.at}"

    @property
    def is_inside(self) -> bool:
        """Whether what came lay in the range that was said."""
        if self.low is None or self.high is None or self.missed is None:
            return False
        return self.low <= self.missed <= self.high


class Screen(models.Model):
    """A screen on a wall, which shows the wallboard to whoever passes by: nobody signs in.

    Its link has a random token, of which only the hash is kept.
    """

    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    with_names = models.BooleanField(default=False)  # of customers; else their numbers
    made_by = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Suggestion(models.Model):
    """A lead asks a colleague to do what a forecast says would help. They say yes or no."""

    class What(models.TextChoices):
        EMAIL = "email", "Leave chats and calls to others, and write replies"
        BACK = "back", "Be available"
        HELP = "help", "Help with a ticket"

    class Answer(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "Not now"

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="suggestions")
    by = models.ForeignKey(Agent, models.CASCADE, related_name="+", db_index=False)
    what = models.CharField(max_length=10, choices=What)
    ticket = models.ForeignKey(
        "tickets.Ticket", models.CASCADE, null=True, related_name="+", db_index=False
    )
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Who is asked twice for the same reads it once.
            models.UniqueConstraint(
                name="suggestion_waits_once",
                fields=["agent", "what", "ticket"],
                condition=Q(answer=""),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["until"], name="suggestion_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.agent_id}"
