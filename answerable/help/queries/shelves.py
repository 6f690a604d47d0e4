"""What stands on the shelves of the help centre, for one reader in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from answerable.knowledge.access import Person, texts_readable_by
from answerable.knowledge.models import ArticleText, Category, CategoryName

READ_LATELY = timedelta(days=90)
MOST_READ = 6


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category, by its name in the reader's language, with how many articles stand on it."""

    key: str
    name: str
    says: str
    count: int


def texts_for(person: Person, language: str, at: datetime) -> QuerySet[ArticleText]:
    """Return what somebody may read in a language; in the official one what is not in theirs.

    Articles that are neither in theirs nor in the official one are left out.
    """
    texts = texts_readable_by(person, at)
    here = ArticleText.objects.filter(
        article=OuterRef("article"), language=language, current__isnull=False
    )
    official = Q(language=F("article__official")) & ~Exists(here)
    found = texts.filter(Q(language=language) | official)
    return found.select_related("article", "current").defer("current__body")


def shelves_for(person: Person, language: str, at: datetime) -> list[Shelf]:
    """Return the shelves that are not empty, in their order. Two queries."""
    counted = texts_for(person, language, at).order_by().values("article__category")
    counts = dict(counted.annotate(n=Count("pk")).values_list("article__category", "n"))
    shelves = Category.objects.filter(pk__in=[key for key in counts if key])
    shelves = shelves.order_by("position", "pk").prefetch_related("names")
    return [_shelf(one, language, counts[one.pk]) for one in shelves]


def most_read(person: Person, language: str, at: datetime) -> Sequence[ArticleText]:
    """Return what was opened most of late; where nobody opened anything, what is newest."""
    since = (at - READ_LATELY).date()
    lately = Sum("days__times", filter=Q(days__day__gte=since))
    texts = texts_for(person, language, at).annotate(times=lately)
    order = (F("times").desc(nulls_last=True), "-current__published_at", "-pk")
    return list(texts.order_by(*order)[:MOST_READ])


def shelf_called(key: str, language: str) -> Shelf | None:
    """Return a shelf by its key. Two queries."""
    found = Category.objects.filter(key=key).prefetch_related("names").first()
    return _shelf(found, language, 0) if found else None


def _shelf(category: Category, language: str, count: int) -> Shelf:
    names = {name.language: name for name in category.names.all()}
    wanted = (names.get(code) for code in (language, settings.LANGUAGE_CODE, *names))
    name = next((one for one in wanted if one), CategoryName(name=category.key))
    return Shelf(category.key, name.name, name.says, count)
