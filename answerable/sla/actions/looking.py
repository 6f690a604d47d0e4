"""A lead answers a customer who asked for another look at how their request is rated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.sla.actions.excusing import NotYours
from answerable.sla.actions.reclassifying import NotAllowed, terms_held
from answerable.sla.core.looks import may_answer, severities_at_least
from answerable.tickets import actions as tickets
from answerable.tickets.actions.held import hold
from answerable.tickets.models import Message, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a lead says: the severity from now on, and the words for the customer. `seen` is the
    last event that they had on the page."""

    severity: str
    words: str
    seen: int


@transaction.atomic
def look_again(ticket: Ticket, answer: Answer, *, agent: Agent, at: datetime) -> Message:
    """Answer a customer who asked for another look, with a reply; return the reply.

    The severity stays, or is a worse one at once: its promise counts as the plan says, and what
    the dispute made late stays late (domain.md E39). Raises NotYours for who leads nobody,
    NothingToAnswer when nobody asks, NotAllowed for a milder severity, and what a reply raises.
    """
    if not may_answer(agent.role):
        raise NotYours
    ticket = hold(ticket)
    terms, before = terms_held(ticket), ticket.severity
    if answer.severity not in severities_at_least(terms, before, ticket.environment):
        raise NotAllowed
    message = tickets.answer(ticket, agent=agent, body=answer.words, seen=answer.seen, at=at)
    if answer.severity != before:
        tickets.set_severity(ticket, answer.severity, by=agent, reason="", at=at)
        tickets.uphold_claim(ticket, agent=agent, at=at)
    tickets.answer_another_look(ticket, agent=agent, before=before, message=message, at=at)
    return message
