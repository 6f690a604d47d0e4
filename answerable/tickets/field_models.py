"""Fields of the vendor's own that tickets have, and what is entered in them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Lower

# Of a longer text the first characters are compared.
COMPARED = 80


class FieldQuerySet(models.QuerySet["Field"]):
    def in_use(self) -> FieldQuerySet:
        """Those that are asked for, in their order."""
        return self.filter(retired_at=None).order_by("position", "pk")


class Field(models.Model):
    """Something that a vendor wants to know of tickets, beside what Answerable asks for.

    It belongs to the tickets that its products, severities and channels name; to all where
    nothing is named. `names` has its name by language; `choices` are rows with a `key`, `names`
    and whether it is `retired`.
    """

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        LONG_TEXT = "long_text", "Long text"
        NUMBER = "number", "Number"
        DATE = "date", "Date"
        CHOICE = "choice", "One of several"
        CHOICES = "choices", "Several of several"
        YES_NO = "yes_no", "Yes or no"

    class Required(models.TextChoices):
        NEVER = "never", "Never"
        ON_RESOLVE = "on_resolve", "Before a ticket is resolved"
        ON_CREATE = "on_create", "When a request is sent"

    key = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=20, choices=Kind)
    names = models.JSONField(default=dict)
    choices = models.JSONField(default=list)
    products = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    severities = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    required = models.CharField(max_length=20, choices=Required, default=Required.NEVER)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    objects = FieldQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key


class FieldValue(models.Model):
    """What is entered in a field of a ticket: one of its columns, by the field's kind.

    A text and one choice (its key) stand in `text`, several choices in `chosen`.
    """

    ticket = models.ForeignKey(
        "tickets.Ticket", models.CASCADE, related_name="field_values", db_index=False
    )
    field = models.ForeignKey(Field, models.CASCADE, related_name="values", db_index=False)
    text = models.TextField(blank=True, default="")
    number = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    day = models.DateField(null=True)
    flag = models.BooleanField(null=True)
    chosen = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "field"], name="field_once_a_ticket"),
        ]
        indexes = [
            models.Index(
                F("field"),
                Lower(Left("text", COMPARED)),
                name="value_by_text",
                condition=~Q(text=""),
            ),
            models.Index(
                fields=["field", "number"],
                name="value_by_number",
                condition=Q(number__isnull=False),
            ),
            models.Index(
                fields=["field", "day"], name="value_by_day", condition=Q(day__isnull=False)
            ),
            models.Index(
                fields=["field", "flag"], name="value_by_flag", condition=Q(flag__isnull=False)
            ),
            GinIndex(fields=["chosen"], name="value_by_choice", condition=~Q(chosen=[])),
        ]

    def __str__(self) -> str:
        return f"{self.field_id} of {self.ticket_id}"
