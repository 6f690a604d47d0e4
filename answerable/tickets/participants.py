"""Who else takes part in a ticket by mail, and why it is not sure who wrote a message."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Contact


class Doubt(models.TextChoices):
    """Why it is not sure who wrote a message."""

    STRANGER = "stranger", "The ticket does not know the address"
    COPIED = "copied", "Somebody in copy, of no customer"
    REFUTED = "refuted", "What the sender's domain publishes says that it is not theirs"
    UNSURE = "unsure", "The sender's domain could not be asked"
    UNPROVEN = "unproven", "Nothing shows that it is from the sender's domain"
    NOBODY = "nobody", "It names no sender, or several"
    FORWARDED = "forwarded", "Only who forwarded it says who wrote it"


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def kept(self) -> ParticipantQuerySet:
        """Those who get a copy of each reply; a contact who left does not."""
        return self.filter(is_kept=True, contact__left_at=None)


class Participant(models.Model):
    """Somebody who takes part in a ticket: in Cc of a mail of the customer's, or named by them.

    Never the owner. A contact of the same customer gets copies; anybody else only when an agent
    keeps them. A mail gives no rights: only whom a colleague named on the request's page, as
    somebody signed in, sees it there. Who was removed stays here, so that the next mail does
    not bring them back.
    """

    ticket = models.ForeignKey("tickets.Ticket", models.CASCADE, related_name="participants")
    address = models.CharField(max_length=254)  # in lower case
    name = models.CharField(max_length=200, blank=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    is_kept = models.BooleanField(default=False)
    sees = models.BooleanField(default=False, db_default=False)
    added_at = models.DateTimeField()

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="participant_once", fields=["ticket", "address"]),
        ]
        indexes = [
            models.Index(
                fields=["contact", "ticket"], name="participant_sees", condition=Q(sees=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} on {self.ticket_id}"

    @property
    def shown(self) -> str:
        """The name that people know them by."""
        return self.contact.name if self.contact else (self.name or self.address)
