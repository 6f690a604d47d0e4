"""One reply to all tickets of an incident, and what became of it on each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent
from answerable.tickets.models import Message, Ticket


class BulkReplyQuerySet(models.QuerySet["BulkReply"]):
    def under_way(self) -> BulkReplyQuerySet:
        """Those that are being sent, or will be once they can no longer be taken back."""
        return self.filter(state=BulkReply.State.SENDING)


class BulkReply(models.Model):
    """A reply that goes to many tickets, as an ordinary reply on each.

    `seen` is the last line of all logs that its writer could have read: on which ticket
    something was said since, nothing is sent.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENDING = "sending", _("Being sent")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Sent")

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="replies")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    texts = models.JSONField(default=dict)  # by language, with gaps
    resolves = models.BooleanField(default=False)
    seen = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField()
    leaves_at = models.DateTimeField(null=True)  # until then it can be taken back
    ended_at = models.DateTimeField(null=True)

    objects = BulkReplyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="bulk_reply_under_way", fields=["leaves_at"], condition=Q(state="sending")
            ),
            models.Index(F("incident"), F("id").desc(), name="bulk_reply_of_incident"),
        ]

    def __str__(self) -> str:
        return f"bulk reply {self.pk}: {self.state}"


class BulkTicket(models.Model):
    """One of the tickets that a bulk reply is for."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not sent yet")
        LEFT_OUT = "left_out", _("Left out")
        SENT = "sent", _("Sent")
        CHANGED = "changed", _("Changed meanwhile, so nothing was sent")

    class Why(models.TextChoices):
        WRITTEN = "written", _("somebody wrote on it")
        OVER = "over", _("it was resolved or merged")
        UNLINKED = "unlinked", _("it is no longer about this incident")
        UNSENDABLE = "unsendable", _("the text is too long there, or empty")

    bulk = models.ForeignKey(BulkReply, models.CASCADE, related_name="rows")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="bulk_reply_to_a_ticket_once", fields=["bulk", "ticket"]
            ),
        ]
        indexes = [models.Index(name="bulk_ticket_by_state", fields=["bulk", "state", "id"])]

    def __str__(self) -> str:
        return f"{self.ticket_id} of bulk {self.bulk_id}: {self.state}"
