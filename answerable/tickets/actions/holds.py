"""Lets a ticket wait for something other than its customer: who said so, why and until when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import ReasonMissing, hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Hold, Message, Ticket, TicketEvent
from answerable.tickets.text import clean

HOLDABLE = {Ticket.State.OPEN, Ticket.State.WAITING, Ticket.State.HELD}
AT_ONCE = 100
OURS = {Message.Kind.REPLY, Message.Kind.NOTICE}


class CannotHold(Exception):
    """A ticket that is resolved, or waits for review, is not put on hold."""


class UntilMissing(Exception):
    """A hold that the customer asked for needs an end, and every end lies ahead."""


@transaction.atomic
def put_on_hold(  # A hold is all these facts.
    ticket: Ticket,
    *,
    kind: str,
    reason: str,
    until: datetime | None,
    agent: Agent | None,
    at: datetime,
) -> Hold:
    """Put a ticket on hold until an instant, or until somebody ends it (domain.md E55 to E57).

    A hold that runs is replaced. Which clocks stand still meanwhile, and for how long at the
    most, the plan says. Raises CannotHold, ReasonMissing or UntilMissing.
    """
    ticket = hold(ticket)
    reason = clean(reason).strip()[:500]
    if ticket.state not in HOLDABLE:
        raise CannotHold
    if not reason:
        raise ReasonMissing
    if (until is None and kind == Hold.Kind.SCHEDULED) or (until and until <= at):
        raise UntilMissing
    ticket.holds.filter(ended_at=None).update(ended_at=at, ended_by=agent)
    held = ticket.holds.create(kind=kind, reason=reason, agent=agent, began_at=at, until=until)
    _set_state(ticket, Ticket.State.HELD)
    data = {
        "hold": held.pk,
        "kind": kind,
        "reason": reason,
        "until": until.isoformat() if until else None,
        "told": was_told(ticket),
    }
    record(TicketEvent(ticket=ticket, verb=Verb.HELD, agent=agent, at=at, data=data))
    return held


@transaction.atomic
def end_hold(
    ticket: Ticket,
    *,
    agent: Agent | None,
    at: datetime,
    to: Ticket.State = Ticket.State.OPEN,
) -> bool:
    """End a ticket's hold, so that it is open again; say whether there was one.

    When holding it is taken back, it may be `to` wait for its customer again.
    """
    ticket = hold(ticket)
    if ticket.state != Ticket.State.HELD:
        return False
    ended = ended_hold(ticket, agent, at)
    for line in ended:
        line.data |= back(to)
    _set_state(ticket, to)
    record(*ended)
    return True


def end_holds(*, at: datetime) -> int:
    """End the holds whose time has come, up to a hundred, and return how many there were.

    Each at its own instant, and each for itself: a ticket that somebody holds is left for the
    next time.
    """
    over = Hold.objects.filter(ended_at=None, until__lte=at).order_by("until")
    return sum(_end_one(number) for number in over.values_list("ticket", flat=True)[:AT_ONCE])


@transaction.atomic
def _end_one(number: int) -> int:
    free = Ticket.objects.select_for_update(no_key=True, skip_locked=True)
    ticket = free.filter(pk=number, state=Ticket.State.HELD).first()
    held = ticket.holds.filter(ended_at=None).first() if ticket else None
    if ticket is None or held is None or held.until is None:
        return 0
    return int(end_hold(ticket, agent=None, at=held.until))


def ended_hold(ticket: Ticket, agent: Agent | None, at: datetime) -> list[TicketEvent]:
    """End the hold of a held ticket, if there is one, and return the line that says so.

    One that ended before by itself ended then, however late that is noticed. Whoever calls it
    sets the ticket's state and records the line.
    """
    held = ticket.holds.filter(ended_at=None).first()
    if held is None:
        return []
    at = min(at, held.until or at)
    held.ended_at, held.ended_by = at, agent
    held.save(update_fields=["ended_at", "ended_by"])
    data = {"hold": held.pk, "kind": held.kind}
    return [TicketEvent(ticket=ticket, verb=Verb.HOLD_ENDED, agent=agent, at=at, data=data)]


def back(to: Ticket.State) -> dict[str, str]:
    """Return what a line of the log says of a ticket that is not open again, but waits."""
    return {} if to == Ticket.State.OPEN else {"back_to": to}


def was_told(ticket: Ticket) -> bool:
    """Say whether we spoke last, so that the customer knows what is waited for."""
    spoken = ticket.messages.filter(kind__in=Message.PUBLIC).order_by("-pk")
    last = spoken.values_list("kind", flat=True).first()
    return last in OURS


def _set_state(ticket: Ticket, state: str) -> None:
    ticket.state = state
    ticket.save(update_fields=["state"])
