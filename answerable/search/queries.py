"""What the desk's search shows: tickets, accounts, people. It writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Model, QuerySet

from answerable.accounts.models import Agent, Contact, Customer
from answerable.knowledge.core.typos import nearest, shapes
from answerable.routing.models import QueueEntry
from answerable.search.core.asked import Asked, understood, words_of
from answerable.search.core.showing import folded
from answerable.search.finding import Narrowing, found
from answerable.search.people import people_named
from answerable.search.querying import Condition, mark, words_condition
from answerable.search.statements import KNOWN, NEAR

MOST_NARROWED = 40
STATES = ("open", "waiting", "held", "resolved", "review")
QUEUED = 50_000

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, their language, and when and where they did."""

    text: str
    language: str
    at: datetime
    zone: tzinfo
    as_typed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of tickets, best first; accounts and people by their names; `corrected`:
    words that were taken for typing errors, with what was looked for too."""

    asked: Asked
    tickets: Sequence[int] = ()
    customers: Sequence[Customer] = ()
    contacts: Sequence[Contact] = ()
    corrected: dict[str, list[str]] = field(default_factory=dict)


def search(question: Question) -> Found:
    """Return what is found: among all tickets, as agents may see every one."""
    asked = understood(question.text, as_typed=question.as_typed)
    if not asked:
        return Found(asked)
    near = _near(asked)
    words = words_condition(asked, question.language, near)
    marks, narrowing = _narrowed(asked, question)
    tickets = found(words, marks, narrowing, question.at)
    if asked.number is not None:
        tickets = list(dict.fromkeys([asked.number, *tickets]))
    if asked.narrowed:
        return Found(asked, tickets, corrected=near)
    # A word that tickets have is seldom a mistyped name.
    is_tolerant = bool(near) or not tickets
    named = people_named(" ".join(asked.words), is_tolerant=is_tolerant, left=True)
    corrected = {word: list(others) for word, others in named.corrected.items()}
    return Found(asked, tickets, named.customers, named.contacts, corrected | near)


def stems_of(asked: Asked, near: dict[str, list[str]]) -> set[str]:
    """Return what is marked in what is shown, folded: words, and as far as others begin so."""
    words = [*asked.words, *(word for phrase in asked.phrases for word in phrase)]
    words += [each for others in near.values() for each in others]
    return {_stem(folded(word)) for word in words}


def _stem(word: str) -> str:
    """Return a word without an ending that English and German words often have."""
    for ending in ("ing", "ies", "es", "ed", "en", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _near(asked: Asked) -> dict[str, list[str]]:
    """Return words that may be meant by those that no ticket has. Two queries at most."""
    wanted = [folded(word) for word in asked.words if word.isalpha()]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [wanted])
        known = {word for (word,) in cursor.fetchall()}
        unknown = {word: set(shapes(word)) for word in wanted if word not in known}
        if not unknown:
            return {}
        cursor.execute(NEAR, [sorted({shape for each in unknown.values() for shape in each})])
        words = [word for (word,) in cursor.fetchall()]
    meant = {word: nearest(word, words) for word in unknown}
    return {word: others for word, others in meant.items() if others}


def _named(rows: QuerySet[Row], columns: Sequence[str], words: Sequence[str]) -> QuerySet[Row]:
    """Return rows whose names have words that begin so. An index answers it."""
    if not words:
        return rows.none()
    query = " & ".join(f"{word}:*" for word in words)
    vector = SearchVector(*columns, config="simple")
    asked = SearchQuery(query, search_type="raw", config="simple")
    return rows.filter(
        pk__in=rows.model._default_manager.annotate(named=vector)
        .filter(named=asked)
        .values("pk")
    )


def _narrowed(asked: Asked, question: Question) -> tuple[Condition, Narrowing]:
    marks = Condition("mark")
    for value in asked.values("from"):
        mark(marks, _from(value))
    for value in asked.values("by"):
        mark(marks, [f"#a{pk}" for pk in _agents(value)])
    for value in asked.values("has"):
        mark(marks, [f"#{value}"])
    return marks, _conditions(asked, question)


def _from(value: str) -> list[str]:
    words = words_of(value)
    customers = _named(Customer.objects.all(), ("name",), words)
    contacts = _named(Contact.objects.all(), ("name", "email"), words)
    theirs = [f"#c{pk}" for pk in customers.values_list("pk", flat=True)[:MOST_NARROWED]]
    return theirs + [f"#p{pk}" for pk in contacts.values_list("pk", flat=True)[:MOST_NARROWED]]


def _agents(value: str) -> Collection[int]:
    agents = _named(Agent.objects.all(), ("name",), words_of(value))
    return list(agents.values_list("pk", flat=True)[:MOST_NARROWED])


def _conditions(asked: Asked, question: Question) -> Narrowing:
    where, values = list[str](), dict[str, object]()
    states = [state for state in asked.values("is") if state in STATES]
    if states:
        where.append("narrowed.state = ANY(%(states)s)")
        values["states"] = states
    if owners := asked.values("owner"):
        where.append("narrowed.assignee_id = ANY(%(owners)s)")
        values["owners"] = [pk for value in owners for pk in _agents(value)]
    for name, sign in (("after", ">="), ("before", "<")):
        if day := asked.dates.get(name):
            where.append(f"narrowed.last_at {sign} %({name})s")
            values[name] = datetime.combine(day, time(), question.zone)
    queued = _queued(asked, states, question, where, values)
    joined = "JOIN tickets_ticket narrowed ON narrowed.id = document.ticket_id" if where else ""
    conditions = "".join(f" AND {each}" for each in where)
    return Narrowing(f"{joined} {queued}", conditions, values, few=bool(queued) and _are_few())


def _queued(
    asked: Asked,
    states: Sequence[str],
    question: Question,
    where: list[str],
    values: dict[str, object],
) -> str:
    """Return the join with the queue, for what only tickets in it can be."""
    is_late = "late" in asked.values("is")
    if not is_late and (not states or "resolved" in states):
        return ""
    if is_late:
        where.append("queued.due_at < %(late)s AND queued.band < %(waiting)s")
        values |= {"late": question.at, "waiting": QueueEntry.Band.WAITING.value}
    return "JOIN routing_queueentry queued ON queued.ticket_id = document.ticket_id"


def _are_few() -> bool:
    """Say whether the queue is short; as far as PostgreSQL counted, which is enough."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE oid = 'routing_queueentry'::regclass"
        )
        (rows,) = cursor.fetchone() or (0,)
    return float(rows) <= QUEUED
