"""Keeps rules: their drafts, their versions, their order, and whether they act."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from answerable.accounts.models import Agent, Customer
from answerable.rules.core.reading import Problem, as_data, problems_of, rule_of
from answerable.rules.core.reading import Rule as Says
from answerable.rules.facts import field_sorts
from answerable.rules.models import Halt, Rule, RuleVersion
from answerable.rules.names import Names, known_keys
from answerable.tickets.models import TicketEvent
from answerable.tickets.text import clean, first_line

LONGEST_NAME = 100


class NotReady(Exception):
    """A rule has problems, and is not started."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


def problems_in(says: Says) -> list[Problem]:
    """Return all that is wrong with what a rule says, as things are called now."""
    known = known_keys(Names()) | {"customer": _accounts(says)}
    return problems_of(says, field_sorts(), known)


def _accounts(says: Says) -> frozenset[str]:
    """Return which of the accounts that a rule names there are."""
    named = {value for one in says.conditions if one.fact == "customer" for value in one.values}
    numbers = [int(value) for value in named if value.isdecimal() and len(value) < 19]
    found = Customer.objects.filter(pk__in=numbers) if numbers else Customer.objects.none()
    return frozenset(str(number) for number in found.values_list("pk", flat=True))


@transaction.atomic
def begin_rule(*, name: str, says: Says, owner: Agent, at: datetime) -> Rule:
    """Begin a rule, as a draft that comes last, and return it."""
    last = Rule.objects.aggregate(last=Max("position"))["last"] or 0
    return Rule.objects.create(
        name=_name(name),
        owner=owner,
        position=last + 1,
        draft=as_data(says),
        changed_at=at,
    )


def keep_rule(rule: Rule, *, name: str, says: Says, owner: Agent, at: datetime) -> None:
    """Keep what a rule is to say; what acts goes on until this is started."""
    rule.name, rule.owner, rule.draft, rule.changed_at = _name(name), owner, as_data(says), at
    rule.save(update_fields=["name", "owner", "draft", "changed_at"])


@transaction.atomic
def start_rule(rule: Rule, *, is_meant: bool, agent: Agent, at: datetime) -> RuleVersion:
    """Let a rule act as its draft says, on what happens from now on, and return its version.

    Raises NotReady while anything is wrong with it; of what may be meant, somebody says that
    it `is_meant`.
    """
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    says = rule_of(rule.draft)
    found = problems_in(says)
    if found and not (is_meant and all(problem.is_warning for problem in found)):
        raise NotReady(found)
    last = rule.versions.aggregate(last=Max("number"))["last"] or 0
    rule.version = rule.versions.create(
        number=last + 1, says=as_data(says), made_by=agent, made_at=at
    )
    _act_from_now(rule, at)
    rule.save(update_fields=["version", "state", "since", "changed_at", "looked_at"])
    return rule.version


def pause_rule(rule: Rule, *, at: datetime) -> None:
    """Let a rule act no more until it is resumed."""
    _stand(rule, Rule.State.PAUSED, at)


@transaction.atomic
def resume_rule(rule: Rule, *, at: datetime) -> None:
    """Let a paused rule act again, on what happens from now on."""
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    if rule.state == Rule.State.PAUSED and rule.version_id:
        _act_from_now(rule, at)
        rule.save(update_fields=["state", "since", "changed_at", "looked_at"])


def retire_rule(rule: Rule, *, at: datetime) -> None:
    """Throw a rule away; what it did stays known."""
    _stand(rule, Rule.State.RETIRED, at)


@transaction.atomic
def move_rule(rule: Rule, *, up: bool) -> None:
    """Let a rule look before the one above it, or after the one below it."""
    rules = list(Rule.objects.kept().select_for_update())
    place = next((i for i, one in enumerate(rules) if one.pk == rule.pk), None)
    other = place - 1 if up and place else place + 1 if place is not None and not up else None
    if place is None or other is None or not 0 <= other < len(rules):
        return
    rules[place], rules[other] = rules[other], rules[place]
    for number, one in enumerate(rules, start=1):
        Rule.objects.filter(pk=one.pk).exclude(position=number).update(position=number)


def lift_halts(rule: Rule, *, at: datetime) -> int:
    """Let a rule act again on the tickets on which it was stopped; return how many."""
    return Halt.objects.filter(rule=rule, lifted_at=None).update(lifted_at=at)


def _act_from_now(rule: Rule, at: datetime) -> None:
    rule.since = TicketEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    rule.state, rule.changed_at, rule.looked_at = Rule.State.ACTIVE, at, None


def _stand(rule: Rule, state: str, at: datetime) -> None:
    rule.state, rule.changed_at = state, at
    rule.save(update_fields=["state", "changed_at"])


def _name(name: str) -> str:
    return first_line(clean(name))[:LONGEST_NAME] or "Rule"
