"""Account cards: which systems of the vendor's are asked for them, and what they answered."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from answerable.accounts.models import Agent, Contact, Customer
from answerable.tickets.models import Ticket


class CardSourceQuerySet(models.QuerySet["CardSource"]):
    def asked(self) -> CardSourceQuerySet:
        """Those that pages ask, in the order in which they are shown."""
        return self.filter(retired_at=None, is_on=True).order_by("place", "pk")


class CardSource(models.Model):
    """A system of the vendor's that is asked about the customer of a ticket.

    Without plans it is asked for everybody's tickets, without products for any product.
    """

    name = models.CharField(max_length=60)
    url = models.CharField(max_length=2000)
    secret = models.TextField()  # sealed (lib/sealing.py)
    plans = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    products = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    seconds = models.FloatField(default=2.0)  # within which it must answer
    fresh_for = models.PositiveIntegerField(default=300)  # seconds
    place = models.PositiveSmallIntegerField(default=0)
    is_on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    objects = CardSourceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class CardAnswer(models.Model):
    """What a source said last about a ticket's customer, and how asking it failed since.

    It is of the customer and the person whose the ticket was then: for others it is none.
    """

    source = models.ForeignKey(CardSource, models.CASCADE, related_name="answers")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(
        Contact, models.CASCADE, null=True, related_name="+", db_index=False
    )
    document = models.JSONField(null=True)  # as it was read and found to be cards
    answered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)  # why it failed, a key of words
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="card_answer_once",
                fields=["source", "ticket", "customer", "contact"],
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(name="card_answer_by_age", fields=["answered_at"])]

    def __str__(self) -> str:
        return f"{self.source_id} about {self.ticket_id}"
