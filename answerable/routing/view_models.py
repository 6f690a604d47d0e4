"""What agents look at in the queue, and how: teams, saved views, counts, what was served."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent
from answerable.tickets.models import Ticket, Undo


class Team(models.Model):
    """Agents who work together. A ticket is a team's while one of them has it."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    members = models.ManyToManyField(Agent, related_name="teams")

    def __str__(self) -> str:
        return self.name


class SavedView(models.Model):
    """Filters that were given a name: for one agent, for a team, or for everybody."""

    name = models.CharField(max_length=60)
    query = models.TextField()  # as core.filters writes them
    order = models.CharField(max_length=10, default="slack")
    agent = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="saved_views")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="saved_views")
    position = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="view_is_one_persons_or_a_teams", condition=Q(agent=None) | Q(team=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """How many more or fewer entries of the queue there are of a kind: a trigger writes it.

    The sum of `many` is exact in every transaction. A job adds rows up, so that there are few
    of them, and keeps what is long past in one: see counts_sql.py.
    """

    class Part(models.IntegerChoices):
        OPEN = 0, "Waits for us"
        WAITING = 1, "Waits for its customer, or is on hold"
        REVIEW = 2, "A stranger's, for review"

    class Measure(models.IntegerChoices):
        TICKETS = 0, "Tickets, at any time"
        DUE = 1, "Guarantees, by when they are due"
        RISK = 2, "Guarantees, by when they are at risk"

    measure = models.PositiveSmallIntegerField(choices=Measure)
    part = models.PositiveSmallIntegerField(choices=Part)
    assignee = models.BigIntegerField()  # 0: nobody
    # The beginning of five minutes; of what is counted at any time, and long past, none.
    bin = models.DateTimeField(null=True)
    many = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.many} of {self.measure}"


class Served(models.Model):
    """A ticket was served to one agent, and to nobody else for a while."""

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, primary_key=True, related_name="served"
    )
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.ticket_id} to {self.agent_id}"


class PassedOver(models.Model):
    """An agent passed a ticket over, and why: it is not served to them again for a while."""

    class Reason(models.TextChoices):
        PRODUCT = "product", "Not their product"
        WAITS = "waits", "Waiting on somebody"
        CONFLICT = "conflict", "Conflict with the customer"
        OTHER = "other", "Other"

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="passed_over_once", fields=["agent", "ticket"]),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} by {self.agent_id}"


class Bulk(models.Model):
    """Something an agent does to many tickets at once, and how far that is."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    act = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)  # what the act needs: to whom, which tags, …
    # Which tickets: these, or all that a view's filters match when it begins.
    numbers = models.JSONField(default=list)
    undo = models.ForeignKey(Undo, models.SET_NULL, null=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    kept = models.JSONField(default=list)  # the first tickets on which it was not done
    kept_count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="bulk_under_way", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.act} on {self.total}"

    @property
    def dealt_with(self) -> int:
        """How many tickets are dealt with."""
        return self.done + self.kept_count


class DeskLayout(models.Model):
    """How an agent has the desk: how wide its panes are, in pixels, and what is folded."""

    agent = models.OneToOneField(
        Agent, models.CASCADE, primary_key=True, related_name="desk_layout"
    )
    folded = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    list = models.PositiveSmallIntegerField(null=True)
    side = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.list}, {self.side} of {self.agent_id}"
