"""A ticket is one conversation with one customer, whatever channel it came by."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from answerable.accounts.models import Agent, Contact, Customer
from answerable.tickets.attachments import Attachment, HtmlBody
from answerable.tickets.callbacks import Callback
from answerable.tickets.changes import Hold, Merge, Rating, SeverityChange
from answerable.tickets.claimed import Claim
from answerable.tickets.drafts import Draft
from answerable.tickets.endorsements import Endorsement
from answerable.tickets.participants import Doubt, Participant
from answerable.tickets.side_models import SideMessage, SideThread
from answerable.tickets.submissions import MessageSubmission
from answerable.tickets.visibility import VisibilityRule

__all__ = [
    "CRITICAL",
    "STANDARD",
    "Attachment",
    "Callback",
    "Claim",
    "Doubt",
    "Draft",
    "Endorsement",
    "Hold",
    "HtmlBody",
    "Merge",
    "Message",
    "MessageSubmission",
    "Participant",
    "Rating",
    "SeverityChange",
    "SideMessage",
    "SideThread",
    "Ticket",
    "TicketEvent",
    "TicketQuerySet",
    "VisibilityRule",
]

STANDARD = "standard"
CRITICAL = "business_critical"


class TicketQuerySet(models.QuerySet["Ticket"]):
    def unresolved(self) -> TicketQuerySet:
        return self.exclude(state=Ticket.State.RESOLVED)


class Ticket(models.Model):
    """One conversation. Its number is its key."""

    class State(models.TextChoices):
        REVIEW = "review", "For review"
        OPEN = "open", "Open"
        WAITING = "waiting", "Waiting for the customer"
        HELD = "held", "On hold"
        RESOLVED = "resolved", "Resolved"

    class Channel(models.TextChoices):
        FORM = "form", "Request form"
        EMERGENCY_FORM = "emergency_form", "Request form, for emergencies"
        EMAIL = "email", "Email"
        CALLBACK = "callback", "Callback"
        CHAT = "chat", "Chat"
        PHONE = "phone", "Telephone"

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
    # Seen by its requester, and by whom they name; who made it so stands in the log.
    is_private = models.BooleanField(default=False, db_default=False)
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
                fields=["customer"], name="ticket_private", condition=Q(is_private=True)
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

    class Verb(models.TextChoices):
        OPENED = "opened"
        WROTE = "wrote"
        ANSWERED = "answered"
        LEFT = "left"
        TAKEN_BACK = "taken_back"
        NOTICED = "noticed"
        NOTED = "noted"
        DELIVERED = "delivered"
        UNDELIVERED = "undelivered"
        DELAYED = "delayed"
        REPLY_PARKED = "reply_parked"
        COPIED = "copied"
        UNCOPIED = "uncopied"
        TAKEN = "taken"
        ASSIGNED = "assigned"
        ADMITTED = "admitted"
        RESOLVED = "resolved"
        REOPENED = "reopened"
        CLAIM_MADE = "claim_made"
        CLAIM_CONFIRMED = "claim_confirmed"
        CLAIM_CHANGED = "claim_changed"
        SEVERITY_CHANGED = "severity_changed"
        PROMISED = "promised"
        CLOCK_STARTED = "clock_started"
        CLOCK_MET = "clock_met"
        CLOCK_MISSED = "clock_missed"
        CLOCK_RETARGETED = "clock_retargeted"
        CLOCK_CORRECTED = "clock_corrected"
        CLOCK_PAUSED = "clock_paused"
        CLOCK_RESUMED = "clock_resumed"
        CLOCK_REOPENED = "clock_reopened"
        CLOCK_ENDED = "clock_ended"
        CLOCK_MOVED = "clock_moved"
        CLOCK_DOUBTED = "clock_doubted"
        ESCALATED = "escalated"
        LADDER_STOPPED = "ladder_stopped"
        LADDER_RESUMED = "ladder_resumed"
        SEVERITY_SET = "severity_set"
        HELD = "held"
        HOLD_ENDED = "hold_ended"
        DISMISSED = "dismissed"
        ENDORSED = "endorsed"
        ENDORSEMENT_ASKED = "endorsement_asked"
        ENDORSEMENT_DECLINED = "endorsement_declined"
        HANDED_OVER = "handed_over"
        FACTS_CORRECTED = "facts_corrected"
        ANOTHER_LOOK_ASKED = "another_look_asked"
        ANOTHER_LOOK_ANSWERED = "another_look_answered"
        WORKAROUND_GIVEN = "workaround_given"
        CALL_ASKED = "call_asked"
        CALL_ATTEMPTED = "call_attempted"
        CALL_CONNECTED = "call_connected"
        CALL_CHANGED = "call_changed"
        CALL_CANCELLED = "call_cancelled"
        CALL_GIVEN_UP = "call_given_up"
        CALL_UNNOTED = "call_unnoted"
        CHAT_ASKED = "chat_asked"
        CHAT_PICKED_UP = "chat_picked_up"
        CHAT_LEFT = "chat_left"
        CHAT_JOINED = "chat_joined"
        CHAT_TRANSFERRED = "chat_transferred"
        CHAT_ENDED = "chat_ended"
        CHAT_MOVED = "chat_moved"
        CALL_BEGUN = "call_begun"
        CALL_ENDED = "call_ended"
        CALL_RECORDED = "call_recorded"
        CALLER_IDENTIFIED = "caller_identified"
        OFFERED = "offered"
        OFFER_DECLINED = "offer_declined"
        OFFER_MISSED = "offer_missed"
        GIVEN_BACK = "given_back"
        MERGED = "merged"
        UNMERGED = "unmerged"
        SPLIT = "split"
        MADE_PRIVATE = "made_private"
        MADE_SHARED = "made_shared"
        NAMED = "named"
        UNNAMED = "unnamed"
        CONTINUED = "continued"
        EXCUSED = "excused"
        APPEALED = "appealed"
        APPEAL_DECIDED = "appeal_decided"
        MISS_COMMENTED = "miss_commented"
        INCIDENT_LINKED = "incident_linked"
        INCIDENT_UNLINKED = "incident_unlinked"
        INCIDENT_FIXED = "incident_fixed"
        SIDE_OPENED, SIDE_WROTE, SIDE_ANSWERED = "side_opened", "side_wrote", "side_answered"
        CALL_HANDED_ON = "call_handed_on"
        CALL_CONSENTED = "call_consented"

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
