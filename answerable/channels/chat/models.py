"""A chat is a stretch of a ticket's conversation in which both sides are there at once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value

from answerable.accounts.models import Agent, Contact
from answerable.tickets.models import Message, Ticket


class ChatQuerySet(models.QuerySet["Chat"]):
    def open(self) -> ChatQuerySet:
        """Those that have not ended: people wait in them, or talk."""
        return self.filter(ended_at=None)

    def waiting(self) -> ChatQuerySet:
        """Those in which nobody of ours is, the longest wait first."""
        return self.open().filter(agent=None).order_by("asked_at", "pk")

    def of_agent(self, agent: Agent) -> ChatQuerySet:
        """Those that an agent has, or was brought into."""
        inside = ChatGuest.objects.filter(agent=agent, left_at=None).values("chat")
        return self.open().filter(Q(agent=agent) | Q(pk__in=inside))


class Chat(models.Model):
    """One chat of one contact on one ticket. A contact is in one at a time.

    `asked_at` is when they began to wait: their place in the line, which they keep when a chat
    is handed on. `last_seq` is the number of its newest entry, `*_seen` those that each side
    has seen. Its plan's rules are pinned when it begins.
    """

    class End(models.TextChoices):
        CONTACT = "contact", "The customer ended it"
        AGENT = "agent", "An agent ended it"
        ABANDONED = "abandoned", "The customer left before anybody came"
        UNANSWERED = "unanswered", "Nobody was free in time"
        CLOSED = "closed", "The desk closed"
        IDLE = "idle", "The customer said nothing any more"
        GONE = "gone", "The customer closed the page"

    class Side(models.TextChoices):
        CONTACT = "contact", "The customer"
        AGENT = "agent", "We"

    # What a page's address names it by; numbers could be guessed.
    key = models.CharField(max_length=32, unique=True)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="chats")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="chats", db_index=False)
    agent = models.ForeignKey(
        Agent, models.PROTECT, null=True, related_name="chats", db_index=False
    )
    asked_at = models.DateTimeField()
    picked_up_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=20, choices=End, blank=True)
    last_seq = models.PositiveIntegerField(default=0)
    contact_seen = models.PositiveIntegerField(default=0)
    agent_seen = models.PositiveIntegerField(default=0)
    # When each side saw the newest entry of the other's that it has seen.
    contact_seen_at = models.DateTimeField(null=True)
    agent_seen_at = models.DateTimeField(null=True)
    # Whose answer is waited for, since when.
    turn = models.CharField(max_length=10, choices=Side, default=Side.AGENT)
    turn_since = models.DateTimeField()
    # When the customer's page was last heard of, and when we noticed that it is closed.
    contact_here_at = models.DateTimeField(null=True)
    contact_left_at = models.DateTimeField(null=True)
    # What who comes next should know about; the key of a skill (routing). "": nobody said.
    skill = models.CharField(max_length=40, blank=True, db_default="", default="")
    # What the plan says of chats (entitlements.core.chat_policy), what the customer was told to
    # expect, and when chats are over for the day.
    policy = models.JSONField(default=dict, db_default={})
    expected_seconds = models.PositiveIntegerField(null=True)
    closes_at = models.DateTimeField(null=True)
    # When the customer was told that it will go on by mail, and up to which entry it did.
    warned_at = models.DateTimeField(null=True)
    mailed_seq = models.PositiveIntegerField(default=0, db_default=0)
    # The next instant at which anything happens to it by itself.
    wakes_at = models.DateTimeField(null=True)

    objects = ChatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="chat_is_one_at_a_time", fields=["contact"], condition=Q(ended_at=None)
            ),
        ]
        indexes = [
            models.Index(
                name="chat_that_is_open",
                fields=["asked_at", "id"],
                condition=Q(ended_at=None),
            ),
            models.Index(
                name="chat_by_waking", fields=["wakes_at"], condition=Q(wakes_at__isnull=False)
            ),
            models.Index(
                name="chat_of_agent",
                fields=["agent"],
                condition=Q(ended_at=None, agent__isnull=False),
            ),
            # What people waited lately is asked whenever somebody looks how to reach us.
            models.Index(
                name="chat_by_pick_up",
                fields=["picked_up_at"],
                condition=Q(picked_up_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"chat {self.pk} on {self.ticket_id}"


class ChatEntry(models.Model):
    """One line of a chat, under its number: never changed. Who has all up to a number asks for
    what comes after it, and both sides have the same.

    What is edited or deleted is another entry, which names the first by `of`.
    """

    class Kind(models.TextChoices):
        SAID = "said", "Somebody said something"
        EDITED = "edited", "What somebody said reads otherwise now"
        DELETED = "deleted", "Somebody took back what they said"
        JOINED = "joined", "An agent came"
        LEFT = "left", "An agent went"
        INVITED = "invited", "An agent brings in another"
        TRANSFERRED = "transferred", "Handed on to another agent or team, with a sentence"
        TOLD = "told", "We tell the customer something by ourselves"
        ENDED = "ended", "The chat is over"

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="chat_entries")
    of = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    # What its writer's page calls it: sent again, it is the one that is there.
    token = models.CharField(max_length=64, null=True)  # noqa: DJ001

    class Meta:
        constraints = [
            models.UniqueConstraint(name="chat_entry_by_number", fields=["chat", "seq"]),
            models.UniqueConstraint(name="chat_entry_once", fields=["chat", "token"]),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} of {self.chat_id}"


class ChatGuest(models.Model):
    """A colleague whom the agent of a chat brought in: they read and write until they leave."""

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="guests", db_index=False)
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    by = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="chat_guest_once", fields=["chat", "agent"], condition=Q(left_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} in {self.chat_id}"


class LineClosing(models.Model):
    """A time in which nobody new is let into the line, because a lead closed it."""

    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Agent, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        Agent, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Value(1), name="line_is_closed_once", condition=Q(opened_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"closed {self.closed_at}"
