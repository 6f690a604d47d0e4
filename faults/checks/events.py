"""Nothing stands in a ticket's log twice, and the queue is what the tickets say."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from answerable.routing.models import QueueEntry
from answerable.tickets.models import Ticket, TicketEvent
from faults.checks.evidence import Checked, Evidence

Verb = TicketEvent.Verb
OF_A_MESSAGE = [
    Verb.OPENED,
    Verb.WROTE,
    Verb.ANSWERED,
    Verb.NOTICED,
    Verb.NOTED,
    Verb.DELIVERED,
]
ONCE = [Verb.OPENED, Verb.PROMISED, Verb.CLAIM_CONFIRMED, Verb.CLAIM_CHANGED, Verb.ADMITTED]


def check(evidence: Evidence) -> Checked:
    """Look for lines that were written twice, and tickets in the wrong place."""
    checked = Checked("No line stands twice in a log, and the queue is as the tickets say")
    checked.cases = TicketEvent.objects.count()
    _find_twice(checked, TicketEvent.objects.filter(verb__in=OF_A_MESSAGE), "message")
    _find_twice(checked, TicketEvent.objects.filter(verb__in=ONCE), "ticket")
    steps = TicketEvent.objects.filter(verb=Verb.ESCALATED)
    _find_twice(checked, steps, "ticket", "data__percent")
    unresolved = set(Ticket.objects.unresolved().values_list("pk", flat=True))
    queued = set(QueueEntry.objects.values_list("pk", flat=True))
    checked.find(unresolved != queued, f"{len(unresolved ^ queued)} tickets misplaced.")
    waiting = Ticket.objects.filter(state=Ticket.State.WAITING)
    odd = waiting.exclude(queue_entry__band=QueueEntry.Band.WAITING).count()
    checked.find(bool(odd), f"{odd} tickets wait in the wrong band.")
    checked.notes.append(f"{Ticket.objects.count()} tickets, {checked.cases} lines.")
    return checked


def _find_twice(checked: Checked, events: QuerySet[TicketEvent], *key: str) -> None:
    rows = events.values("verb", *key).annotate(times=Count("pk"))
    for row in rows.filter(times__gt=1):
        checked.findings.append(f"{row} stands in the log {row['times']} times.")
