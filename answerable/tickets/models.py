"""A ticket is one conversation with one customer, whatever channel it came by."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q

from answerable.accounts.models import Agent, Contact, Customer
from answerable.tickets import status_models, verbs
from answerable.tickets.attachments import Attachment, HtmlBody
from answerable.tickets.begun_models import BegunTicket
from answerable.tickets.callbacks import Callback
from answerable.tickets.changes import Hold, Merge, Rating, SeverityChange
from answerable.tickets.claimed import Claim
from answerable.tickets.drafts import Draft
from answerable.tickets.endorsements import Endorsement
from answerable.tickets.field_models import Field, FieldValue
from answerable.tickets.link_models import TicketLink
from answerable.tickets.log_models import LogMark, ParkedLine
from answerable.tickets.participants import Doubt, Participant
from answerable.tickets.prepared_models import MessageTranslation, PreparedReply
from answerable.tickets.side_models import SideMessage, SideThread
from answerable.tickets.silence_models import Silence
from answerable.tickets.status_models import Status
from answerable.tickets.submissions import MessageSubmission
from answerable.tickets.tag_models import Tag, TicketTag
from answerable.tickets.undo_models import Undo, UndoStep
from answerable.tickets.visibility import VisibilityRule

__all__ = [
    "CRITICAL",
    "STANDARD",
    "Attachment",
    "BegunTicket",
    "Callback",
    "Claim",
    "Doubt",
    "Draft",
    "Endorsement",
    "Field",
    "FieldValue",
    "Hold",
    "HtmlBody",
    "LogMark",
    "Merge",
    "Message",
    "MessageSubmission",
    "MessageTranslation",
    "ParkedLine",
    "Participant",
    "PreparedReply",
    "Rating",
    "SeverityChange",
    "SideMessage",
    "SideThread",
    "Silence",
    "Status",
    "Tag",
    "Ticket",
    "TicketEvent",
    "TicketLink",
    "TicketQuerySet",
    "TicketTag",
    "Undo",
    "UndoStep",
    "VisibilityRule",
]

STANDARD = "standard"
CRITICAL = "business_critical"


class TicketQuerySet(models.QuerySet["Ticket"]):
    def unresolved(self) -> TicketQuerySet:
        return self.exclude(state=Ticket.State.RESOLVED)


class Ticket(models.Model):
    """One conversation. Its number is its key."""

    State: TypeAlias = status_models.State
    Priority: TypeAlias = status_models.Priority

    class Channel(models.TextChoices):
        FORM = "form", "Request form"
        EMERGENCY_FORM = "emergency_form", "Request form, for emergencies"
        EMAIL = "email", "Email"
        CALLBACK = "callback", "Callback"
        CHAT = "chat", "Chat"
        PHONE = "phone", "Telephone"
        IN_PERSON = "in_person", "In person"

    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="tickets")
    requester = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="tickets")
    sender_name = models.CharField(max_length=200)
    sender_email = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    channel = models.CharField(max_length=20, choices=Channel)
    surface = models.CharField(max_length=20, default="web")
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    severity = models.CharField(max_length=40, default=STANDARD)
    # What it is about, by the words of subscriptions and plans; nothing where nobody said.
    product = models.CharField(max_length=60, blank=True, default="", db_default="")
    environment = models.CharField(max_length=40, blank=True, default="", db_default="")
    assignee = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="tickets")
    created_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_line = models.CharField(max_length=200, blank=True)
    # Ours alone: it moves no promise, and no customer reads it.
    priority = models.SmallIntegerField(
        choices=Priority, default=Priority.NORMAL, db_default=Priority.NORMAL
    )
    # The vendor's own word for its state; a trigger takes it away when that changes.
    status = models.ForeignKey(
        Status, models.SET_NULL, null=True, related_name="tickets", db_index=False
    )
    # Seen by its requester, and by whom they name; who made it so stands in the log.
    is_private = models.BooleanField(default=False, db_default=False)
    # We began it by writing, and nothing of that has left yet: its customer does not see it.
    is_unsent = models.BooleanField(default=False, db_default=False)
    submission = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    # Until when a resolved ticket is opened again by its customer's words; later a new one is.
    reopens_until = models.DateTimeField(null=True)
    # The ticket that this one continues: its conversation was over, or dealt with two things.
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="followers", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False
    )

    objects = TicketQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("customer", "state", F("last_at").desc(), name="ticket_of_customer"),
            models.Index("requester", "state", F("last_at").desc(), name="ticket_of_requester"),
            # Rules ask which have been quiet for how long.
            models.Index(
                fields=["state", "last_at"],
                name="ticket_by_silence",
                condition=Q(state__in=["open", "waiting"]),
            ),
            models.Index(
                F("last_at").desc(),
                name="ticket_for_review",
                condition=Q(state="review"),
            ),
            models.Index(
                fields=["merged_into"],
                name="ticket_by_survivor",
                condition=Q(merged_into__isnull=False),
            ),
            models.Index(
                fields=["follows"],
                name="ticket_by_followed",
                condition=Q(follows__isnull=False),
            ),
            models.Index(
                name="ticket_hidden",
                fields=["customer"],
                condition=Q(is_private=True) | Q(is_unsent=True),
            ),
            models.Index(
                fields=["status"], name="ticket_by_status", condition=Q(status__isnull=False)
            ),
            models.Index(
                fields=["customer", "product"],
                name="ticket_by_product",
                condition=~Q(product=""),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    def is_over(self, at: datetime) -> bool:
        """Whether it was resolved for longer than it is opened again."""
        return self.reopens_until is not None and self.reopens_until < at


class Message(models.Model):
    """What somebody wrote on a ticket."""

    class Kind(models.TextChoices):
        MESSAGE = "message", "Message of the customer"
        REPLY = "reply", "Reply of an agent"
        NOTICE = "notice", "Notice to the customer; it counts as no reply"
        NOTE = "note", "Internal note"
        TAKEN_BACK = "taken_back", "Reply that its writer took back before it left"

    PUBLIC = (Kind.MESSAGE, Kind.REPLY, Kind.NOTICE)

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True)
    agent = models.ForeignKey(Agent, models.PROTECT, null=True)
    sender = models.CharField(max_length=320, blank=True)
    body = models.TextField()
    folded = models.TextField(blank=True)  # the quotation and signature below a mail's new text
    verified = models.BooleanField(default=True)
    doubt = models.CharField(max_length=10, choices=Doubt, blank=True, db_default="")
    forwarded_by = models.CharField(max_length=320, blank=True, db_default="")
    written_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    # Until it leaves, its writer can take it back, and no customer sees it. None: it has left.
    leaves_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="message_not_left", fields=["agent"], condition=Q(leaves_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.ticket_id}"

    @property
    def author(self) -> str:
        """The name that stands above the message."""
        if self.agent:
            return self.agent.name
        return self.contact.name if self.contact else self.sender


class TicketEvent(models.Model):
    """One line of a ticket's log: who did what, when. Never changed; ordered by key."""

    Verb: TypeAlias = verbs.Verb

    # Every line is written to each index: there are none but those that are asked for.
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="events", db_index=False)
    verb = models.CharField(max_length=30)  # a Verb; new ones need no migration
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, db_index=False)
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, related_name="events", db_index=False
    )
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "id"], name="event_by_ticket"),
            models.Index(
                name="event_by_message",
                fields=["message"],
                condition=Q(message__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} on {self.ticket_id}"
