"""What the things are called that rules name, and what may be chosen: each kind read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Customer
from answerable.entitlements.models import Contract, Plan, Subscription
from answerable.macros.models import Macro
from answerable.routing.models import Skill, Team
from answerable.routing.words import VALUES
from answerable.rules.core import spec
from answerable.sla.words import environment_word, product_word, severity_in
from answerable.tickets.models import Field, Tag, Ticket
from answerable.tickets.named import name_in

Choices = dict[str, str]
MOST_OFFERED = 300
WORDS: Mapping[str, Mapping[str, Promise | str]] = {
    **VALUES,
    "share": {share: f"{share} %" for share in spec.SHARES},
}
YES_NO = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}


class Names:
    """The names of things, by kind: a fact, `do.` and an act, or what a trigger names.

    Of each kind one query at the most, however many names are asked for; of accounts and
    contracts one for each that is named.
    """

    def of(self, kind: str, value: str) -> str:
        """Return what a value is called; what is not there any more is named so."""
        if not value:
            return ""
        if kind in {"customer", "contract"}:
            return self._one(kind, value)
        return self.choices(kind).get(value) or self._unlisted(kind, value)

    def choices(self, kind: str) -> Choices:
        """Return what may be chosen of a kind, in the order in which it is offered."""
        if kind in WORDS:
            return {value: str(name) for value, name in WORDS[kind].items()}
        if kind.startswith(spec.FIELD):
            return self._in_field(kind.removeprefix(spec.FIELD))
        name = LISTS.get(kind, "")
        return dict(getattr(self, name)) if name else {}

    def _one(self, kind: str, value: str) -> str:
        rows = Customer.objects if kind == "customer" else Contract.objects
        number = int(value) if value.isdecimal() and len(value) < 19 else 0
        found = rows.filter(pk=number).first()
        if isinstance(found, Contract):
            return _contract_name(found)
        return found.name if found else _("({value}, gone)").format(value=value)

    def _unlisted(self, kind: str, value: str) -> str:
        said = SAID.get(kind)
        if said:
            return said(value)
        is_listed = kind in LISTS or kind.startswith(spec.FIELD)
        gone = is_listed and kind not in {"do.webhook"} and bool(self.choices(kind))
        return _("({value}, gone)").format(value=value) if gone else value

    def _in_field(self, key: str) -> Choices:
        field = self._fields.get(key)
        if field is None:
            return {}
        if field.kind == Field.Kind.YES_NO:
            return {value: str(name) for value, name in YES_NO.items()}
        return {row["key"]: name_in(row["names"]) for row in field.choices}

    @cached_property
    def _fields(self) -> dict[str, Field]:
        return {field.key: field for field in Field.objects.order_by("position", "pk")}

    @cached_property
    def fields(self) -> Choices:
        """Return the vendor's own fields that are in use."""
        used = (field for field in self._fields.values() if field.retired_at is None)
        return {field.key: name_in(field.names) for field in used}

    @cached_property
    def agents(self) -> Choices:
        """Return the agents who work here, by number."""
        active = Agent.objects.active().order_by("name").values_list("pk", "name")
        return {str(number): name for number, name in active}

    @cached_property
    def holders(self) -> Choices:
        """Return whose a ticket can be."""
        return {spec.NOBODY: _("nobody"), **self.agents}

    @cached_property
    def teams(self) -> Choices:
        """Return the teams, by key."""
        return dict(Team.objects.order_by("name").values_list("key", "name"))

    @cached_property
    def tags(self) -> Choices:
        """Return the labels in use, by slug."""
        rows = Tag.objects.in_use().order_by("name").values_list("slug", "name")
        return dict(rows[:MOST_OFFERED])

    @cached_property
    def plans(self) -> Choices:
        """Return the plans, by key."""
        return dict(Plan.objects.order_by("name").values_list("key", "name"))

    @cached_property
    def skills(self) -> Choices:
        """Return the skills, by key."""
        return dict(Skill.objects.order_by("name").values_list("key", "name"))

    @cached_property
    def macros(self) -> Choices:
        """Return the macros of everybody, by number."""
        rows = Macro.objects.offered().filter(owner=None, team="").order_by("name")
        return {str(number): name for number, name in rows.values_list("pk", "name")}

    @cached_property
    def products(self) -> Choices:
        """Return the products that customers run."""
        rows = Subscription.objects.order_by("product").values_list("product", flat=True)
        return {word: product_word(word) for word in rows.distinct()[:MOST_OFFERED]}

    @cached_property
    def environments(self) -> Choices:
        """Return the environments that tickets are about."""
        return {word: environment_word(word) for word in _used("environment")}

    @cached_property
    def severities(self) -> Choices:
        """Return the severities that tickets have."""
        return {word: severity_in(None, word) for word in _used("severity")}

    @cached_property
    def languages(self) -> Choices:
        """Return the languages in which customers write."""
        known = {code for code, _name in settings.LANGUAGES} | set(_used("language"))
        return {code: language_name(code) for code in sorted(known)}

    @cached_property
    def contracts(self) -> Choices:
        """Return contracts that have not ended, by their accounts; of thousands the first."""
        rows = Contract.objects.filter(status=Contract.Status.ACTIVE, ends_at=None)
        named = rows.select_related("customer").order_by("customer__name", "pk")
        return {str(one.pk): _contract_name(one) for one in named[:MOST_OFFERED]}

    @cached_property
    def receivers(self) -> Choices:
        """Return to whom a ticket may be given: people, and teams by two ways."""
        found = {f"{spec.AGENT}{number}": name for number, name in self.agents.items()}
        found |= {spec.MANAGER: _("the account manager")}
        for key, name in self.teams.items():
            least = _("{team}: who is there and has least").format(team=name)
            turn = _("{team}: who is there, in turn").format(team=name)
            found |= {f"{spec.TEAM}{key}:{spec.LEAST}": least}
            found |= {f"{spec.TEAM}{key}:{spec.IN_TURN}": turn}
        return found | {spec.NOBODY: _("nobody")}

    @cached_property
    def told(self) -> Choices:
        """Return who may be told of something."""
        found = {
            spec.HOLDER: _("whoever has it"),
            spec.LEADS: _("the leads"),
            spec.MANAGER: _("the account manager"),
        }
        found |= {f"{spec.AGENT}{number}": name for number, name in self.agents.items()}
        return found | {f"{spec.TEAM}{key}": name for key, name in self.teams.items()}


