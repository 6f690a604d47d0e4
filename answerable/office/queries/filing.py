"""The labels, fields and statuses there are, as the office lists them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max

from answerable.entitlements.models import Plan, PlanVersion
from answerable.sla.words import severity_in
from answerable.tickets.models import Field, Status, Tag
from answerable.tickets.named import name_in


@dataclass(frozen=True, slots=True)
class ListedField:
    """A field, its name, and on how many tickets it is filled in."""

    field: Field
    name: str
    used: int


def listed_tags() -> list[Tag]:
    """Return the labels by name; each says with `used` how many tickets have it."""
    return list(Tag.objects.in_use().annotate(used=Count("ticket_tags")).order_by("name"))


def listed_fields() -> list[ListedField]:
    """Return the fields in their order, those that are retired last."""
    counted = Field.objects.annotate(used=Count("values")).values_list("pk", "used")
    used = dict(counted)
    fields = Field.objects.order_by("position", "pk")
    rows = [ListedField(field, name_in(field.names), used[field.pk]) for field in fields]
    return sorted(rows, key=lambda row: row.field.retired_at is not None)


def listed_statuses() -> list[tuple[Status, str]]:
    """Return the statuses that are in use, by state."""
    kept = Status.objects.filter(retired_at=None).order_by("category", "position", "pk")
    return [(status, name_in(status.names)) for status in kept]


def known_severities() -> dict[str, str]:
    """Return the severities of the plans that are sold, by key, with their names."""
    newest = Plan.objects.annotate(newest=Max("versions__pk")).values_list("newest", flat=True)
    versions = PlanVersion.objects.filter(pk__in=[pk for pk in newest if pk])
    found = {"standard": None, "business_critical": None} | {
        key: version.terms for version in versions for key in version.terms.severities
    }
    return {key: severity_in(terms, key) for key, terms in found.items()}
