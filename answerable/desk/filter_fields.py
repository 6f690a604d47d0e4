"""The dialog in which a queue is filtered: its fields, and what was entered in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Customer
from answerable.desk.filter_words import choices_of, label_of, names_of
from answerable.desk.queue_forms import FilterField
from answerable.entitlements.models import Contract
from answerable.routing.core.filters import FIELD, KEYS, Filters, is_value
from answerable.tickets.models import Field
from answerable.tickets.named import name_in

NOT = "not."
HINTS: dict[str, Promise] = {
    "customer": gettext_lazy("Names of accounts, or how they begin; commas between them"),
    "contract": gettext_lazy(
        "Order references of contracts, or their accounts; commas between them"
    ),
    "number": gettext_lazy("A number, or from one to another: 1..9"),
    "date": gettext_lazy("A day, or from one to another: 2026-01-01..2026-01-31"),
}
MOST_NAMED = 50


def filter_fields(filters: Filters) -> list[FilterField]:
    """Return the fields of the dialog, as these filters have them."""
    own = [_own(field, filters) for field in Field.objects.in_use()]
    return [*(_field(key, filters) for key in KEYS), *own]


def filters_in(data: QueryDict) -> Filters:
    """Return the filters that a sent dialog means. Names of accounts become those accounts."""
    filters = Filters()
    keys = [*KEYS, *(key for key in data if key.startswith(FIELD))]
    for key in keys:
        values = data.getlist(key)
        if key in NAMED:
            values = _named(key, ",".join(values))
        filters = filters.with_one(key, values, negated=f"{NOT}{key}" in data)
    return filters


def _field(key: str, filters: Filters) -> FilterField:
    one = filters.of(key)
    chosen = one.values if one else ()
    label, negated = label_of(key), one.negated if one else False
    if key in NAMED:
        names = names_of(key, chosen)
        typed = ", ".join(names.get(value, value) for value in chosen)
        return FilterField(key, label, (), typed, str(HINTS[key]), negated)
    offered = dict(choices_of(key))
    others = {value: names_of(key, [value]).get(value, value) for value in chosen}
    choices = [(value, words, value in chosen) for value, words in (offered | others).items()]
    return FilterField(key, label, choices, negated=negated)


def _own(field: Field, filters: Filters) -> FilterField:
    key = f"{FIELD}{field.key}"
    one = filters.of(key)
    chosen = one.values if one else ()
    names = names_of(key, chosen)
    if field.kind in {Field.Kind.CHOICE, Field.Kind.CHOICES, Field.Kind.YES_NO}:
        keys = [choice["key"] for choice in field.choices] or ["yes", "no"]
        choices = [(value, names.get(value, value), value in chosen) for value in keys]
        return FilterField(
            key, name_in(field.names), choices, negated=bool(one and one.negated)
        )
    hint = str(HINTS.get(field.kind, ""))
    typed = chosen[0] if chosen else ""
    return FilterField(key, name_in(field.names), (), typed, hint, bool(one and one.negated))


def _named(key: str, text: str) -> list[str]:
    """Return what is called so, or whose names begin so, by its number."""
    found: list[str] = []
    for name in (part.strip() for part in text.split(",")):
        if is_value(key, name):
            found.append(name)
        elif name:
            found += [str(pk) for pk in NAMED[key](name)[:MOST_NAMED]]
    return found


def _customers(name: str) -> QuerySet[Any, int]:
    known = Customer.objects.filter(name__istartswith=name).order_by("name")
    return known.values_list("pk", flat=True)


def _contracts(name: str) -> QuerySet[Any, int]:
    called = Q(order_ref__istartswith=name) | Q(customer__name__istartswith=name)
    known = Contract.objects.filter(called).order_by("customer__name", "-starts_at", "pk")
    return known.values_list("pk", flat=True)


# What is chosen by typing its name: there may be thousands.
NAMED: Mapping[str, Callable[[str], QuerySet[Any, int]]] = {
    "customer": _customers,
    "contract": _contracts,
}
