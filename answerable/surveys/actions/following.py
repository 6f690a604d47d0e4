"""Follows the log of all tickets: whoever's ticket was resolved may be asked how it went.

Nothing waits for it: who resolves a ticket writes nothing here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q

from answerable.entitlements.core.survey import survey_as_json
from answerable.sla.judging import pinned_by
from answerable.surveys.core.asking import due_at
from answerable.surveys.models import Progress, Survey
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('answerable surveys'))"
# Lines that are looked at in one go, and again, as some are committed later than newer ones:
# those of the last hour, since no action takes longer.
AT_ONCE = 5_000
AGAIN = 2_000
LATELY = timedelta(hours=1)


def is_alone() -> bool:
    """Say whether no other process writes surveys, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        (alone,) = cursor.fetchone() or (False,)
    return bool(alone)


@transaction.atomic
def follow_log(*, at: datetime) -> bool:
    """Plan what is asked about the tickets that the next lines of the log resolve; return
    whether there are more lines. A line is followed once, however often it is seen."""
    if not is_alone():
        return False
    progress, _ = Progress.objects.get_or_create(pk=1)
    newest = TicketEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    upto = min(newest, progress.upto + AT_ONCE)
    surveys = [_planned(event) for event in _resolving(progress.upto, upto, at)]
    Survey.objects.bulk_create([one for one in surveys if one], ignore_conflicts=True)
    if upto != progress.upto:
        progress.upto = upto
        progress.save()
    return upto < newest


def _resolving(after: int, upto: int, at: datetime) -> list[TicketEvent]:
    """Return the lines that resolved a ticket of somebody known."""
    new = Q(pk__gt=after) | Q(at__gt=at - LATELY)
    lines = TicketEvent.objects.filter(new, pk__gt=after - AGAIN, pk__lte=upto)
    resolved = lines.filter(verb=Verb.RESOLVED, ticket__requester__isnull=False)
    unknown = resolved.filter(~Exists(Survey.objects.filter(resolved=OuterRef("pk"))))
    return list(unknown.select_related("ticket__requester").order_by("pk"))


def _planned(event: TicketEvent) -> Survey | None:
    """Return the question after a line of the log, where the plan of its ticket has one."""
    pinned, requester = pinned_by(event.ticket_id), event.ticket.requester
    rules = pinned.terms.survey if pinned and pinned.terms else None
    if pinned is None or pinned.version is None or requester is None:
        return None
    if rules is None or not rules.ask:
        return None
    return Survey(
        ticket=event.ticket,
        contact=requester,
        resolved=event,
        plan_id=pinned.version.plan_id,
        rules=survey_as_json(rules),
        wake_at=due_at(rules, event.at),
    )
