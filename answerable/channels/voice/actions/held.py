"""What every action on a call needs: the rows held, always in the same order."""

from __future__ import annotations

from answerable.channels.voice.models import Call
from answerable.lib.locks import locked
from answerable.tickets.actions.held import hold


def hold_call_row(call: Call) -> Call:
    """Return the call with its row locked until the transaction ends, and its ticket's before.

    Who begins a call holds the ticket and waits for the call that goes on: the other order
    would make the two wait for each other.
    """
    hold(call.ticket)
    rows = locked(Call.objects.filter(pk=call.pk))
    return rows.select_related("ticket", "callback__ticket", "contact", "agent").get()
