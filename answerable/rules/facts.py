"""What is so of tickets, as rules ask for it: many at once, and only what is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from answerable.accounts.models import Agent
from answerable.entitlements.models import Contract
from answerable.routing.core.order import Running, state_of
from answerable.routing.models import QueueEntry, Skill, Team
from answerable.rules.core import spec
from answerable.rules.core.judging import Facts
from answerable.rules.core.reading import Rule
from answerable.tickets.core import fields as kinds
from answerable.tickets.filled import value_in
from answerable.tickets.models import Claim, Field, FieldValue, Message, Ticket, TicketTag

Values = dict[int, frozenset[str]]
SORTS = {
    kinds.CHOICE: spec.SET,
    kinds.CHOICES: spec.SET,
    kinds.YES_NO: spec.SET,
    kinds.NUMBER: spec.NUMBER,
}
PRIORITIES = {priority.value: priority.name.lower() for priority in Ticket.Priority}
LONGEST_WORDS = 20_000
HOUR = 3600.0


def facts_asked(rules: Iterable[Rule]) -> frozenset[str]:
    """Return the facts that rules ask for."""
    return frozenset(one.fact for rule in rules for one in rule.conditions)


def field_sorts() -> dict[str, str]:
    """Return of which sort the vendor's own fields are, by key. One query."""
    rows = Field.objects.values_list("key", "kind")
    return {key: SORTS.get(kind, spec.TEXT) for key, kind in rows}


def facts_of(
    tickets: Sequence[Ticket], asked: Collection[str], at: datetime
) -> dict[int, Facts]:
    """Return the facts of tickets at an instant, by number. One query for each kind of fact
    that is asked for and does not stand on the ticket, however many tickets there are."""
    looked_up = {fact: LOOKED_UP[fact](tickets, at) for fact in LOOKED_UP if fact in asked}
    words = _words(tickets) if "words" in asked else {}
    fields = _fields(tickets) if any(f.startswith(spec.FIELD) for f in asked) else {}
    return {
        ticket.pk: _facts(ticket, at, looked_up, words.get(ticket.pk, ""), fields)
        for ticket in tickets
    }


def teams_by_agent() -> dict[str, frozenset[str]]:
    """Return the teams of each agent, by number as text. One query."""
    pairs = Team.members.through.objects.values_list("agent_id", "team__key")
    return {str(agent): keys for agent, keys in _grouped(pairs).items()}


def _facts(
    ticket: Ticket,
    at: datetime,
    looked_up: Mapping[str, Values],
    words: str,
    fields: Mapping[int, Mapping[str, object]],
) -> Facts:
    own = fields.get(ticket.pk, {})
    return Facts(
        sets=_columns(ticket)
        | {fact: values.get(ticket.pk, frozenset()) for fact, values in looked_up.items()}
        | {key: value for key, value in own.items() if isinstance(value, frozenset)},
        texts={
            "subject": ticket.subject,
            "sender": ticket.sender_email
            or (ticket.requester.email if ticket.requester else ""),
            "words": words,
        }
        | {key: value for key, value in own.items() if isinstance(value, str)},
        numbers={
            "age": (at - ticket.created_at).total_seconds() / HOUR,
            "quiet": (at - ticket.last_at).total_seconds() / HOUR,
        }
        | {key: value for key, value in own.items() if isinstance(value, float)},
    )


def _columns(ticket: Ticket) -> dict[str, frozenset[str]]:
    said = {
        "state": ticket.state,
        "severity": ticket.severity,
        "priority": PRIORITIES[ticket.priority],
        "channel": ticket.channel,
        "language": ticket.language,
        "customer": str(ticket.customer_id or ""),
        "assignee": str(ticket.assignee_id or spec.NOBODY),
        "product": ticket.product,
        "environment": ticket.environment,
    }
    return {fact: frozenset({value} - {""}) for fact, value in said.items()}


def _tags(tickets: Sequence[Ticket], at: datetime) -> Values:
    pairs = TicketTag.objects.filter(ticket__in=tickets)
    return _grouped(pairs.values_list("ticket", "tag__slug"))


