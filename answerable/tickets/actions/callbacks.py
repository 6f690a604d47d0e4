"""Writes the calls that customers ask for, from asking until somebody was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.calls import Attempt, Result, ask_for_call, record_call_attempt
from answerable.tickets.actions.held import hold
from answerable.tickets.actions.opening import Opening, open_ticket
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Callback, Ticket, TicketEvent

TRY_AGAIN = timedelta(minutes=5)
MOST_ATTEMPTS = 2
Outcome = Callback.Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Where and when somebody is called: a number as E.164 writes it, the country that it is
    of, and an instant, None for as soon as possible."""

    phone: str
    country: str
    at: datetime | None = None


class CallOpen(Exception):
    """This person waits for a call already: `callback`."""

    def __init__(self, callback: Callback) -> None:
        super().__init__(callback.pk)
        self.callback = callback


class CallOver(Exception):
    """Nobody waits for this call any more."""


@transaction.atomic
def request_callback(
    opening: Opening, wanted: Wanted, *, contact: Contact, at: datetime
) -> Callback:
    """Open a ticket for a call that a contact asks for, and return the call.

    A person waits for one call at a time: raises CallOpen, unless it is the same form that was
    sent again. Their clock starts now, or at the time that they chose.
    """
    held = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    before = held.callbacks.waiting().select_related("ticket").first()
    if before:
        if opening.submission and before.ticket.submission == opening.submission:
            return before
        raise CallOpen(before)
    ticket = open_ticket(opening, at=at)
    callback = Callback.objects.create(
        ticket=ticket,
        contact=held,
        phone=wanted.phone,
        country=wanted.country,
        made_at=at,
        wanted_at=wanted.at,
        asked_at=None if wanted.at else at,
    )
    if wanted.at is None:
        ask_for_call(ticket, contact=contact, at=at)
    return callback


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
    """Let somebody whom we did not reach wait for a call from now on. Raises CallOver."""
    ticket, held = _held(callback)
    held.again_at, held.wanted_at, held.asked_at = None, None, at
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

    Who is not reached is tried once more some minutes later; after that the request is
    answered in writing. Raises CallOver, and what record_call_attempt raises.
    """
    ticket, held = _held(callback)
    record_call_attempt(ticket, attempt, agent=agent, at=at)
    held.attempts += 1
    held.first_attempt_at = held.first_attempt_at or attempt.dialed_at
    held.last_attempt_at, held.again_at = attempt.dialed_at, None
    if attempt.result == Result.CONNECTED:
        _end(held, Outcome.CONNECTED, at)
    elif held.attempts >= MOST_ATTEMPTS:
        _end(held, Outcome.NOT_REACHED, at)
    else:
        held.again_at = attempt.dialed_at + TRY_AGAIN
    held.asked_at = held.asked_at or attempt.dialed_at  # We called before the time they chose.
    held.save()
    return held


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
