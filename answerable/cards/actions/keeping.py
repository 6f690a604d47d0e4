"""Writes which systems of the vendor's are asked for account cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.cards.models import CardAnswer, CardSource
from answerable.lib.sealing import seal


@dataclass(frozen=True, slots=True)
class Described:
    """A source as an administrator enters it; an empty secret leaves the one that is kept."""

    name: str
    url: str
    secret: str
    plans: Sequence[str]
    products: Sequence[str]
    seconds: float
    fresh_for: int
    place: int
    is_on: bool


@transaction.atomic
def save_source(
    source: CardSource, described: Described, *, agent: Agent, at: datetime
) -> CardSource:
    """Keep a source. What another address said before is forgotten."""
    if source.pk and source.url != described.url:
        CardAnswer.objects.filter(source=source).delete()
    source.name, source.url = described.name, described.url
    source.secret = seal(described.secret) or source.secret
    source.plans, source.products = list(described.plans), list(described.products)
    source.seconds, source.fresh_for = described.seconds, described.fresh_for
    source.place, source.is_on = described.place, described.is_on
    source.changed_at, source.changed_by = at, agent
    source.save()
    return source


@transaction.atomic
def retire_source(source: CardSource, *, agent: Agent, at: datetime) -> None:
    """Ask a source no more, and forget its secret and what it said."""
    source.retired_at = source.changed_at = at
    source.changed_by, source.secret = agent, ""
    source.save()
    CardAnswer.objects.filter(source=source).delete()
