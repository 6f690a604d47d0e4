"""Excuses a missed guarantee by an exception of its plan, and decides on appeals to that.

The clock is never touched: what was missed stays missed, and the excuse stands beside it. Each
step is a line in the ticket's log.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.entitlements.core.clauses import ExceptionRule
from answerable.sla.actions.books import clock_data
from answerable.sla.core.ledger import Outcome
from answerable.sla.models import Appeal, Clock, Comment, Excuse
from answerable.tickets.access import seen_by
from answerable.tickets.actions.held import LONGEST, checked
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, TicketEvent

RANKS = list(Agent.Role)


class NotMissed(Exception):
    """Only a guarantee that was missed can be excused or commented on."""


class NoSuchException(Exception):
    """The plan that the ticket pinned has no exception of this name."""


class EvidenceMissing(Exception):
    """The plan's exception needs evidence."""


class AlreadyExcused(Exception):
    """An excuse stands already, or this one was taken back after an appeal."""


class NotYours(Exception):
    """Somebody else must decide this."""


class NoAppeal(Exception):
    """This excuse cannot be appealed against: not by this person, not any more, or never."""


@transaction.atomic
def excuse_miss(  # noqa: PLR0913  # An excuse is all these facts.
    clock: Clock,
    *,
    code: str,
    words: str,
    evidence: str,
    agent: Agent,
    at: datetime,
    message: Message | None = None,
) -> Excuse:
    """Record an exception of the pinned plan version for a missed guarantee, and return it.

    `words` is the agent's sentence; it and the evidence are shown to the customer. Raises
    NotMissed, NoSuchException, NotYours when the plan wants another role to decide,
    EvidenceMissing, AlreadyExcused, Empty or TooLong.
    """
    clock = _hold_missed(clock)
    rule = _rule(clock, code)
    if not may_excuse(agent, rule):
        raise NotYours
    proof = checked(evidence, LONGEST) if evidence.strip() else ""
    if rule.needs_evidence and not proof and message is None:
        raise EvidenceMissing
    before = clock.excuses.all()
    if before.standing().exists() or before.filter(code=code, appeal__upheld=True).exists():
        raise AlreadyExcused
    excuse = clock.excuses.create(
        code=rule.code,
        says=rule.says,
        words=checked(words, LONGEST),
        evidence=proof,
        message=message,
        appealable=rule.appealable,
        agent=agent,
        at=at,
    )
    data = _data(clock, excuse, excuse.words)
    record(TicketEvent(ticket=clock.ticket, verb=Verb.EXCUSED, agent=agent, at=at, data=data))
    return excuse


@transaction.atomic
def appeal(excuse: Excuse, *, contact: Contact, words: str, at: datetime) -> Appeal:
    """Ask for another look at an excuse, once, as somebody who may see the ticket.

    Raises NoAppeal, Empty or TooLong.
    """
    clock = _hold(excuse.clock)
    excuse.refresh_from_db()
    theirs = seen_by(contact).filter(pk=clock.ticket_id)
    if not excuse.appealable or excuse.ended_at or not theirs.exists():
        raise NoAppeal
    if Appeal.objects.filter(excuse=excuse).exists():
        raise NoAppeal
    made = Appeal.objects.create(
        excuse=excuse, contact=contact, words=checked(words, LONGEST), at=at
    )
    data = _data(clock, excuse, made.words)
    record(
        TicketEvent(ticket=clock.ticket, verb=Verb.APPEALED, contact=contact, at=at, data=data)
    )
    return made


@transaction.atomic
def decide_appeal(
    appeal: Appeal, *, agent: Agent, upheld: bool, answer: str, at: datetime
) -> Appeal:
    """Decide on an appeal as a lead who did not excuse the miss; `answer` goes to the customer.

    A granted appeal ends the excuse, whose row stays. Raises NotYours, NoAppeal when it was
    decided before or nothing is excused any more, Empty or TooLong.
    """
    clock = _hold(appeal.excuse.clock)
    appeal = Appeal.objects.select_related("excuse", "contact").get(pk=appeal.pk)
    if appeal.decided_at or appeal.excuse.ended_at:
        raise NoAppeal
    if not may_decide(agent, appeal):
        raise NotYours
    appeal.decided_by, appeal.decided_at, appeal.upheld = agent, at, upheld
    appeal.answer = checked(answer, LONGEST)
    appeal.save(update_fields=["decided_by", "decided_at", "upheld", "answer"])
    if upheld:
        Excuse.objects.filter(pk=appeal.excuse_id).update(ended_at=at)
    record(
        TicketEvent(
            ticket=clock.ticket,
            verb=Verb.APPEAL_DECIDED,
            agent=agent,
            contact=appeal.contact,
            at=at,
            data=_data(clock, appeal.excuse, appeal.answer) | {"upheld": upheld},
        )
    )
    return appeal


def may_excuse(agent: Agent, rule: ExceptionRule) -> bool:
    """Say whether an agent may apply an exception: one of the role it names, or above."""
    return RANKS.index(Agent.Role(agent.role)) >= RANKS.index(Agent.Role(rule.decided_by))


def may_decide(agent: Agent, appeal: Appeal) -> bool:
    """Say whether an agent may decide on an appeal: a lead, but not who excused the miss."""
    return agent.role != Agent.Role.AGENT and agent.pk != appeal.excuse.agent_id


def end_excuses(event: TicketEvent, *, at: datetime) -> None:
    """End what excused a miss that was taken back: there is nothing to excuse any more."""
    clocks = [told["clock"] for told in event.data.get("clocks", [event.data])]
    excuses = Excuse.objects.standing().filter(clock__in=clocks)
    excuses.exclude(clock__outcome=Outcome.MISSED).update(ended_at=at)


@transaction.atomic
def comment_on_miss(clock: Clock, *, words: str, agent: Agent, at: datetime) -> Comment:
    """Say of a missed guarantee what its customer reads in the report.

    Raises NotMissed, Empty or TooLong.
    """
    clock = _hold_missed(clock)
    comment = clock.comments.create(words=checked(words, LONGEST), agent=agent, at=at)
    data = clock_data(clock) | {"words": comment.words}
    record(
        TicketEvent(
            ticket=clock.ticket, verb=Verb.MISS_COMMENTED, agent=agent, at=at, data=data
        )
    )
    return comment


def _hold(clock: Clock) -> Clock:
    clocks = Clock.objects.select_for_update(of=("self",), no_key=True)
    return clocks.select_related("plan_version", "ticket__requester").get(pk=clock.pk)


def _hold_missed(clock: Clock) -> Clock:
    clock = _hold(clock)
    if clock.outcome != Outcome.MISSED or clock.kind != Clock.Kind.GUARANTEE:
        raise NotMissed
    return clock


def _rule(clock: Clock, code: str) -> ExceptionRule:
    for rule in clock.plan_version.terms.exceptions:
        if rule.code == code:
            return rule
    raise NoSuchException(code)


def _data(clock: Clock, excuse: Excuse, words: str) -> dict[str, object]:
    return clock_data(clock) | {
        "excuse": excuse.pk,
        "excused_by": excuse.agent_id,
        "says": excuse.says,
        "words": words,
        "evidence": excuse.evidence,
        "appealable": excuse.appealable,
    }
