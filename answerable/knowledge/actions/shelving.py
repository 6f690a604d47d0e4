"""Makes the shelves that imported articles stand on; what shelves are called here stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from answerable.knowledge.actions.categories import add_category, name_category
from answerable.knowledge.core.imported import Shelf
from answerable.knowledge.models import Category

LONGEST_KEY = 50


@transaction.atomic
def shelves_for(shelves: Sequence[Shelf], wanted: Iterable[str]) -> Mapping[str, Category]:
    """Return a category for each key that is wanted, and make those that are not there.

    New ones come behind the others, in the order that their source has them.
    """
    in_order = sorted(shelves, key=lambda shelf: shelf.position)
    keys = list(dict.fromkeys([*(shelf.key for shelf in in_order), *sorted(wanted)]))
    found = {}
    for key in filter(None, keys):
        of_key = [shelf for shelf in in_order if shelf.key == key]
        found[key] = _shelf(key[:LONGEST_KEY], of_key)
    return {key: found[key] for key in wanted if key}


def _shelf(key: str, shelves: Sequence[Shelf]) -> Category:
    category = Category.objects.filter(key=key).first() or add_category(key, {})
    named = set(category.names.values_list("language", flat=True))
    for shelf in shelves:
        if shelf.language not in named and shelf.name:
            name_category(category, shelf.language, shelf.name[:100], shelf.says[:300])
            named.add(shelf.language)
    if not named:
        name_category(category, "en", key.replace("-", " ").replace("_", " ").capitalize())
    return category
