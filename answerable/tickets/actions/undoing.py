"""Takes back what an agent did within the last minute, unless somebody changed it meanwhile.

Whatever leaves an Undo does its act inside `undoable`, which reads what was so before and what
is so since. Taking back is an act like any other: nothing that was stamped is unstamped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.undo_models import Undo, UndoStep
from answerable.tickets.undo_ways import CannotTakeBack, undo_ways

UNDO_FOR = timedelta(seconds=60)
KEPT_FOR = timedelta(days=1)
AT_ONCE = 1000


class NothingToUndo(Exception):
    """There is nothing that this agent could take back, or no longer."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A ticket on which something was not taken back: who changed it meanwhile and by which
    verb, or why else (a word of undo_ways.REASONS)."""

    ticket: int
    who: str = ""
    verb: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came of taking back: what was done then, on which tickets it was taken back, and on
    which not."""

    did: str
    done: list[int]
    kept: list[Kept]


def begin_undo(*, agent: Agent, did: str, at: datetime) -> Undo:
    """Note what an agent is about to do, in the words in which they are told of it."""
    return Undo.objects.create(agent=agent, did=did[:300], made_at=at, ends_at=at + UNDO_FOR)


def finish_undo(undo: Undo, *, did: str, at: datetime) -> None:
    """Say anew what was done, when it is done: the minute counts from then."""
    undo.did, undo.ends_at = did[:300], at + UNDO_FOR
    undo.save(update_fields=["did", "ends_at"])


@contextmanager
def undoable(undo: Undo, ticket: Ticket, *ways: str) -> Iterator[Ticket]:
    """Do what happens inside as something that can be taken back, in one transaction.

    The ticket is held and handed in; `ways` are keys of settings.UNDO_WAYS. What turns out to
    have changed nothing leaves no step.
    """
    with transaction.atomic():
        held = hold(ticket)
        before = {name: undo_ways()[name].facts(held) for name in ways}
        newest = _newest(held.pk)
        yield held
        after = hold(ticket)
        lines = TicketEvent.objects.filter(ticket=held.pk, pk__gt=newest).order_by("-pk")
        said = dict(lines.values_list("verb", "pk"))
        for name, facts in before.items():
            way = undo_ways()[name]
            now = way.facts(after)
            if now != facts:
                verb = next((v for v in said if v in way.verbs), next(iter(said), ""))
                UndoStep.objects.create(
                    undo=undo,
                    ticket=after,
                    way=name,
                    before=facts,
                    after=now,
                    event=max(said.values(), default=newest),
                    verb=verb,
                )


def newest_undo(agent: Agent, *, at: datetime) -> Undo | None:
    """Return what an agent did last and can take back now, or None."""
    mine = Undo.objects.filter(agent=agent, undone_at=None, ends_at__gt=at)
    return mine.filter(steps__isnull=False).order_by("-pk").first()


def is_of_more_than(
    count: int, agent: Agent, *, number: int | None = None, at: datetime
) -> bool:
    """Say whether what an agent did last, or the act of theirs with this number, was done to
    more tickets than so many."""
    newest = newest_undo(agent, at=at) if number is None else None
    mine = UndoStep.objects.filter(undo=newest.pk if newest else number, undo__agent=agent)
    return mine[: count + 1].count() > count


def take_back_act(agent: Agent, *, number: int | None = None, at: datetime) -> TakenBack:
    """Take back what an agent did last, or the act of theirs with this number.

    Each ticket by itself: one that somebody changed meanwhile stays as it is, and who did what
    is said. Raises NothingToUndo where the minute is over, or it was taken back before.
    """
    undo = claim_act(agent, number=number, at=at)
    done: list[int] = []
    kept: list[Kept] = []
    for step in undo.steps.select_related("ticket").order_by("-pk").iterator(AT_ONCE):
        found = take_back_step(step, agent, at)
        if found:
            kept.append(found)
        else:
            done.append(step.ticket_id)
    return TakenBack(undo.did, sorted(set(done)), kept)


def forget_undos(*, at: datetime) -> int:
    """Forget what cannot be taken back since a day, and return how many acts that were."""
    old = Undo.objects.filter(ends_at__lt=at - KEPT_FOR).values("pk")[:AT_ONCE]
    return Undo.objects.filter(pk__in=old).delete()[1].get("tickets.Undo", 0)


@transaction.atomic
def claim_act(agent: Agent, *, number: int | None = None, at: datetime) -> Undo:
    """Return what an agent did last, or the act of theirs with this number, so marked that
    nobody takes it back twice. Raises NothingToUndo."""
    newest = newest_undo(agent, at=at) if number is None else None
    wanted = newest.pk if newest else number or 0
    mine = Undo.objects.filter(pk=wanted, agent=agent, undone_at=None, ends_at__gt=at)
    if not mine.update(undone_at=at):
        raise NothingToUndo
    return Undo.objects.get(pk=wanted)


def take_back_step(step: UndoStep, agent: Agent, at: datetime) -> Kept | None:
    """Take back what was done to one ticket, or return why that is not done."""
    way = undo_ways()[step.way]
    try:
        with transaction.atomic():
            ticket = hold(step.ticket)
            if way.facts(ticket) != step.after:
                return _changed(step)
            data = {"undid": step.verb, "way": step.way}
            record(TicketEvent(ticket=ticket, verb=Verb.UNDONE, agent=agent, at=at, data=data))
            way.put_back(ticket, step.before, agent=agent, at=at)
    except CannotTakeBack as reason:
        return Kept(step.ticket_id, reason=str(reason))
    return None


def _changed(step: UndoStep) -> Kept:
    """Return who changed meanwhile what a step would take back."""
    later = TicketEvent.objects.filter(ticket=step.ticket_id, pk__gt=step.event)
    changed = later.filter(verb__in=undo_ways()[step.way].verbs)
    event = changed.select_related("agent", "contact").order_by("-pk").first()
    who = (event.agent or event.contact) if event else None
    return Kept(step.ticket_id, who.name if who else "", event.verb if event else "")


def _newest(ticket: int) -> int:
    lines = TicketEvent.objects.filter(ticket=ticket).order_by("-pk")
    return lines.values_list("pk", flat=True).first() or 0
