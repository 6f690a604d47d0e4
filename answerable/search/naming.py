"""Accounts, people and agents by the beginnings of their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def named(rows: QuerySet[Row], columns: Sequence[str], words: Sequence[str]) -> QuerySet[Row]:
    """Return rows whose names have words that begin so. An index answers it."""
    if not words:
        return rows.none()
    query = " & ".join(f"{word}:*" for word in words)
    vector = SearchVector(*columns, config="simple")
    asked = SearchQuery(query, search_type="raw", config="simple")
    return rows.filter(
        pk__in=rows.model._default_manager.annotate(named=vector)
        .filter(named=asked)
        .values("pk")
    )
