"""Incidents, what was said of them, the tickets about them, and who follows them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent, Contact
from answerable.incidents.bulk_models import BulkReply, BulkTicket
from answerable.incidents.core.saying import in_language
from answerable.tickets.models import Ticket

__all__ = [
    "BulkReply",
    "BulkTicket",
    "Follower",
    "Incident",
    "IncidentQuerySet",
    "IncidentTicket",
    "IncidentUpdate",
]


class State(models.TextChoices):
    """How far the work on an incident is."""

    INVESTIGATING = "investigating", _("Investigating")
    IDENTIFIED = "identified", _("Identified")
    WATCHING = "watching", _("Watching")
    FIXED = "fixed", _("Fixed")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def going_on(self) -> IncidentQuerySet:
        """Those that are not over."""
        return self.filter(ended_at=None)

    def public(self) -> IncidentQuerySet:
        """Those that customers may read of."""
        return self.filter(is_public=True)

    def at_instant(self, at: datetime) -> IncidentQuerySet:
        """Those that had begun, and were not over, at an instant."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), begun_at__lte=at)


class Incident(models.Model):
    """Something is wrong at the vendor's, for many. Its number is its key.

    `title` is for agents. Customers read `said`: a few words by language, as in “We are fixing:
    exports are slow”.
    """

    State = State

    title = models.CharField(max_length=200)
    said = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State, default=State.INVESTIGATING)
    is_public = models.BooleanField(default=False)
    # What it touches, by the words of subscriptions and plans; nothing: everything.
    product = models.CharField(max_length=60, blank=True)
    environment = models.CharField(max_length=40, blank=True)
    owner = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    opened_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="incident_is_over_when_fixed",
                condition=Q(state=State.FIXED, ended_at__isnull=False)
                | (~Q(state=State.FIXED) & Q(ended_at=None)),
            ),
        ]
        indexes = [
            models.Index(
                name="incident_going_on", fields=["begun_at"], condition=Q(ended_at=None)
            ),
            models.Index(F("begun_at").desc(), name="incident_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def key(self) -> str:
        """What people call it: INC-7."""
        return f"INC-{self.pk}"

    @property
    def words(self) -> str:
        """What customers read of it, in the language that is active."""
        return self.words_in(get_language() or "")

    def words_in(self, language: str) -> str:
        """Return what customers read of it in a language; a public one always has some."""
        return in_language(self.said, language)


class IncidentUpdate(models.Model):
    """What was said of an incident, to all who follow it or among agents. Never changed.

    Numbered from 1 without gaps.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="updates")
    number = models.PositiveIntegerField()
    is_public = models.BooleanField()
    state = models.CharField(max_length=20, choices=State)  # how the incident stands with it
    said = models.JSONField(default=dict)  # by language; of an internal one in one
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="incident_update_has_its_number", fields=["incident", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.incident_id}"

    @property
    def words(self) -> str:
        """What it says, in the language that is active."""
        return self.words_in(get_language() or "")

    def words_in(self, language: str) -> str:
        """Return what it says in a language; nothing where only the state was changed."""
        return in_language(self.said, language)


class IncidentTicket(models.Model):
    """A ticket is about an incident, from one instant to another."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="links")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="incident_links")
    linked_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    linked_at = models.DateTimeField()
    unlinked_by = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="+")
    unlinked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ticket_is_of_one_incident",
                fields=["ticket"],
                condition=Q(unlinked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} of {self.incident_id}"


class Follower(models.Model):
    """Somebody who is told how an incident goes on, until they want it no more."""

    class Source(models.TextChoices):
        WIDGET = "widget", _("the widget")
        PORTAL = "portal", _("their pages")
        STATUS = "status", _("the status page")
        TICKET = "ticket", _("their request")
        DESK = "desk", _("an agent")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="followers")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="followed_incidents")
    source = models.CharField(max_length=10, choices=Source)
    is_affected = models.BooleanField(default=False)  # they said that it affects them, too
    followed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    told_of = models.PositiveIntegerField(default=0)  # the number of the last update

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="follower_of_an_incident_once", fields=["incident", "contact"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} follows {self.incident_id}"
