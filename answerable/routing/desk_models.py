"""Who is there, what they can do and how much of it, and what was offered to whom."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from answerable.accounts.models import Agent
from answerable.channels.chat.models import Chat
from answerable.channels.voice.models import Call
from answerable.tickets.models import Callback, Ticket


class Presence(models.Model):
    """How an agent stands, over all channels (ux.md 8.12). One row an agent.

    On a call they are while they have one that goes on; that is not kept here. `heard_at` is
    when a page of theirs last said that it is open, None when the last one was closed.
    """

    class Status(models.TextChoices):
        AVAILABLE = "available", "Available"
        FINISHING = "finishing", "Finishing"
        AWAY = "away", "Away"
        OFFLINE = "offline", "Offline"

    agent = models.OneToOneField(
        Agent, models.CASCADE, primary_key=True, related_name="presence"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.OFFLINE)
    since = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    lost_at = models.DateTimeField(null=True)  # no page was heard, and none was closed
    # They missed two offers: nothing new until they say that they are back.
    is_paused = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.agent_id} {self.status}"


class OpenPage(models.Model):
    """A page of the desk that an agent has open, and on which ticket it is.

    A beat writes `heard_at` alone, which no index has; `doing` is a word of core/company.py.
    """

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True)
    heard_at = models.DateTimeField()
    ticket = models.ForeignKey(
        Ticket, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    doing = models.CharField(max_length=10, blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(
                name="page_on_ticket", fields=["ticket"], condition=Q(ticket__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.agent_id}"


class Skill(models.Model):
    """Something that some agents know: a product, or what administrators name."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    # Tickets about these products need it.
    products = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    def __str__(self) -> str:
        return self.name


class Ability(models.Model):
    """What an agent is offered: how many at once of each kind, which skills, which languages,
    in which hours. Without a row the defaults hold."""

    agent = models.OneToOneField(
        Agent, models.CASCADE, primary_key=True, related_name="ability"
    )
    chats = models.PositiveSmallIntegerField(default=3)
    calls = models.PositiveSmallIntegerField(default=1)
    critical = models.PositiveSmallIntegerField(default=1)
    skills = models.ManyToManyField(Skill, related_name="+")
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    # By weekday, Monday first: "08:00-12:00, 13:00-17:00" in the agent's zone; nothing: not on
    # that day. An empty list: whenever they are available.
    hours = ArrayField(models.CharField(max_length=100, blank=True), default=list, blank=True)
    # How calls are made: the ways of voice.models.Call, and the number that is rung first.
    call_way = models.CharField(max_length=10, choices=Call.Way, default=Call.Way.BROWSER)
    own_phone = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"of {self.agent_id}"


class Absence(models.Model):
    """An agent is not there, from one instant to another."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="absences")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} until {self.ends_at}"


class Offer(models.Model):
    """Something was offered to one agent, who may take it until it ends."""

    class Kind(models.TextChoices):
        CHAT = "chat", "A chat"
        CALLBACK = "callback", "A call that a customer asked for"
        CALL = "call", "Somebody who dialled our number"
        CRITICAL = "critical", "A business-critical ticket that nobody has"
        HANDED = "handed", "A call that a colleague hands on"

    class Outcome(models.TextChoices):
        TAKEN = "taken", "They took it"
        DECLINED = "declined", "They said: not now"
        MISSED = "missed", "They let it ring"
        WITHDRAWN = "withdrawn", "It went away, or somebody else has it"

    kind = models.CharField(max_length=10, choices=Kind)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="offers")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="offers")
    chat = models.ForeignKey(Chat, models.CASCADE, null=True, related_name="offers")
    callback = models.ForeignKey(Callback, models.CASCADE, null=True, related_name="offers")
    call = models.ForeignKey(Call, models.CASCADE, null=True, related_name="offers")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=100, blank=True)  # of one that was declined

    class Meta:
        constraints = [
            # One offer of one thing rings at a time, whatever happens.
            models.UniqueConstraint(
                name="offer_of_chat_rings_once", fields=["chat"], condition=Q(ended_at=None)
            ),
            models.UniqueConstraint(
                name="offer_of_callback_rings_once",
                fields=["callback"],
                condition=Q(ended_at=None),
            ),
            models.UniqueConstraint(
                name="offer_of_call_rings_once", fields=["call"], condition=Q(ended_at=None)
            ),
            models.UniqueConstraint(
                name="offer_of_critical_rings_once",
                fields=["ticket"],
                condition=Q(ended_at=None, kind="critical"),
            ),
            models.UniqueConstraint(
                name="offer_rings_alone", fields=["agent"], condition=Q(ended_at=None)
            ),
        ]
        indexes = [
            models.Index(
                name="offer_that_rings", fields=["ends_at"], condition=Q(ended_at=None)
            ),
            models.Index(name="offer_of_agent", fields=["agent", "-made_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.ticket_id} to {self.agent_id}"
