"""Ends what stands once it is over, whoever ended it, and goes on with what insists."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from answerable.live.events import Changed, publish
from answerable.notices.actions.following import is_alone
from answerable.notices.actions.teams import tell_pagers
from answerable.notices.actions.telling import ring_up
from answerable.notices.core.climbing import next_round
from answerable.notices.core.levels import Kind
from answerable.notices.models import Delivery, Notice
from answerable.routing.models import QueueEntry
from answerable.tickets.models import Ticket

PROMISES = [one.value for one in (Kind.SOON, Kind.RISK, Kind.HURRY, Kind.NEXT)]
AT_ONCE = 500


@transaction.atomic
def settle(*, at: datetime) -> int:
    """End the notices whose reason is gone, call back what has not left yet, and return how
    many ended.

    A promise was kept, moved or is over; a ticket was claimed; an offer does not ring any more.
    """
    if not is_alone():
        return 0
    gone = Notice.objects.standing().filter(_is_over(at)).order_by("pk")
    ended = list(gone.values_list("pk", "agent_id")[:AT_ONCE])
    end([number for number, _agent in ended], at=at)
    publish(*(Changed(f"notices-{agent}") for _number, agent in ended))
    tell_pagers(at=at)
    return len(ended)


def end(numbers: list[int], *, at: datetime) -> None:
    """End notices, and call back those deliveries of them that wait or ring."""
    if not numbers:
        return
    Notice.objects.filter(pk__in=numbers).update(ended_at=at, insists_at=None)
    Delivery.objects.waiting().filter(notice__in=numbers).update(
        state=Delivery.State.WITHDRAWN, next_at=None, ended_at=at
    )


@transaction.atomic
def insist(*, at: datetime) -> int:
    """Ring up those who have not taken note of what insists; return how many that were."""
    if not is_alone():
        return 0
    due = list(Notice.objects.filter(insists_at__lte=at).order_by("pk")[:AT_ONCE])
    rounds: dict[int, list[Notice]] = {}
    for notice in due:
        notice.rounds += 1
        wait = next_round(notice.rounds)
        notice.insists_at = at + wait if wait else None
        rounds.setdefault(notice.rounds, []).append(notice)
    Notice.objects.bulk_update(due, ["rounds", "insists_at"])
    for number, notices in rounds.items():
        ring_up(notices, at=at, round_=number)
    return len(due)


def _is_over(at: datetime) -> Q:
    runs = QueueEntry.objects.filter(
        ticket=OuterRef("ticket"),
        kind="guarantee",
        band__lt=QueueEntry.Band.WAITING,
        due_at=OuterRef("due_at"),
        due_at__gt=at,
        assignee=OuterRef("holder"),
    )
    free = Ticket.objects.filter(pk=OuterRef("ticket"), assignee=None).exclude(
        state=Ticket.State.RESOLVED
    )
    return (
        (Q(kind__in=PROMISES) & ~Exists(runs))
        | (Q(kind=Kind.CRITICAL.value) & ~Exists(free))
        | (Q(kind=Kind.OFFER.value) & Q(offer__ended_at__isnull=False))
    )
