"""Who is asked how it went, what they answer, and who wants no such question."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from answerable.accounts.models import Agent, Contact
from answerable.entitlements.core.survey import Survey as Rules
from answerable.entitlements.core.survey import survey_from_json
from answerable.entitlements.models import Plan
from answerable.surveys.core.scales import Counts, counts_as
from answerable.tickets.models import Ticket, TicketEvent


class SurveyQuerySet(models.QuerySet["Survey"]):
    def asked(self) -> SurveyQuerySet:
        """Those that somebody was asked."""
        return self.filter(asked_at__isnull=False)

    def open_at(self, at: datetime) -> SurveyQuerySet:
        """Those that can be answered, or answered otherwise, at an instant."""
        return self.filter(asked_at__isnull=False, ends_at__gt=at)

    def for_leads(self) -> SurveyQuerySet:
        """Those whose customers ask for a lead, and no lead has read yet."""
        return self.filter(wants_lead=True, read_at=None)


class Survey(models.Model):
    """A question to a customer after a line of the log that resolved their ticket.

    It waits (`wake_at`), and is asked then, or `left_out` for a reason (core/asking.py). Who
    has its token may answer until it ends. `rules` are those of the plan as of the resolving.
    """

    class Via(models.TextChoices):
        MAIL = "mail", _("Mail")
        WIDGET = "widget", _("Widget")
        PORTAL = "portal", _("Portal")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="surveys")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="surveys", db_index=False)
    resolved = models.OneToOneField(TicketEvent, models.CASCADE, related_name="+")
    # As that line says: whom nobody asked is counted by it, and the log has no index of it.
    resolved_at = models.DateTimeField()
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, related_name="+", db_index=False)
    rules = models.JSONField()
    wake_at = models.DateTimeField(null=True)
    left_out = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    # The hash of what stands in the links of the mail.
    token = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    answer = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    via = models.CharField(max_length=10, choices=Via, blank=True)
    answered_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    wants_lead = models.BooleanField(default=False)
    read_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    read_at = models.DateTimeField(null=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="survey_was_asked_before_it_is_answered",
                condition=Q(answer=None) | Q(asked_at__isnull=False, answered_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="survey_by_wake", fields=["wake_at"], condition=Q(wake_at__isnull=False)
            ),
            models.Index(
                name="survey_of_contact",
                fields=["contact", "-asked_at"],
                condition=Q(asked_at__isnull=False),
            ),
            models.Index(
                name="survey_by_time", fields=["asked_at"], condition=Q(asked_at__isnull=False)
            ),
            models.Index(
                name="survey_left_out",
                fields=["resolved_at"],
                include=["left_out", "plan"],
                condition=~Q(left_out=""),
            ),
            models.Index(
                name="survey_for_leads",
                fields=["changed_at"],
                condition=Q(wants_lead=True, read_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"survey about #{self.ticket_id}"

    @cached_property
    def terms(self) -> Rules:
        """What its plan said of it."""
        return survey_from_json(self.rules)

    @property
    def counts(self) -> Counts | None:
        """What the answer counts as, if there is one."""
        return counts_as(self.terms.scale, self.answer) if self.answer else None


class Refusal(models.Model):
    """Somebody wants to be asked no more."""

    contact = models.OneToOneField(
        Contact, models.CASCADE, primary_key=True, related_name="survey_refusal"
    )
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contact_id} is not asked"
