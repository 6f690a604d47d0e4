"""Mail as it came in, and what became of it: the mail ledger. Nothing is ever dropped."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent
from answerable.tickets.models import Message, Ticket

# The words by which the ledger is searched: an address is its name and its domain.
# PostgreSQL would take what stands in < > for a tag, and leave it out.
LEDGER_WORDS = SearchVector(
    Func(
        Concat("sender", Value(" "), "subject"),
        Value("@<>"),
        Value("   "),
        function="translate",
    ),
    config="simple",
)


class InboundQuerySet(models.QuerySet["InboundMail"]):
    def unhandled(self) -> InboundQuerySet:
        return self.filter(state=InboundMail.State.STORED)

    def live(self) -> InboundQuerySet:
        """Those that somebody sent us now, and waits for."""
        return self.exclude(door=InboundMail.Door.IMPORT)

    def imported(self) -> InboundQuerySet:
        """Those of the past, which are kept as history."""
        return self.filter(door=InboundMail.Door.IMPORT)

    def checked(self) -> InboundQuerySet:
        """Those of which it is known where they come from, as far as that can be known."""
        return self.filter(checks__isnull=False)

    def parked(self) -> InboundQuerySet:
        return self.filter(state=InboundMail.State.REVIEW)


class InboundMail(models.Model):
    """A mail exactly as it was received, and what became of it, in words: the mail ledger."""

    class State(models.TextChoices):
        STORED = "stored", _("waiting to be read")
        ACCEPTED = "accepted", _("accepted")
        DUPLICATE = "duplicate", _("a duplicate")
        REVIEW = "review", _("parked")
        REFUSED = "refused", _("refused")

    class Door(models.TextChoices):
        SMTP = "smtp", "SMTP"
        LMTP = "lmtp", "LMTP"
        IMAP = "imap", "IMAP"
        WEBHOOK = "webhook", _("provider")
        IMPORT = "import", _("import")

    door = models.CharField(max_length=10, choices=Door, default=Door.SMTP)
    mailbox = models.CharField(max_length=254)
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = ArrayField(models.CharField(max_length=320))
    peer = models.CharField(max_length=64, blank=True)
    # When the first server of ours had all of it: promises run from here (domain.md E12).
    received_at = models.DateTimeField()
    raw = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    # What it says of itself, once it is read: its Message-ID, From and Subject.
    mail_id = models.CharField(max_length=500, blank=True)
    # What is known of where it comes from (core/proof.py); none: it was not checked yet.
    checks = models.JSONField(null=True)
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.STORED)
    reason = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, related_name="+")
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    handled_at = models.DateTimeField(null=True)
    # Who decided on it; nobody where our rules did.
    decided_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects = InboundQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two copies that are read at the same time: the database lets one be accepted.
            models.UniqueConstraint(
                name="inbound_accepted_once",
                fields=["digest", "mail_id", "mailbox"],
                condition=Q(state="accepted") & ~Q(mail_id=""),
            ),
        ]
        indexes = [
            # What is read next: mail that somebody waits for, then mail of the past.
            models.Index(
                name="inbound_live_unhandled",
                fields=["id"],
                condition=Q(state="stored") & ~Q(door="import"),
            ),
            models.Index(
                name="inbound_import_unhandled",
                fields=["id"],
                condition=Q(state="stored", door="import"),
            ),
            models.Index(name="inbound_by_digest", fields=["digest"]),
            models.Index(
                name="inbound_by_mail_id", fields=["mail_id"], condition=~Q(mail_id="")
            ),
            models.Index(name="inbound_by_time", fields=["received_at"]),
            # The states that somebody looks for; most mails are accepted.
            models.Index(
                name="inbound_by_state",
                fields=["state", "-id"],
                condition=Q(state__in=["stored", "duplicate", "review", "refused"]),
            ),
            GinIndex(LEDGER_WORDS, name="inbound_by_words"),
        ]

    def __str__(self) -> str:
        return f"inbound {self.pk}: {self.state}"

    @property
    def shown_state(self) -> str:
        """Its state in the reader's language."""
        return str(self.State(self.state).label)
