"""How serious a ticket is and what it is about, as the desk shows it, and what may change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.severities import offers_choice, severities_open
from answerable.entitlements.queries import facts_about
from answerable.lib import times
from answerable.sla.actions.reclassifying import terms_held
from answerable.sla.core.looks import may_answer, severities_at_least
from answerable.sla.judging import is_critical
from answerable.sla.models import Clock
from answerable.sla.queries import due_at_severity
from answerable.sla.words import (
    OTHER_ENVIRONMENT,
    about_words,
    environment_word,
    product_word,
    said,
    severity_in,
)
from answerable.tickets.actions import is_look_open
from answerable.tickets.events import Verb
from answerable.tickets.models import CRITICAL, STANDARD, Rating, Ticket, TicketEvent

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Rated:
    """The severity of a ticket in its plan's words, what its requester said, and what it is
    about. `name` is nothing where the plan has only the claim."""

    name: str
    about: str
    is_critical: bool
    said: str
    answers: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class SeverityView:
    """What an agent may set the severity to, each with the due time that it would have."""

    choices: Choices
    needless: frozenset[str]  # those that need no reason
    claim_waits: bool
    said: str
    answers: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class LookView:
    """A customer's question for another look, and what a lead may answer."""

    asked: TicketEvent
    choices: Choices
    may_answer: bool


def rated_of(ticket: Ticket, clocks: Sequence[Clock]) -> Rated:
    """Return how a ticket is rated: no query, unless only its decision knows the plan."""
    terms = clocks[0].plan_version.terms if clocks else None
    if terms is None and ticket.severity not in {STANDARD, CRITICAL}:
        terms = terms_held(ticket)
    rating: Rating | None = getattr(ticket, "rating", None)
    has_choice = terms is not None and offers_choice(terms)
    return Rated(
        name=capfirst(severity_in(terms, ticket.severity)) if has_choice else "",
        about=about_words(ticket.product, ticket.environment),
        is_critical=is_critical(ticket, terms),
        said=_said(terms, rating),
        answers=_answers(rating),
    )


def severity_view(ticket: Ticket, at: datetime, zone: tzinfo) -> SeverityView:
    """Return what an agent may do about a ticket's severity."""
    terms = terms_held(ticket)
    rating: Rating | None = getattr(ticket, "rating", None)
    claim = getattr(ticket, "claim", None)
    keys = _allowed(terms, ticket) if terms else [ticket.severity]
    clock = _reply_clock(ticket)
    return SeverityView(
        choices=[(key, _label(terms, key, ticket, clock, at, zone)) for key in keys],
        needless=_needless(terms, ticket, rating, keys),
        claim_waits=claim is not None and claim.is_open,
        said=_said(terms, rating),
        answers=_answers(rating),
    )


def look_view(ticket: Ticket, agent: Agent) -> LookView | None:
    """Return the open question for another look at a ticket, or None."""
    if not is_look_open(ticket):
        return None
    asks = TicketEvent.objects.filter(ticket=ticket, verb=Verb.ANOTHER_LOOK_ASKED)
    terms = terms_held(ticket)
    keys = severities_at_least(terms, ticket.severity, ticket.environment)
    stays = _("It stays {severity}")
    becomes = _("It is {severity}")
    return LookView(
        asked=asks.select_related("contact").order_by("-pk")[0],
        choices=[
            (
                key,
                (stays if key == ticket.severity else becomes).format(
                    severity=severity_in(terms, key)
                ),
            )
            for key in reversed(keys)
        ],
        may_answer=may_answer(agent.role),
    )


def fact_choices(ticket: Ticket, at: datetime) -> tuple[Choices, Choices]:
    """Return the products and the environments that a ticket can be about."""
    facts = facts_about(ticket.requester)
    products = dict.fromkeys([*facts.products(at), *filter(None, [ticket.product])])
    named = (
        name
        for bought in facts.bought
        for target in bought.terms.targets
        for name in target.environments
    )
    environments = dict.fromkeys(["production", "staging", "sandbox", *named])
    known = [*environments, OTHER_ENVIRONMENT]
    unsaid = ("", _("Nobody said"))
    return (
        [unsaid, *((key, product_word(key)) for key in products)],
        [unsaid, *((key, capfirst(environment_word(key))) for key in known)],
    )


def _needless(
    terms: Terms | None, ticket: Ticket, rating: Rating | None, keys: Sequence[str]
) -> frozenset[str]:
    """Return the severities that an agent may set without a reason, as the action has it."""
    if terms is not None and not terms.reclassification.needs_reason:
        return frozenset(keys)
    return frozenset({ticket.severity, *([rating.severity] if rating else [])})


def _allowed(terms: Terms, ticket: Ticket) -> list[str]:
    """Return the severities that the plan lets an agent set on a ticket, the worst first."""
    may, now = terms.reclassification.vendor_may, terms.rank(ticket.severity)
    ways = {"both": (True, True), "up": (True, False), "down": (False, True)}
    up, down = ways.get(may, (False, False))
    return [
        key
        for key in severities_open(terms, ticket.environment)
        if key == ticket.severity or (up if terms.rank(key) < now else down)
    ]


def _label(  # A choice says all this.
    terms: Terms | None,
    key: str,
    ticket: Ticket,
    clock: Clock | None,
    at: datetime,
    zone: tzinfo,
) -> str:
    name = capfirst(severity_in(terms, key))
    if key == ticket.severity:
        name = _("{severity} (as it is)").format(severity=name)
    promised = due_at_severity(clock, key, at) if clock else None
    if promised is None:
        return name
    due = times.moment(promised.due.at, at, zone)
    return _("{severity}: reply due {time}").format(severity=name, time=due)


def _reply_clock(ticket: Ticket) -> Clock | None:
    clocks = Clock.objects.running().filter(
        ticket=ticket, metric__in=[Clock.Metric.FIRST_RESPONSE, Clock.Metric.NEXT_RESPONSE]
    )
    return clocks.select_related("plan_version", "ticket").order_by("pk").first()


def _said(terms: Terms | None, rating: Rating | None) -> str:
    return capfirst(severity_in(terms, rating.severity)) if rating else ""


def _answers(rating: Rating | None) -> tuple[Mapping[str, str], ...]:
    if rating is None:
        return ()
    return tuple(
        {"asks": said(row["asks"]), "says": said(row["says"])} for row in rating.answers
    )
