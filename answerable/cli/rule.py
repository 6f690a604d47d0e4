"""`answerable rule`: who of a customer sees requests of colleagues, set by an administrator."""

from __future__ import annotations

import argparse

from django.utils.timezone import now

from answerable.accounts.models import Agent, Customer
from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.portal.team_words import rule_words
from answerable.tickets import actions
from answerable.tickets.models import VisibilityRule

Who, Sees = VisibilityRule.Who, VisibilityRule.Sees
NAMELESS = {Who.EVERYBODY.value, Sees.COMPANY.value}


def run(options: argparse.Namespace) -> int:
    """List, add or end a rule."""
    {"list": _list, "add": _add, "end": _end}[options.act](options)
    return 0


def _list(options: argparse.Namespace) -> None:
    for rule in _in_force(_customer(options.customer)):
        say(f"{rule.pk}  {rule_words(rule)}")


def _add(options: argparse.Namespace) -> None:
    customer, by = _customer(options.customer), _administrator(options.agent)
    who = _pair(options.who, Who.values)
    sees = _pair(options.sees, Sees.values)
    try:
        rule = actions.add_rule(customer, who=who, sees=sees, by=by, at=now())
    except actions.RuleThere as error:
        raise Wrong("There is this rule already.") from error
    except actions.TooManyRules as error:
        raise Wrong("There are 50 rules. End one before you add another.") from error
    say(f"{rule.pk}  {rule_words(rule)}")


def _end(options: argparse.Namespace) -> None:
    by = _administrator(options.agent)
    rules = VisibilityRule.objects.in_force().select_related("customer")
    rule = rules.filter(pk=options.number).first()
    if rule is None:
        raise Wrong(f"No rule that is in force has the number {options.number}.")
    actions.end_rule(rule, by=by, at=now())
    say(f"Ended: {rule_words(rule)}")


def _pair(words: str, known: list[str]) -> tuple[str, str]:
    kind, _equals, value = words.partition("=")
    if kind not in known:
        raise Wrong(f"Write one of {', '.join(known)}, not {kind}.")
    if (kind in NAMELESS) == bool(value):
        raise Wrong(f"{kind} names nothing." if value else f"Say which: {kind}=…")
    return kind, value


def _in_force(customer: Customer) -> list[VisibilityRule]:
    rules = VisibilityRule.objects.in_force().filter(customer=customer)
    return list(rules.select_related("customer").order_by("pk"))


def _customer(name: str) -> Customer:
    found = list(Customer.objects.filter(name__iexact=name)[:2])
    if len(found) != 1:
        raise Wrong(f"{len(found) or 'No'} customers are called {name}.")
    return found[0]


def _administrator(email: str) -> Agent:
    agent = Agent.objects.active().filter(user__email__iexact=email).first()
    if agent is None or agent.role != Agent.Role.ADMINISTRATOR:
        raise Wrong(f"{email} is no administrator who can sign in.")
    return agent
