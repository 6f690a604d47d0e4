"""What is written down of a call, when its agent is ready for the next, and who is reminded."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.models import Call
from answerable.tickets.actions import add_note, save_draft
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Draft, TicketEvent

REMIND_AFTER = timedelta(minutes=30)
MOST_AT_ONCE = 200


@transaction.atomic
def note_call(call: Call, body: str, *, agent: Agent, at: datetime) -> Call:
    """Keep what was said in a call as an internal note, and return the call.

    Its draft has done its work. Raises Empty or TooLong.
    """
    held = hold_call_row(call)
    add_note(held.ticket, agent=agent, body=body, at=at)
    save_draft(held.ticket, agent=agent, mode=Draft.Mode.CALL, body="", at=at)
    held.noted_at = held.noted_at or at
    held.save(update_fields=["noted_at"])
    return held


def be_ready(agent: Agent, *, at: datetime) -> None:
    """Let an agent be offered something again before their minute is over."""
    Call.objects.filter(agent=agent, wraps_up_until__gt=at).update(wraps_up_until=at)


@transaction.atomic
def remind_of_summaries(*, at: datetime) -> int:
    """Remind each agent, once, of a call half an hour ago that has no summary; return of how
    many calls. The lines are of the vendor's own."""
    late = Call.objects.without_summary().filter(
        ended_at__lte=at - REMIND_AFTER, reminded_at=None
    )
    calls = list(late.select_related("ticket", "agent").order_by("ticket_id", "pk"))
    return sum(_remind(call, at) for call in calls[:MOST_AT_ONCE])


def _remind(call: Call, at: datetime) -> bool:
    held = hold_call_row(call)
    if held.noted_at is not None or held.reminded_at is not None:
        return False
    held.reminded_at = at
    held.save(update_fields=["reminded_at"])
    record(
        TicketEvent(
            ticket=held.ticket,
            verb=Verb.CALL_UNNOTED,
            agent=held.agent,
            at=at,
            data={"call": held.pk},
        )
    )
    return True
