"""Reminds customers who do not answer, and resolves what they do not come back to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from answerable.lib.ready import run
from answerable.tickets.actions.held import hold, touch
from answerable.tickets.actions.state import resolve
from answerable.tickets.core.silence import RESOLVE, Rules, happened, next_step, rules_of
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Silence, Ticket, TicketEvent

AT_ONCE = 100
# Each message of a customer ends a silence that there may be.
END = """
UPDATE tickets_silence SET ended_at = %(at)s, wake_at = NULL
WHERE ticket_id = %(ticket)s AND ended_at IS NULL
"""

# Returns what is said to the customer: of a ticket, its rules and the step that is done.
Words = Callable[[Ticket, Rules, str], str]
Judge = Callable[[Ticket], bool]


@transaction.atomic
def begin_silence(ticket: Ticket, rules: Rules, *, at: datetime) -> None:
    """Note that a ticket waits for its customer since an instant, by the rules of its plan.

    What counted before counts no more: they were spoken to anew.
    """
    ticket = hold(ticket)
    end_silence(ticket, at=at)
    step = next_step(rules, at, 0, None)
    if step:
        ticket.silences.create(began_at=at, rules=rules.as_json(), wake_at=step.at)


def end_silence(ticket: Ticket, *, at: datetime) -> None:
    """Note that a ticket waits for its customer no longer."""
    run(END, {"ticket": ticket.pk, "at": at})


def break_silences(*, is_critical: Judge, words: Words, at: datetime) -> int:
    """Remind, or resolve, whoever's time has come, up to a hundred; return how many that were.

    Each in a transaction of its own, so that it happens once however often it is begun. A
    ticket that somebody holds is left for the next time.
    """
    due = Silence.objects.filter(ended_at=None, wake_at__lte=at).order_by("wake_at")
    numbers = list(due.values_list("ticket", flat=True)[:AT_ONCE])
    return sum(_break_one(number, is_critical, words, at) for number in numbers)


@transaction.atomic
def _break_one(number: int, is_critical: Judge, words: Words, at: datetime) -> int:
    free = Ticket.objects.select_for_update(no_key=True, skip_locked=True)
    ticket = free.filter(pk=number).first()
    open_ones = Silence.objects.filter(ticket=number, ended_at=None, wake_at__lte=at)
    silence = open_ones.first() if ticket else None
    if ticket is None or silence is None or silence.wake_at is None:
        return 0
    if ticket.state != Ticket.State.WAITING:
        end_silence(ticket, at=at)
        return 0
    rules = rules_of(silence.rules)
    step = next_step(rules, silence.began_at, silence.reminded, silence.last_at)
    done_at = happened(silence.wake_at, at)
    if step is None or (step.does == RESOLVE and is_critical(ticket)):
        # A critical ticket is never resolved without a person (domain.md E58).
        silence.wake_at = None
        silence.save(update_fields=["wake_at"])
        return 0
    _say(ticket, words(ticket, rules, step.does), step.does, done_at)
    if step.does == RESOLVE:
        end_silence(ticket, at=done_at)
        resolve(ticket, agent=None, contact=None, reason="", at=done_at)
        return 1
    silence.reminded, silence.last_at = silence.reminded + 1, done_at
    after = next_step(rules, silence.began_at, silence.reminded, done_at)
    silence.wake_at = after.at if after else None
    silence.save(update_fields=["reminded", "last_at", "wake_at"])
    return 1


def _say(ticket: Ticket, body: str, step: str, at: datetime) -> None:
    """Say to the customer what happens, as a notice in the vendor's name."""
    notice = ticket.messages.create(
        kind=Message.Kind.NOTICE, sender=settings.ANSWERABLE_VENDOR, body=body, written_at=at
    )
    touch(ticket, body, at)
    data = {"by": "plan", "step": step}
    record(TicketEvent(ticket=ticket, verb=Verb.NOTICED, message=notice, at=at, data=data))
