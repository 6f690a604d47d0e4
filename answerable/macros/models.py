"""Macros: what they say in each language, what they do once sent, and where they were used."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Agent
from answerable.tickets.models import Ticket


class MacroQuerySet(models.QuerySet["Macro"]):
    def offered(self) -> MacroQuerySet:
        """Those that have not been retired."""
        return self.filter(retired_at=None)


class Macro(models.Model):
    """A text that agents send often, and what is done with a ticket once it is sent.

    `acts` are data (core/staged.py). It is everybody's, that of a team (those with a skill, by
    its key), or one agent's own. A macro that is retired stays, so that what it did is known.
    """

    name = models.CharField(max_length=60)
    owner = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="macros")
    team = models.CharField(max_length=40, blank=True)
    product = models.CharField(max_length=60, blank=True)
    acts = models.JSONField(default=list)
    # It says that a reply takes longer than was said: offered where one is late, or will be.
    says_delay = models.BooleanField(default=False, db_default=False)
    used = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    retired_at = models.DateTimeField(null=True)

    objects = MacroQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="macro_by_name",
                fields=["name", "owner", "team"],
                condition=Q(retired_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="macro_is_of_one_kind", condition=Q(owner=None) | Q(team="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MacroText(models.Model):
    """What a macro says in a language, in Markdown, with gaps such as {person}."""

    macro = models.ForeignKey(Macro, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="macro_text_once", fields=["macro", "language"]),
        ]

    def __str__(self) -> str:
        return f"{self.macro_id} in {self.language}"


class MacroUse(models.Model):
    """A macro was sent on a ticket."""

    macro = models.ForeignKey(Macro, models.CASCADE, related_name="uses", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(name="macro_use_on_ticket", fields=["ticket", "macro"]),
            models.Index(name="macro_use_by_time", fields=["macro", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.macro_id} on {self.ticket_id}"
