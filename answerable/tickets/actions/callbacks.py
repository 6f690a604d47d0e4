"""Writes the calls that customers ask for, from asking until somebody was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow

from django.db import transaction
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.calls import Attempt, Result, ask_for_call, record_call_attempt
from answerable.tickets.actions.held import hold
from answerable.tickets.actions.opening import Opening, open_ticket
from answerable.tickets.actions.state import resolve
from answerable.tickets.actions.writing import go_on_in_writing
from answerable.tickets.core import calling
from answerable.tickets.core.calling import Rules
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Callback, Ticket, TicketEvent

DAY = timedelta(days=1)
Outcome = Callback.Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Where and when somebody is called: a number as E.164 writes it, the country that it is
    of, and an instant, None for as soon as possible; and what their plan says of calls."""

    phone: str
    country: str
    at: datetime | None = None
    rules: Rules = calling.USUAL


@dataclass(frozen=True, slots=True)
class Limits:
    """How many calls may be asked for: by one person in a day, and by all in an hour; 0 for any
    number."""

    per_person: int = 0
    per_hour: int = 0


NO_LIMITS = Limits()


class CallOpen(Exception):
    """This person waits for a call already: `callback`."""

    def __init__(self, callback: Callback) -> None:
        super().__init__(callback.pk)
        self.callback = callback


class TooManyCalls(Exception):
    """So many calls were asked for lately that no more are taken; nothing was written."""


class CallOver(Exception):
    """Nobody waits for this call any more."""


@transaction.atomic
def request_callback(
    opening: Opening,
    wanted: Wanted,
    *,
    contact: Contact,
    limits: Limits = NO_LIMITS,
    at: datetime,
) -> Callback:
    """Open a ticket for a call that a contact asks for, and return the call.

    A person waits for one call at a time: raises CallOpen, unless it is the same form that was
    sent again. Raises TooManyCalls beyond the limits. Their clock starts now, or at the time
    that they chose.
    """
    held = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    before = held.callbacks.waiting().select_related("ticket").first()
    if before:
        if opening.submission and before.ticket.submission == opening.submission:
            return before
        raise CallOpen(before)
    _check(limits, held, at)
    return _booked(open_ticket(opening, at=at), held, wanted, at)


@transaction.atomic
def book_callback(
    ticket: Ticket,
    wanted: Wanted,
    *,
    contact: Contact,
    limits: Limits = NO_LIMITS,
    at: datetime,
) -> Callback:
    """Let a contact wait for a call about a ticket that is there, and return the call.

    Raises CallOpen where they wait for one already, and TooManyCalls.
    """
    hold(ticket)
    held = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    before = held.callbacks.waiting().select_related("ticket").first()
    if before:
        raise CallOpen(before)
    _check(limits, held, at)
    return _booked(ticket, held, wanted, at)


def _booked(ticket: Ticket, contact: Contact, wanted: Wanted, at: datetime) -> Callback:
    callback = Callback.objects.create(
        ticket=ticket,
        contact=contact,
        phone=wanted.phone,
        country=wanted.country,
        made_at=at,
        wanted_at=wanted.at,
        asked_at=None if wanted.at else at,
        rules=wanted.rules.as_json(),
        code=f"{randbelow(10**6):06}",
    )
    if wanted.at is None:
        ask_for_call(ticket, contact=contact, at=at)
    return callback


def _check(limits: Limits, contact: Contact, at: datetime) -> None:
    theirs = Callback.objects.filter(contact=contact, made_at__gt=at - DAY)
    of_all = Callback.objects.filter(made_at__gt=at - DAY / 24)
    if limits.per_person and theirs.count() >= limits.per_person:
        raise TooManyCalls
    if limits.per_hour and of_all.count() >= limits.per_hour:
        raise TooManyCalls


@transaction.atomic
def begin_callbacks(*, at: datetime) -> int:
    """Let those wait from the time that they chose whose time has come; return how many."""
    to_come = Callback.objects.waiting().filter(asked_at=None, wanted_at__lte=at)
    return sum(_begin(one, at) for one in to_come.select_related("ticket").order_by("pk"))


def _begin(callback: Callback, at: datetime) -> bool:
    try:
        ticket, held = _held(callback)
    except CallOver:
        return False
    if held.asked_at is None:
        held.asked_at = held.wanted_at or at
        held.save(update_fields=["asked_at"])
        ask_for_call(ticket, contact=held.contact, at=held.asked_at)
    return True


