"""Writes the shelves of the help centre."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.models import Category, CategoryName


@transaction.atomic
def add_category(
    key: str, names: dict[str, str], says: dict[str, str] | None = None
) -> Category:
    """Add a shelf behind the others, with its name in each language.

    A key that is there is the shelf that has it, and gets these names.
    """
    last = Category.objects.aggregate(last=Max("position"))["last"]
    category, _ = Category.objects.get_or_create(
        key=slug_of(key, "topic"), defaults={"position": 0 if last is None else last + 1}
    )
    for language, name in names.items():
        name_category(category, language, name, (says or {}).get(language, ""))
    return category


def name_category(category: Category, language: str, name: str, says: str = "") -> CategoryName:
    """Say what a shelf is called in a language, and what stands on it."""
    return CategoryName.objects.update_or_create(
        category=category, language=language, defaults={"name": name, "says": says}
    )[0]


@transaction.atomic
def place_category(category: Category, position: int) -> None:
    """Put a shelf at a place among the others: 0 is the first. The others make room."""
    rest = list(
        Category.objects.select_for_update().exclude(pk=category.pk).order_by("position", "pk")
    )
    rest.insert(min(max(position, 0), len(rest)), category)
    for number, one in enumerate(rest):
        one.position = number
    Category.objects.bulk_update(rest, ["position"])


def remove_category(category: Category) -> None:
    """Take a shelf away. What stood on it stands on none."""
    category.delete()
