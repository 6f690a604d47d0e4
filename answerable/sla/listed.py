"""Promises one by one: when each was due and answered, by how much, and what excuses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.sla.core.counting import Standing
from answerable.sla.misses import Said, said_of
from answerable.sla.models import Clock
from answerable.sla.report_words import (
    STANDS,
    by_how_much,
    metric_name,
    severity_name,
    standing_of,
)
from answerable.sla.words import environment_word, product_word, said


@dataclass(frozen=True, slots=True)
class Listed:
    """A promise as a row shows it."""

    clock: int
    number: int | str
    subject: str
    account: str
    severity: str
    product: str
    environment: str
    metric: str
    due_at: datetime
    answered_at: datetime | None
    standing: Standing
    stands: str
    by: str
    excuse: str

    def cells(self, zone: tzinfo) -> list[object]:
        """Return the row as it stands in a sheet; instants with the reader's offset."""
        return [
            self.number,
            self.subject,
            self.account,
            self.severity,
            self.product,
            self.environment,
            self.metric,
            _iso(self.due_at, zone),
            _iso(self.answered_at, zone),
            self.stands,
            self.by,
            self.excuse,
        ]


def listed_in(
    clocks: QuerySet[Clock], *, page: int = 0, of: int | None = None
) -> Iterator[Listed]:
    """Return promises in the order in which they fall due; of so many, the page-th."""
    ordered = clocks.order_by("due_at", "pk")
    for each in said_of(ordered[page * of : (page + 1) * of] if of else ordered):
        yield _row(each)


def list_heads(number: str) -> list[str]:
    """Return what stands above the cells; the first is what a ticket is called there."""
    return [
        number,
        _("Subject"),
        _("Account"),
        _("Severity"),
        _("Product"),
        _("Environment"),
        _("Promise"),
        _("Due"),
        _("Answered"),
        _("Result"),
        _("By how much"),
        _("Exception"),
    ]


def _row(each: Said) -> Listed:
    clock, ticket = each.clock, each.clock.ticket
    standing = standing_of(clock, is_excused=each.is_excused)
    return Listed(
        clock=clock.pk,
        number=ticket.pk,
        subject=ticket.subject,
        account=ticket.customer.name if ticket.customer else "",
        severity=severity_name(getattr(clock, "severity", ticket.severity)),
        product=product_word(ticket.product),
        environment=capfirst(environment_word(ticket.environment)),
        metric=metric_name(clock.metric),
        due_at=clock.due_at,
        answered_at=clock.answered_at,
        standing=standing,
        stands=str(STANDS[standing]),
        by=by_how_much(clock),
        excuse=_excuse(each, standing),
    )


def _excuse(each: Said, standing: Standing) -> str:
    if standing == Standing.MISSED:
        return _("Taken back after an appeal") if each.excuse else _("Not excused")
    if standing != Standing.EXCUSED or each.excuse is None:
        return ""
    return _("{says} ({name}): {words}").format(
        says=said(each.excuse.says), name=each.excuse.agent.name, words=each.excuse.words
    )


def _iso(instant: datetime | None, zone: tzinfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="seconds") if instant else ""
