"""Who was asked to stand behind a colleague's request, and what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answerable.accounts.models import Contact


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    def waiting(self) -> EndorsementQuerySet:
        """Those to which nobody has said anything yet, on requests that are not solved."""
        return self.filter(outcome="").exclude(ticket__state="resolved")


class Endorsement(models.Model):
    """A contact asked a colleague to confirm a request, so that what they are promised holds
    for it. Until then it is what it is without them."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"
        BY_ANOTHER = "by_another", "Another colleague confirmed it"

    ticket = models.ForeignKey(
        "tickets.Ticket", models.CASCADE, related_name="endorsements", db_index=False
    )
    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="endorsements", db_index=False
    )
    asked_by = models.ForeignKey(Contact, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="endorsement_is_asked_once", fields=["ticket", "contact"]
            ),
        ]
        indexes = [
            models.Index(
                name="endorsement_waiting", fields=["contact"], condition=Q(outcome="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} about {self.ticket_id}"
