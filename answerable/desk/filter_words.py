"""Filters of the queue in plain words, and what may be chosen for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Customer
from answerable.desk.words import alternatives
from answerable.entitlements.models import Contract, Plan, Subscription
from answerable.routing.core.filters import CHOICES, FIELD, Condition, Filters
from answerable.routing.models import Skill, Team
from answerable.routing.words import VALUES
from answerable.sla.words import product_word, severity_in
from answerable.tickets.models import Field, Tag, Ticket
from answerable.tickets.named import name_in

LABELS: dict[str, Promise] = {
    "state": gettext_lazy("State"),
    "clock": gettext_lazy("Promise"),
    "plan": gettext_lazy("Plan"),
    "contract": gettext_lazy("Contract"),
    "severity": gettext_lazy("Severity"),
    "priority": gettext_lazy("Priority"),
    "channel": gettext_lazy("Channel"),
    "language": gettext_lazy("Language"),
    "customer": gettext_lazy("Account"),
    "assignee": gettext_lazy("Assigned to"),
    "team": gettext_lazy("Team"),
    "skill": gettext_lazy("Needs"),
    "tag": gettext_lazy("Label"),
    "product": gettext_lazy("Product"),
    "environment": gettext_lazy("Environment"),
    "claim": gettext_lazy("Business-critical"),
    "created": gettext_lazy("Opened"),
    "last": gettext_lazy("Last message"),
}
WORDS: dict[str, Mapping[str, Promise]] = {
    **VALUES,
    "assignee": {"me": gettext_lazy("me"), "nobody": gettext_lazy("nobody")},
}
RANGES: dict[str, Promise] = {
    "1d": gettext_lazy("within a day"),
    "7d": gettext_lazy("within 7 days"),
    "30d": gettext_lazy("within 30 days"),
    "-7d": gettext_lazy("over 7 days ago"),
    "-30d": gettext_lazy("over 30 days ago"),
}
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in words, and the filters without it, as an address has them."""

    key: str
    words: str
    without: str


def chips(filters: Filters) -> list[Chip]:
    """Return each condition in words: “State: open or on hold”, “Label: not spam”."""
    return [
        Chip(one.key, words_of(one), filters.without(one.key).written())
        for one in filters.conditions
    ]


def words_of(one: Condition) -> str:
    """Return a condition in words."""
    names = names_of(one.key, one.values)
    words = alternatives([names.get(value, value) for value in one.values])
    if one.negated:
        words = _("not {what}").format(what=words)
    return _("{label}: {what}").format(label=label_of(one.key), what=words)


def label_of(key: str) -> str:
    """Return what a filter is called."""
    if not key.startswith(FIELD):
        return str(LABELS[key])
    field = Field.objects.filter(key=key.removeprefix(FIELD)).first()
    return name_in(field.names) if field else key.removeprefix(FIELD)


def names_of(key: str, values: Sequence[str]) -> Names:
    """Return what values are called; those without a name are left out."""
    if key in WORDS and key != "assignee":
        return _said(WORDS[key])
    if key in {"created", "last"}:
        return _said(RANGES)
    if key.startswith(FIELD):
        return _field_names(key.removeprefix(FIELD))
    return LOOKED_UP[key](values) if key in LOOKED_UP else {}


def _said(words: Mapping[str, Promise]) -> Names:
    return {value: str(name) for value, name in words.items()}


def _numbers(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if value.isdigit()]


def _people(values: Sequence[str]) -> Names:
    known = Agent.objects.filter(pk__in=_numbers(values)).values_list("pk", "name")
    return {**_said(WORDS["assignee"]), **{str(pk): name for pk, name in known}}


def _customers(values: Sequence[str]) -> Names:
    known = Customer.objects.filter(pk__in=_numbers(values)).values_list("pk", "name")
    return {str(pk): name for pk, name in known}


def _contracts(values: Sequence[str]) -> Names:
    known = Contract.objects.filter(pk__in=_numbers(values)).select_related("customer")
    return {str(one.pk): one.order_ref or one.customer.name for one in known}


def _field_names(key: str) -> Names:
    field = Field.objects.filter(key=key).first()
    choices = field.choices if field else []
    yes_no = {"yes": _("yes"), "no": _("no")}
    return dict(yes_no) | {choice["key"]: name_in(choice["names"]) for choice in choices}


LOOKED_UP: dict[str, Callable[[Sequence[str]], Names]] = {
    "assignee": _people,
    "customer": _customers,
    "contract": _contracts,
    "plan": lambda values: dict(Plan.objects.filter(key__in=values).values_list("key", "name")),
    "team": lambda values: dict(Team.objects.filter(key__in=values).values_list("key", "name")),
    "skill": lambda values: dict(
        Skill.objects.filter(key__in=values).values_list("key", "name")
    ),
    "tag": lambda values: dict(Tag.objects.filter(slug__in=values).values_list("slug", "name")),
    "severity": lambda values: {value: severity_in(None, value) for value in values},
    "product": lambda values: {value: product_word(value) for value in values},
    "language": lambda values: {value: language_name(value) for value in values},
}


def language_name(code: str) -> str:
    """Return a language's name in the reader's language, or its code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def choices_of(key: str) -> list[tuple[str, str]]:
    """Return what may be chosen for a filter, with its words, in an order that one knows."""
    if key in CHOICES or key == "channel":
        return list(_said(WORDS[key]).items())
    if key in {"created", "last"}:
        return list(_said(RANGES).items())
    return list(OFFERED[key]()) if key in OFFERED else []


def _agents() -> list[tuple[str, str]]:
    active = Agent.objects.active().order_by("name").values_list("pk", "name")
    return [*_said(WORDS["assignee"]).items(), *((str(pk), name) for pk, name in active)]


def _used(column: str) -> list[str]:
    """Return the words that tickets in the queue have in a column."""
    waiting = Ticket.objects.filter(queue_entry__isnull=False).exclude(**{column: ""})
    return sorted(waiting.order_by().values_list(column, flat=True).distinct()[:MOST_OFFERED])


MOST_OFFERED = 200
OFFERED: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
    "plan": lambda: Plan.objects.order_by("name").values_list("key", "name"),
    "severity": lambda: [(word, severity_in(None, word)) for word in _used("severity")],
    "language": lambda: [(code, language_name(code)) for code in _used("language")],
    "assignee": _agents,
    "team": lambda: Team.objects.order_by("name").values_list("key", "name"),
    "skill": lambda: Skill.objects.order_by("name").values_list("key", "name"),
    "tag": lambda: (
        Tag.objects.in_use().order_by("name").values_list("slug", "name")[:MOST_OFFERED]
    ),
    "product": lambda: [
        (word, product_word(word))
        for word in Subscription.objects.order_by("product")
        .values_list("product", flat=True)
        .distinct()[:MOST_OFFERED]
    ],
    "environment": lambda: [(word, word) for word in _used("environment")],
}
