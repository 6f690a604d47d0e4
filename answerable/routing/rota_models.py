"""Who is on call when: rotas, covers, what was changed, and who follows it in a calendar."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from answerable.accounts.models import Agent


class Rota(models.Model):
    """Who takes turns at a place that ladders name. Rows never change: one that `renews` it
    counts instead, from its first hand-over on. Of several that stand at once one has the
    place (core/rota.py)."""

    class Place(models.TextChoices):
        FIRST = "on_call_1", "First person on call"
        SECOND = "on_call_2", "Second person on call"
        HEAD = "head_of_support", "Head of support"

    place = models.CharField(max_length=20, choices=Place)
    people = ArrayField(models.BigIntegerField(), default=list, blank=True)  # agents, in order
    first_day = models.DateField()
    hand_over = models.TimeField()
    zone = models.CharField(max_length=64)
    days = models.PositiveSmallIntegerField()  # of each turn; 0: the first person stays
    since = models.DateTimeField()
    # The weekly hours in which it stands: seven texts of core/written_hours.py, which may go on
    # over midnight. None: around the clock.
    hours = ArrayField(models.CharField(max_length=100, blank=True), default=list, blank=True)
    # The first entry of the rota that this one enters anew.
    renews = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(name="rotas_of_place", fields=["place", "id"])]

    def __str__(self) -> str:
        return f"{self.place} since {self.first_day}"


class Cover(models.Model):
    """Somebody is on call at a place for a stretch of time, whoever's turn it is; with `rota`,
    a first entry, only while that rota has the place."""

    place = models.CharField(max_length=20, choices=Rota.Place)
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    rota = models.ForeignKey(Rota, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cover_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))
            ),
        ]
        indexes = [models.Index(name="covers_by_end", fields=["ends_at"])]

    def __str__(self) -> str:
        return f"{self.agent_id} until {self.ends_at}"


class OnCallChange(models.Model):
    """Somebody changed who is on call; `facts` is what was entered, as it was then."""

    class What(models.TextChoices):
        ROTA = "rota", "Who takes turns"
        COVERED = "covered", "Somebody covers"
        UNCOVERED = "uncovered", "Nobody covers any more"

    what = models.CharField(max_length=10, choices=What)
    place = models.CharField(max_length=20, choices=Rota.Place)
    facts = models.JSONField()
    by = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what} {self.place}"


class ShiftCalendar(models.Model):
    """An agent's shifts are followed by a calendar, by an address that only they know. Only the
    hash of its token is kept."""

    agent = models.OneToOneField(
        Agent, models.CASCADE, primary_key=True, related_name="shift_calendar"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"of {self.agent_id}"
