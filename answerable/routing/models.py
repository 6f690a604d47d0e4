"""What is next, and who was told: the queue's order as rows, and notices to agents."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from answerable.accounts.models import Agent, Contact, Customer
from answerable.routing.desk_models import (
    Ability,
    Absence,
    Offer,
    OpenPage,
    Presence,
    Skill,
)
from answerable.routing.rota_models import Cover, OnCallChange, Rota, ShiftCalendar
from answerable.routing.view_models import (
    Bulk,
    DeskLayout,
    PassedOver,
    SavedView,
    Served,
    Tally,
    Team,
)
from answerable.tickets.access import sight_of
from answerable.tickets.models import Ticket, TicketEvent

__all__ = [
    "THEIR_ORDER",
    "Ability",
    "Absence",
    "Bulk",
    "Cover",
    "DeskLayout",
    "Notice",
    "Offer",
    "OnCallChange",
    "OpenPage",
    "PassedOver",
    "Presence",
    "QueueEntry",
    "QueueEntryQuerySet",
    "Rota",
    "SavedView",
    "Served",
    "ShiftCalendar",
    "Skill",
    "Tally",
    "Team",
]

# A customer's own list: what waits for them, guarantees as they fall due, aims.
THEIR_ORDER = ("customer_band", "customer_due_at", "-act_by", "-pk")


class QueueEntryQuerySet(models.QuerySet["QueueEntry"]):
    def of_contact(self, contact: Contact) -> QueueEntryQuerySet:
        """Those whose tickets a contact sees (tickets/sight.py)."""
        return sight_of(contact).narrow(self)

    def as_their_list(self) -> QueueEntryQuerySet:
        """As a customer reads them: what waits for them, guarantees as they fall due, aims."""
        return self.order_by(*THEIR_ORDER)


class QueueEntry(models.Model):
    """An unresolved ticket's place in the queue. Kept by reactions; can be made anew."""

    class Band(models.IntegerChoices):
        NOW = 0, "Claimed or confirmed business-critical"
        PROMISE = 1, "A guaranteed reply is due"
        AIM = 2, "A reply is aimed for"
        OPEN = 3, "The customer waits, and nothing is promised"
        WAITING = 4, "Waiting for the customer"
        REVIEW = 5, "A stranger's, for review"

    class CustomerBand(models.IntegerChoices):
        """The parts of a customer's own list of requests."""

        WAITING = 0, "Waits for the customer"
        GUARANTEE = 1, "A guaranteed reply is due"
        AIM = 2, "A reply is aimed for"
        OTHER = 3, "Everything else"

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, primary_key=True, related_name="queue_entry"
    )
    band = models.PositiveSmallIntegerField(choices=Band)
    # Whether its severity is one for which people are woken, as its plan says.
    is_critical = models.BooleanField(default=False, db_default=False)
    # Of the clock with the least slack: guarantee (which internal ones are sorted with) or aim,
    # and what it measures.
    kind = models.CharField(max_length=20, blank=True)
    metric = models.CharField(max_length=20, blank=True, default="", db_default="")
    # When work must begin for the reply to be in time. Least slack is the earliest of these;
    # for an aim it is when four fifths of it are used, for the rest when somebody last wrote.
    act_by = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    assignee = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # Where it stands in its customer's own list, by the promise that they read of.
    customer_band = models.PositiveSmallIntegerField(
        choices=CustomerBand, default=CustomerBand.OTHER, db_default=CustomerBand.OTHER.value
    )
    customer_due_at = models.DateTimeField(null=True)

    objects = QueueEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["band", "kind", "act_by", "ticket"], name="queue_by_slack"),
            models.Index(
                fields=["assignee", "band", "kind", "act_by", "ticket"], name="queue_of_agent"
            ),
            models.Index(
                fields=["band", "kind", "act_by", "ticket"],
                name="queue_of_nobody",
                condition=models.Q(assignee=None),
            ),
            # Of ten thousand requests of one customer, a page of their list reads fifty.
            models.Index(
                "customer",
                "customer_band",
                "customer_due_at",
                F("act_by").desc(),
                F("ticket").desc(),
                name="queue_of_customer",
            ),
            models.Index(fields=["customer", "ticket"], name="queue_of_customer_by_number"),
            # What of the five minutes that go on is late or at risk (counts_sql.py).
            models.Index(
                fields=["due_at", "assignee"],
                name="queue_by_due",
                condition=models.Q(kind="guarantee", band__lt=4),
            ),
            models.Index(
                models.functions.Greatest("act_by", "started_at"),
                "assignee",
                name="queue_by_risk",
                condition=models.Q(kind="guarantee", band__lt=4),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.band} {self.act_by} #{self.ticket_id}"


class Notice(models.Model):
    """An agent was told of something on a ticket."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="notices")
    event = models.ForeignKey(TicketEvent, models.CASCADE, related_name="notices")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="notice_once", fields=["agent", "event"]),
        ]
        indexes = [
            models.Index(
                fields=["agent", "-id"],
                name="notice_unseen",
                condition=models.Q(seen_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} of {self.event_id}"