def _teams(tickets: Sequence[Ticket], at: datetime) -> Values:
    teams = teams_by_agent()
    return {one.pk: teams.get(str(one.assignee_id), frozenset()) for one in tickets}


def _skills(tickets: Sequence[Ticket], at: datetime) -> Values:
    skills = list(Skill.objects.values_list("key", "products"))
    return {
        one.pk: frozenset(key for key, products in skills if one.product in products)
        for one in tickets
    }


def _contracts(column: str) -> Callable[[Sequence[Ticket], datetime], Values]:
    def found(tickets: Sequence[Ticket], at: datetime) -> Values:
        lasting = Q(ends_at=None) | Q(ends_at__gt=at)
        rows = Contract.objects.filter(
            lasting,
            customer__in={one.customer_id for one in tickets if one.customer_id},
            status=Contract.Status.ACTIVE,
            starts_at__lte=at,
        )
        by_customer = _grouped(rows.values_list("customer", column))
        return {one.pk: by_customer.get(one.customer_id or 0, frozenset()) for one in tickets}

    return found


def _clocks(tickets: Sequence[Ticket], at: datetime) -> Values:
    """Return how the clock with the least slack stands, in the words of the queue's filter."""
    rows = QueueEntry.objects.filter(ticket__in=tickets)
    found = dict.fromkeys((one.pk for one in tickets), frozenset({"none"}))
    for entry in rows:
        if entry.kind and entry.due_at and entry.started_at:
            running = Running(
                entry.started_at, entry.due_at, entry.act_by, is_aim=entry.kind == "aim"
            )
            found[entry.ticket_id] = frozenset({state_of(running, at).value})
    return found


def _claims(tickets: Sequence[Ticket], at: datetime) -> Values:
    """Return what became of claims: open, or decided on; nothing where none was made."""
    rows = Claim.objects.filter(ticket__in=tickets).values_list("ticket", "outcome")
    return {number: frozenset({outcome or "open"}) for number, outcome in rows}


LOOKED_UP: dict[str, Callable[[Sequence[Ticket], datetime], Values]] = {
    "tag": _tags,
    "team": _teams,
    "skill": _skills,
    "plan": _contracts("plan_version__plan__key"),
    "contract": _contracts("pk"),
    "clock": _clocks,
    "claim": _claims,
}


def _words(tickets: Sequence[Ticket]) -> dict[int, str]:
    """Return what each customer wrote last."""
    said = Message.objects.filter(ticket__in=tickets, kind=Message.Kind.MESSAGE)
    newest = said.order_by("ticket", "-pk").distinct("ticket")
    return {
        number: body[:LONGEST_WORDS] for number, body in newest.values_list("ticket", "body")
    }


def _fields(tickets: Sequence[Ticket]) -> dict[int, dict[str, object]]:
    """Return what is entered in fields, by ticket and fact: a set, a number or a text."""
    found: dict[int, dict[str, object]] = defaultdict(dict)
    for row in FieldValue.objects.filter(ticket__in=tickets).select_related("field"):
        found[row.ticket_id][f"{spec.FIELD}{row.field.key}"] = _as_fact(row)
    return found


def _as_fact(row: FieldValue) -> object:
    value = value_in(row)
    if row.field.kind == kinds.NUMBER:
        return float(row.number) if row.number is not None else ""
    said = kinds.typed(value)
    if SORTS.get(row.field.kind) == spec.SET:
        return frozenset([said] if isinstance(said, str) else said) - {""}
    return said if isinstance(said, str) else " ".join(said)


def _grouped(pairs: Iterable[tuple[int, object]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for number, value in pairs:
        found[number].add(str(value))
    return {number: frozenset(values) for number, values in found.items()}


def active_agent(number: str) -> Agent | None:
    """Return an agent who works here, by number as text, or None."""
    return Agent.objects.active().filter(pk=number).first() if number.isdecimal() else None
