"""Follows the log of all tickets: rules look at each line that one of them waits for, once.

Nothing waits for it: who writes on a ticket writes nothing here. A line and what rules do about
it are one transaction with the mark up to which the log was followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from answerable.rules.actions.running import Active, Occasion, active_rules, look_at
from answerable.rules.core import spec
from answerable.rules.core.guards import Origin, origin_of
from answerable.rules.core.judging import happening_of
from answerable.rules.models import Progress
from answerable.tickets.models import Ticket, TicketEvent

ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('answerable rules'))"
# The first transaction that is not begun yet, and the first that is not over.
RUNNING = (
    "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint,"
    " pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
)
AT_ONCE = 5_000
GAP_SECONDS = 60  # a number is given out a moment before its transaction can be seen


@transaction.atomic
def follow_log(*, at: datetime) -> bool:
    """Let rules look at the next line of the log that one of them waits for; return whether
    there may be more.

    One process does so at a time. Numbers that are missing are come back to: their lines may
    be committed later than newer ones.
    """
    if not is_alone():
        return False
    progress, _ = Progress.objects.get_or_create(pk=1)
    newest = TicketEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0
    rules = [one for one in active_rules() if not one.says.when.is_timed]
    if not rules:
        _keep(progress, newest, [])
        return False
    if progress.upto < (begun := min(one.rule.since for one in rules)):
        progress.upto, progress.gaps = begun, []  # What came before is no rule's own.
    event = _first(progress, min(newest, progress.upto + AT_ONCE), rules)
    late = event is not None and event.pk <= progress.upto
    upto = min(newest, progress.upto + AT_ONCE)
    if event is not None:
        upto = progress.upto if late else event.pk
        look_at(event.ticket_id, occasion_of(event), rules, at=at)
    _move(progress, upto, event.pk if event and late else 0, at)
    return upto < newest or event is not None


def is_alone() -> bool:
    """Say whether nobody else lets rules act, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE)
        (is_free,) = cursor.fetchone() or (False,)
    return bool(is_free)


def occasion_of(event: TicketEvent) -> Occasion:
    """Return a line of the log as an occasion, with what led to it.

    What follows from a message later, such as that it arrived, has the origin of the message.
    """
    return Occasion(
        key=f"e{event.pk}",
        event=event.pk,
        happening=happening_of(event.verb, event.data, is_strangers=_is_strangers(event)),
        origin=_origin(event),
    )


def _is_strangers(event: TicketEvent) -> bool:
    """Say whether a line is the opening of what a stranger sent."""
    if event.verb != TicketEvent.Verb.OPENED:
        return False
    admitted = TicketEvent.objects.filter(
        ticket=event.ticket_id, verb=TicketEvent.Verb.ADMITTED
    )
    return event.ticket.state == Ticket.State.REVIEW or admitted.exists()


def _origin(event: TicketEvent) -> Origin:
    own = origin_of(event.data)
    if own.chain or event.message_id is None:
        return own
    first = TicketEvent.objects.filter(message=event.message_id).order_by("pk").first()
    return origin_of(first.data) if first else own


def _first(progress: Progress, upto: int, rules: Sequence[Active]) -> TicketEvent | None:
    """Return the first line that a rule may wait for: one that was missing, or the next."""
    verbs = {verb for one in rules for verb in spec.EVENTS[one.says.when.kind]}
    lines = TicketEvent.objects.filter(verb__in=verbs).order_by("pk")
    missing = [number for number, _xid, _since in progress.gaps]
    came = lines.filter(pk__in=missing).first() if missing else None
    return came or lines.filter(pk__gt=progress.upto, pk__lte=upto).first()


def _move(progress: Progress, upto: int, came: int, at: datetime) -> None:
    """Note how far the log was followed, and which numbers before that are missing."""
    with connection.cursor() as cursor:
        cursor.execute(RUNNING)
        begun, over = cursor.fetchone() or (0, 0)
    since = int(at.timestamp())
    gaps = [
        gap
        for gap in progress.gaps
        if gap[0] != came and (gap[1] > over or gap[2] + GAP_SECONDS > since)
    ]
    there = set(
        TicketEvent.objects.filter(pk__gt=progress.upto, pk__lte=upto).values_list(
            "pk", flat=True
        )
    )
    new = [n for n in range(progress.upto + 1, upto + 1) if n not in there]
    _keep(progress, upto, [*gaps, *([number, begun, since] for number in new)])


def _keep(progress: Progress, upto: int, gaps: list[list[int]]) -> None:
    if (progress.upto, progress.gaps) != (upto, gaps):
        progress.upto, progress.gaps = upto, gaps
        progress.save()
