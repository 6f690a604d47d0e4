"""Rows that are locked, and read with what belongs to them as it is then."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def locked(rows: QuerySet[Row], *, skips: bool = False) -> QuerySet[Row]:
    """Lock the rows that a query finds until the transaction ends; return a query for them.

    With `skips` those that somebody else has locked are left to them. Two statements when it is
    read, since one that locks and joins may lie: of a row for which it had to wait it returns
    what the row says now beside the neighbour that the row had before, which is none at all
    when it has another (PostgreSQL's EvalPlanQual, "Read Committed Isolation Level").
    """
    held = rows.select_for_update(of=("self",), no_key=True, skip_locked=skips)
    numbers = list(held.order_by("pk").values_list("pk", flat=True))
    return rows.model._default_manager.filter(pk__in=numbers).order_by("pk")
