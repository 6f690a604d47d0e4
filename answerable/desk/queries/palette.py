"""What the command palette offers: commands and places at once, and what a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Contact, Customer
from answerable.desk.key_words import cap_names
from answerable.desk.keys import SCOPES, Key, Scope
from answerable.desk.places import places_for
from answerable.desk.queries.macros import teams_of
from answerable.desk.queries.queue import VIEW_NAMES
from answerable.desk.search_words import state_word
from answerable.entitlements.models import Plan
from answerable.knowledge.finding import Hit
from answerable.knowledge.searching import Question as Asked
from answerable.knowledge.searching import search as search_articles
from answerable.live.guards import Reader
from answerable.macros.queries import usable_by
from answerable.routing.views import SAVED, TEAM, saved_views
from answerable.routing.views import teams_of as queue_teams_of
from answerable.search.queries import Question, search
from answerable.tickets.access import visible_to
from answerable.tickets.models import Ticket

MOST_TICKETS = 8
MOST_NAMED = 5
MOST_ANSWERS = 5

Entry = dict[str, Any]


def commands_for(agent: Agent, *, is_mac: bool) -> list[Entry]:
    """Return every command of the table, with the agent's own keys."""
    return [
        _command(key, scope, agent, is_mac=is_mac)
        for scope in SCOPES
        for key in scope.keys
        if key.acts
    ]


def places_of(agent: Agent) -> list[Entry]:
    """Return the views and pages that an agent may go to.

    Two queries; a third for administrators.
    """
    views = [(key, str(name), "") for key, name in VIEW_NAMES.items()]
    views += [(f"{TEAM}{team.key}", team.name, _("team")) for team in queue_teams_of(agent)]
    views += [(f"{SAVED}{one.pk}", one.name, _("view")) for one in saved_views(agent)]
    queues = [
        _entry(
            f"go:{key}",
            _("Queue: {view}").format(view=name),
            about,
            reverse("desk:queue", args=[key]),
        )
        for key, name, about in views
    ]
    pages = [
        _entry(f"go:{place.address}", str(place.name), "", place.address)
        | {"also": str(place.also)}
        for place in places_for(agent)
    ]
    return queues + _hours_of_plans(agent) + pages


def _hours_of_plans(agent: Agent) -> list[Entry]:
    """Return where the support hours of each plan are changed: administrators change them."""
    if agent.role != Agent.Role.ADMINISTRATOR:
        return []
    sold = Plan.objects.filter(retired_at=None).order_by("name")
    return [
        _entry(
            f"hours:{plan.key}",
            _("Support hours: {plan}").format(plan=plan.name),
            _("plan"),
            reverse("office:edit", args=[plan.key], query={"change": "hours"}),
        )
        for plan in sold
    ]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who types what into the palette, and on which ticket, when and where."""

    reader: Reader
    agent: Agent
    text: str
    ticket: Ticket | None
    at: datetime
    zone: tzinfo


def found_for(asking: Asking) -> dict[str, list[Entry]]:
    """Return what a search finds for what was typed: tickets, who, and answers.

    Of articles those that the ticket's customer may read, to be linked; without a ticket those
    that the agent may read.
    """
    reader, agent, text = asking.reader, asking.agent, asking.text
    question = Question(text, get_language() or "en", asking.at, asking.zone, as_typed=True)
    found = search(question)
    return {
        "tickets": _tickets(reader, found.tickets[:MOST_TICKETS]),
        "people": [
            *map(_customer, found.customers[:MOST_NAMED]),
            *map(_contact, found.contacts[:MOST_NAMED]),
            *map(_colleague, _colleagues(text)),
        ],
        "answers": [*_macros(agent, text), *_articles(asking)],
    }


def _command(key: Key, scope: Scope, agent: Agent, *, is_mac: bool) -> Entry:
    return {
        "id": f"do:{key.name}",
        "command": key.name,
        "words": str(key.called),
        "on": str(key.on),
        "lacks": str(key.lacks),
        "lacks_all": str(scope.lacks),
        "caps": [str(cap) for cap in cap_names(key.bound_by(agent.keys), is_mac=is_mac)],
        "chooses": key.chooses,
    }


def _entry(ident: str, words: str, about: str, address: str) -> Entry:
    return {"id": ident, "words": words, "about": about, "address": address}


def _tickets(reader: Reader, numbers: Sequence[int]) -> list[Entry]:
    rows = visible_to(reader).filter(pk__in=numbers).select_related("customer", "requester")
    tickets = rows.in_bulk()
    return [_ticket(tickets[number]) for number in numbers if number in tickets]


def _ticket(ticket: Ticket) -> Entry:
    who = ticket.requester.name if ticket.requester else ticket.sender_name
    parts = (ticket.customer.name if ticket.customer else "", who, state_word(ticket.state))
    about = " · ".join(str(part) for part in parts if part)
    address = reverse("desk:queue_ticket", args=["all", ticket.pk])
    words = f"#{ticket.pk} {ticket.subject}"
    return _entry(f"ticket:{ticket.pk}", words, about, address) | {"number": ticket.pk}


def _customer(customer: Customer) -> Entry:
    about = _("account")
    return _entry(f"account:{customer.pk}", customer.name, about, _tickets_of(customer.name))


def _contact(contact: Contact) -> Entry:
    about = f"{contact.customer.name} · {contact.email}"
    return _entry(f"person:{contact.pk}", contact.name, about, _tickets_of(contact.name))


def _tickets_of(name: str) -> str:
    return reverse("desk:search", query={"q": f'from:"{name}"'})


def _colleagues(text: str) -> Sequence[Agent]:
    """Return colleagues of whose name a word begins so. They are few."""
    words = text.split()[:1]
    if not words:
        return []
    begins = Q(name__istartswith=words[0]) | Q(name__icontains=f" {words[0]}")
    return list(Agent.objects.active().filter(begins).order_by("name")[:MOST_NAMED])


def _colleague(agent: Agent) -> Entry:
    address = reverse("desk:queue", args=["all"], query={"assignee": agent.pk})
    words = _("Tickets of {name}").format(name=agent.name)
    return _entry(f"agent:{agent.pk}", words, _("colleague"), address)


def _macros(agent: Agent, text: str) -> list[Entry]:
    found = usable_by(agent, teams_of(agent)).filter(name__icontains=text.strip())
    return [
        _entry(f"macro:{macro.pk}", macro.name, _("macro"), reverse("desk:macros"))
        | {"macro": macro.pk}
        for macro in found.order_by("-used", "name")[:MOST_ANSWERS]
    ]


def _articles(asking: Asking) -> list[Entry]:
    ticket = asking.ticket
    language = ticket.language if ticket else get_language() or "en"
    person = ticket.requester if ticket else asking.agent
    asked = Asked(asking.text, language, person, limit=MOST_ANSWERS, as_typed=True)
    return [_article(hit, ticket) for hit in search_articles(asked, asking.at).hits]


def _article(hit: Hit, ticket: Ticket | None) -> Entry:
    address = reverse("help:article", args=[hit.language, hit.slug])
    link = f"[{hit.title}]({settings.ANSWERABLE_URL}{address})"
    about = _("article: put its link in") if ticket else _("article")
    entry = _entry(f"article:{hit.language}/{hit.slug}", hit.title, about, address)
    return entry | ({"insert": link} if ticket else {})
