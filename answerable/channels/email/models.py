"""Mail as it came in and as it goes out. Nothing is ever dropped: each mail has its row.

Nothing but this room's actions writes these tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent, Contact
from answerable.channels.email.core.outbox import Shown, shown
from answerable.channels.email.inbound import LEDGER_WORDS, InboundMail, InboundQuerySet
from answerable.channels.email.mailboxes import Mailbox
from answerable.channels.email.signature_models import Signature
from answerable.channels.email.verdicts import Replay, Verdict
from answerable.tickets.models import Message, SideMessage, Ticket

__all__ = [
    "LEDGER_WORDS",
    "InboundMail",
    "InboundQuerySet",
    "Mailbox",
    "OutboxMail",
    "OutgoingMail",
    "OutgoingQuerySet",
    "Replay",
    "Signature",
    "Verdict",
]


class OutgoingQuerySet(models.QuerySet["OutgoingMail"]):
    def waiting(self) -> OutgoingQuerySet:
        """Those that no server has accepted yet, held or not."""
        return self.filter(state__in=OutgoingMail.WAITING, settled_at=None)

    def free(self) -> OutgoingQuerySet:
        """Those that wait, and that nobody hands over now."""
        return self.filter(state=OutgoingMail.State.QUEUED, settled_at=None)

    def of_way(self, domains: Sequence[str], others: Sequence[str]) -> OutgoingQuerySet:
        """Those to some domains; without any, to all but others."""
        if domains:
            return self.filter(domain__in=domains)
        return self.exclude(domain__in=others) if others else self

    def held(self) -> OutgoingQuerySet:
        """Those that somebody hands over now, or did when it died."""
        return self.filter(state=OutgoingMail.State.HELD, settled_at=None)

    def untold(self) -> OutgoingQuerySet:
        """Those that a server accepted, and of which the ticket does not know yet."""
        return self.filter(state=OutgoingMail.State.ACCEPTED, settled_at=None)


class OutgoingMail(models.Model):
    """A mail that we send, once: its Message-ID is fixed when it is queued."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Reply of an agent")
        NOTICE = "notice", _("Notice to the customer")
        ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
        SIGN_IN_LINK = "sign_in_link", _("Sign-in link")
        NOTIFICATION = "notification", _("Notification to an agent")
        SIDE = "side", _("Message to a third party")
        TEST = "test", _("Test")

    AUTOMATIC = (Kind.ACKNOWLEDGEMENT, Kind.SIGN_IN_LINK, Kind.NOTIFICATION, Kind.TEST)

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        HELD = "held", "Being handed over"
        ACCEPTED = "accepted", "Accepted by the server"
        FAILED = "failed", "Not sent"
        TAKEN_BACK = "taken_back", "Taken back before it was sent"

    WAITING = (State.QUEUED, State.HELD)

    mail_id = models.CharField(max_length=200, unique=True)  # its Message-ID
    # What it was queued for, so that the same cause never queues two.
    cause = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    urgency = models.PositiveSmallIntegerField()
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="+")
    # Of a side conversation. It has no ticket: no mail of a customer's thread may refer to it.
    side = models.ForeignKey(SideMessage, models.CASCADE, null=True, related_name="mails")
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    agent = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    to = models.CharField(max_length=254)
    to_name = models.CharField(max_length=200, blank=True)
    # The part of `to` after the at sign, in lower case: limits hold for each.
    domain = models.CharField(max_length=254, blank=True, default="")
    server = models.CharField(max_length=300, blank=True, default="")  # who was last given it
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField(
        blank=True
    )  # the same for programs that show it; none, no such part
    headers = models.JSONField(default=dict)
    # Its reader reads replies on their page and wants no mail: it leaves as any other does, and
    # no server is given it.
    is_quiet = models.BooleanField(default=False, db_default=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    # Who hands it over, since when: nobody else takes it while its holder lives.
    holder = models.IntegerField(null=True)
    held_at = models.DateTimeField(null=True)
    # How often its holder died before it could say what the server said: so many servers may
    # have accepted it of which we do not know.
    uncertain = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)  # when its ticket was told what became of it
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outgoing_held_by_somebody",
                condition=Q(state="held", holder__isnull=False, held_at__isnull=False)
                | (~Q(state="held") & Q(holder=None, held_at=None)),
            ),
        ]
        indexes = [
            models.Index(
                name="outgoing_unsettled",
                fields=["state", "urgency", "next_try_at"],
                condition=Q(settled_at=None),
            ),
            models.Index(name="outgoing_by_address", fields=["to", "created_at"]),
            models.Index(
                name="outgoing_accepted",
                fields=["-accepted_at"],
                condition=Q(accepted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"


class MailServer(models.Model):
    """A next server that takes our mail, and whether it answers."""

    name = models.CharField(max_length=300, unique=True)
    failures = models.PositiveIntegerField(default=0)  # one after another
    since = models.DateTimeField(null=True)  # since when it does not answer
    not_before = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.failures} failures"


class MailLook(models.Model):
    """How mails look and what they all say, as an administrator has it: one row, or none."""

    accent = models.CharField(max_length=7)
    logo = models.URLField(max_length=500, blank=True)
    # By language and kind; what is not there is said in our own words.
    texts = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="mail_has_one_look"),
        ]

    def __str__(self) -> str:
        return "how mails look"


class OutboxMail(models.Model):
    """A mail in the demonstration's local outbox, as a server would have received it."""

    raw = models.BinaryField()
    message_id = models.CharField(max_length=200, unique=True)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="outbox_newest", fields=["-at"])]

    def __str__(self) -> str:
        return f"outbox {self.pk}"

    @cached_property
    def parsed(self) -> Shown:
        """What its page shows: headers in order, the text, and what it answers."""
        return shown(bytes(self.raw))