@transaction.atomic
def change_callback(callback: Callback, wanted: Wanted, *, at: datetime) -> Callback:
    """Call somebody at another number; their place stays. Raises CallOver."""
    ticket, held = _held(callback)
    held.phone, held.country = wanted.phone, wanted.country
    held.save(update_fields=["phone", "country"])
    _record(ticket, Verb.CALL_CHANGED, held.contact, at)
    return held


@transaction.atomic
def call_now(callback: Callback, *, at: datetime) -> Callback:
    """Let somebody whom we did not reach wait for a call from now on. Raises CallOver.

    Their place stays that of who asked first (domain.md E75); the time to call counts anew.
    """
    ticket, held = _held(callback)
    held.again_at, held.wanted_at, held.asked_at = None, None, held.asked_at or at
    held.save(update_fields=["again_at", "wanted_at", "asked_at"])
    ask_for_call(ticket, contact=held.contact, at=at)
    return held


@transaction.atomic
def cancel_callback(callback: Callback, *, at: datetime) -> None:
    """Record that a customer wants no call any more; the ticket stays. Raises CallOver."""
    ticket, held = _held(callback)
    _end(held, Outcome.CANCELLED, at)
    _record(ticket, Verb.CALL_CANCELLED, held.contact, at)


@transaction.atomic
def attempt_callback(
    callback: Callback, attempt: Attempt, *, agent: Agent, at: datetime
) -> Callback:
    """Record a call that an agent made to a customer who asked for one, and return the call.

    By the rules of their plan, who is not reached is called again some minutes later, and after
    the last attempt the request goes on in writing, or is closed. A call that hardly rang is
    recorded and is no attempt. Raises CallOver, and what record_call_attempt raises.
    """
    ticket, held = _held(callback)
    rules = held.ruled
    held.last_attempt_at, held.last_result = attempt.dialed_at, attempt.result.value
    held.asked_at = held.asked_at or attempt.dialed_at  # We called before the time they chose.
    if calling.is_attempt(rules, attempt.result, attempt.rang):
        _count(held, attempt, rules)
    held.save()  # Before the line is written: whoever follows it says when we call again.
    record_call_attempt(ticket, attempt, agent=agent, rules=rules, at=at)
    if attempt.result == Result.CONNECTED:
        _end(held, Outcome.CONNECTED, at)
    elif calling.is_over(rules, attempt.result, held.attempts):
        _give_up(ticket, held, agent, at)
    return held


def _count(held: Callback, attempt: Attempt, rules: Rules) -> None:
    held.attempts += 1
    held.first_attempt_at = held.first_attempt_at or attempt.dialed_at
    is_missed = attempt.result != Result.CONNECTED and held.attempts < rules.attempts
    held.again_at = attempt.dialed_at + timedelta(seconds=rules.gap) if is_missed else None


@transaction.atomic
def give_up_callback(callback: Callback, *, agent: Agent | None, at: datetime) -> Callback:
    """Let a request go on in writing whose call cannot be made. Raises CallOver."""
    ticket, held = _held(callback)
    _give_up(ticket, held, agent, at)
    return held


def _give_up(ticket: Ticket, held: Callback, agent: Agent | None, at: datetime) -> None:
    held.again_at = None
    held.save(update_fields=["again_at"])
    _end(held, Outcome.NOT_REACHED, at)
    if held.ruled.exhausted == "close" and agent and held.attempts:
        reason = _("Not reached by telephone")
        resolve(ticket, agent=agent, contact=None, reason=reason, at=at)
        return
    data = {"attempts": held.attempts, "result": held.last_result}
    go_on_in_writing(ticket, Verb.CALL_GIVEN_UP, agent=agent, data=data, at=at)


def _held(callback: Callback) -> tuple[Ticket, Callback]:
    ticket = hold(callback.ticket)
    rows = Callback.objects.select_for_update(of=("self",)).select_related("contact")
    held = rows.get(pk=callback.pk)
    if held.ended_at is not None:
        raise CallOver
    return ticket, held


def _end(callback: Callback, outcome: str, at: datetime) -> None:
    callback.outcome, callback.ended_at = outcome, at
    callback.save(update_fields=["outcome", "ended_at"])


def _record(ticket: Ticket, verb: Verb, contact: Contact, at: datetime) -> None:
    record(TicketEvent(ticket=ticket, verb=verb, contact=contact, at=at))
