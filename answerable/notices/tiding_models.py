"""What customers' people chose to be told beside mail, at which number, and what of."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from answerable.accounts.models import Contact
from answerable.notices.core.tidings import Matter, Wants
from answerable.tickets.models import Ticket, TicketEvent

MATTERS = [(one.value, one.value) for one in Matter]


class TidingWish(models.Model):
    """What one person wants to be told beside mail. Without a row it is nothing."""

    contact = models.OneToOneField(
        Contact, models.CASCADE, primary_key=True, related_name="tiding_wish"
    )
    push = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    text = ArrayField(models.CharField(max_length=10), default=list, blank=True)

    def __str__(self) -> str:
        return f"of {self.contact_id}"

    def wants(self) -> Wants:
        """Return what is chosen."""
        return Wants(
            frozenset(Matter(one) for one in self.push),
            frozenset(Matter(one) for one in self.text),
        )


class TextNumber(models.Model):
    """The number at which somebody gets text messages, once they entered the code that was sent
    there. `stopped_at`: they sent STOP; nothing goes there until they sent START or confirm a
    number anew."""

    contact = models.OneToOneField(
        Contact, models.CASCADE, primary_key=True, related_name="text_number"
    )
    phone = models.CharField(max_length=20, db_index=True)  # as E.164 writes it
    # Of the code, by the secret key: it has few figures.
    digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.phone} of {self.contact_id}"

    def takes_texts(self) -> bool:
        """Say whether text messages may go there."""
        return self.confirmed_at is not None and self.stopped_at is None

    def awaits_code(self, at: datetime) -> bool:
        """Say whether a code was sent there that may still be entered."""
        return self.code_until is not None and at < self.code_until


class Tiding(models.Model):
    """A customer's person is told of one thing, once: `key` says of what."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+", db_index=False)
    matter = models.CharField(max_length=10, choices=MATTERS)
    key = models.CharField(max_length=60)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    event = models.ForeignKey(TicketEvent, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="tiding_told_once", fields=["contact", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.matter} to {self.contact_id}"