def _contract_name(contract: Contract) -> str:
    return " · ".join(part for part in (contract.customer.name, contract.order_ref) if part)


def language_name(code: str) -> str:
    """Return a language's name in the reader's language, or its code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


LISTS = {
    "assignee": "holders",
    "team": "teams",
    "skill": "skills",
    "tag": "tags",
    "plan": "plans",
    "product": "products",
    "environment": "environments",
    "severity": "severities",
    "language": "languages",
    "field": "fields",
    "contract": "contracts",
    "do.assign": "receivers",
    "do.tag": "tags",
    "do.untag": "tags",
    "do.set_field": "fields",
    "do.reply": "macros",
    "do.follow": "told",
    "do.notify": "told",
    "do.severity": "severities",
}
# What has a word also where nothing has it yet.
SAID: Mapping[str, Callable[[str], str]] = {
    "severity": lambda value: severity_in(None, value),
    "do.severity": lambda value: severity_in(None, value),
    "product": product_word,
    "environment": environment_word,
    "language": language_name,
    "do.priority": lambda value: str(WORDS["priority"].get(value, value)),
}
# What can be looked up: a rule that names what is not there is told so.
CHECKED = (
    "tag",
    "team",
    "plan",
    "skill",
    "assignee",
    "field",
    "do.assign",
    "do.tag",
    "do.untag",
    "do.set_field",
    "do.reply",
    "do.follow",
    "do.notify",
)


def known_keys(names: Names) -> dict[str, frozenset[str]]:
    """Return the keys that there are of what rules name, by kind."""
    found = {kind: frozenset(names.choices(kind)) for kind in CHECKED}
    found["do.priority"] = frozenset(WORDS["priority"])
    for kind in WORDS:
        found[kind] = frozenset(WORDS[kind])
    return found


def _used(column: str) -> list[str]:
    waiting: Iterable[str] = (
        Ticket.objects.filter(queue_entry__isnull=False)
        .exclude(**{column: ""})
        .order_by()
        .values_list(column, flat=True)
        .distinct()[:MOST_OFFERED]
    )
    return sorted(waiting)
