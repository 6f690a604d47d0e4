"""Watches the promises on tickets that somebody has: soon, at risk, under five minutes, and the
next person; and the offers that ring. Nobody records these in a log: they come with time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from answerable.notices.actions.following import is_alone
from answerable.notices.actions.teams import tell_receivers_of_hurry
from answerable.notices.actions.telling import tell
from answerable.notices.core.levels import Kind
from answerable.notices.core.promises import Promise, stage
from answerable.notices.happening import Happening
from answerable.notices.history import minutes_taken
from answerable.notices.models import Notice
from answerable.notices.people import next_in_turn
from answerable.routing.models import Offer, QueueEntry

# No promise is soon earlier than this: a fifth of three days.
LOOKS_AHEAD = timedelta(hours=15)
# Whoever is told of a later stage was told of the ones before.
BEFORE = {
    Kind.SOON: (Kind.SOON,),
    Kind.RISK: (Kind.RISK,),
    Kind.HURRY: (Kind.HURRY,),
    Kind.NEXT: (Kind.HURRY, Kind.NEXT),
}
QUIETER = {
    Kind.RISK: (Kind.SOON,),
    Kind.HURRY: (Kind.SOON, Kind.RISK),
    Kind.NEXT: (Kind.SOON, Kind.RISK),
}


@transaction.atomic
def watch_promises(*, at: datetime) -> int:
    """Tell of promises that have come to a new stage, and return how many people were told."""
    if not is_alone():
        return 0
    staged = [(entry, kind) for entry in _entries(at) if (kind := _stage(entry, at))]
    new = _new(staged)
    found = [one for entry, kind in new for one in _told(entry, kind, at)]
    told = tell(found, at=at)
    _supersede(new, at)
    tell_receivers_of_hurry([entry for entry, kind in new if kind == Kind.HURRY], at=at)
    return len(told)


@transaction.atomic
def watch_offers(*, at: datetime) -> int:
    """Tell of what began to ring at somebody, and return how many people were told."""
    if not is_alone():
        return 0
    ringing = Offer.objects.filter(ended_at=None, ends_at__gt=at).exclude(
        pk__in=Notice.objects.standing().filter(kind=Kind.OFFER.value).values("offer")
    )
    rows = ringing.select_related("ticket__queue_entry").order_by("pk")
    return len(tell([_of_offer(offer) for offer in rows], at=at))


def _entries(at: datetime) -> list[QueueEntry]:
    waits = QueueEntry.objects.filter(
        kind="guarantee",
        band__lt=QueueEntry.Band.WAITING,
        due_at__gt=at,
        due_at__lt=at + LOOKS_AHEAD,
        assignee__isnull=False,
    )
    return list(waits.select_related("ticket__queue_entry").order_by("due_at", "pk"))


def _stage(entry: QueueEntry, at: datetime) -> Kind | None:
    if entry.started_at is None or entry.due_at is None:
        return None
    return stage(Promise(entry.started_at, entry.act_by, entry.due_at), at)


def _new(staged: Sequence[tuple[QueueEntry, Kind]]) -> list[tuple[QueueEntry, Kind]]:
    """Return the stages of which nobody was told yet; a last one that came at once brings the
    one before it."""
    each = [(entry, kind) for entry, last in staged for kind in BEFORE[last]]
    keys = [_key(entry, kind) for entry, kind in each]
    known = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    return [one for one, key in zip(each, keys, strict=True) if key not in known]


def _key(entry: QueueEntry, kind: Kind) -> str:
    due = int(entry.due_at.timestamp()) if entry.due_at else 0
    return f"{kind.value} {entry.ticket_id} {due} {entry.assignee_id}"


def _told(entry: QueueEntry, kind: Kind, at: datetime) -> Iterator[Happening]:
    holder = entry.assignee_id or 0
    to = [one.pk for one in next_in_turn(holder, at)] if kind == Kind.NEXT else [holder]
    takes = None
    if kind == Kind.RISK and entry.due_at:
        usual = entry.due_at - entry.act_by
        takes = minutes_taken(entry.ticket.severity, usual=usual, at=at)
    for agent in to:
        yield Happening(
            agent=agent,
            kind=kind,
            key=_key(entry, kind),
            ticket=entry.ticket,
            at=at,
            is_mine=True,
            due_at=entry.due_at,
            holder=holder,
            takes=takes,
        )


def _supersede(new: Sequence[tuple[QueueEntry, Kind]], at: datetime) -> None:
    """End what was said of a ticket's promise before it came to its last stages."""
    for entry, kind in new:
        if kind in QUIETER:
            before = Notice.objects.standing().filter(
                kind__in=[one.value for one in QUIETER[kind]], ticket=entry.ticket_id
            )
            before.update(ended_at=at, insists_at=None)


def _of_offer(offer: Offer) -> Happening:
    return Happening(
        agent=offer.agent_id,
        kind=Kind.OFFER,
        key=f"offer {offer.pk}",
        ticket=offer.ticket,
        at=offer.made_at,
        is_mine=True,
        offer=offer,
    )
