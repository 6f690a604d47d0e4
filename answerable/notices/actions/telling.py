"""Tells people of what happened: a row for each, and what goes out of the desk with it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from answerable.channels.email.jobs import mail_notices
from answerable.live.events import Changed, publish
from answerable.notices.core.climbing import next_round, ways_of_step
from answerable.notices.core.levels import Kind, Level, Telling, Way, decide
from answerable.notices.happening import MUST_KNOW, Happening, agents_of, is_critical
from answerable.notices.models import Delivery, Notice
from answerable.notices.people import Person, persons
from answerable.tickets.events import Verb

LATER = {Way.PHONE, Way.SMS}
# Of what nobody has, the ladder says when whose telephone rings.
RUNG_UP = {Kind.HURRY, Kind.NEXT}


def tell(found: Sequence[Happening], *, at: datetime) -> list[Notice]:
    """Tell people of what they have not been told yet, and return the new notices.

    Called inside a transaction that nobody else tells in at the same time.
    """
    new = _not_told(found)
    if not new:
        return []
    known = persons(agents_of(new), at)
    told: list[tuple[Notice, Telling]] = []
    for one in new:
        if one.agent not in known:
            continue
        person = known[one.agent]
        telling = _decided(one, person, at)
        told.append((_notice(one, person, telling, at), telling))
        if telling.sounds and telling.level == Level.AUDIBLE:
            known[one.agent] = person.after_a_sound()
    notices = Notice.objects.bulk_create([notice for notice, _telling in told])
    _send([(notice, known[notice.agent_id], telling) for notice, telling in told], at)
    _mail(told)
    publish(*(Changed(f"notices-{notice.agent_id}") for notice in notices))
    return notices


def ring_up(notices: Sequence[Notice], *, at: datetime, round_: int) -> None:
    """Go on to the telephones of those who did not take note of what insists."""
    known = persons({notice.agent_id for notice in notices}, at)
    rows = []
    for notice in notices:
        if person := known.get(notice.agent_id):
            ways = person.wishes.ways_at(Level.INSISTENT) & LATER
            rows += _deliveries(notice, person, ways, at, round_)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _not_told(found: Sequence[Happening]) -> list[Happening]:
    keys = {one.key for one in found}
    told = Notice.objects.filter(key__in=keys, agent__in=agents_of(found))
    known = set(told.values_list("agent_id", "key"))
    return [one for one in found if (one.agent, one.key) not in known]


def _decided(one: Happening, person: Person, at: datetime) -> Telling:
    moment = person.moment(at, is_critical=is_critical(one.ticket))
    return decide(one.kind, is_mine=one.is_mine, moment=moment, wishes=person.wishes)


def _notice(one: Happening, person: Person, telling: Telling, at: datetime) -> Notice:
    insists = telling.level == Level.INSISTENT and one.kind in RUNG_UP
    wait = next_round(0)
    return Notice(
        agent=person.agent,
        kind=one.kind.value,
        key=one.key,
        level=telling.level.value,
        ticket=one.ticket,
        event=one.event,
        offer=one.offer,
        due_at=one.due_at,
        holder_id=one.holder,
        takes=one.takes,
        at=at,
        sounded=telling.sounds,
        on_desktop=Way.DESKTOP in telling.ways,
        was_there=person.is_there,
        in_digest=Way.DIGEST in telling.ways,
        insists_at=at + wait if insists and wait else None,
    )


def _send(told: Collection[tuple[Notice, Person, Telling]], at: datetime) -> None:
    rows = []
    for notice, person, telling in told:
        rows += _deliveries(notice, person, _at_once(notice, telling), at, 0)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _at_once(notice: Notice, telling: Telling) -> frozenset[Way]:
    """Return by which ways a notice goes out at once: what insists waits for a minute before
    anybody is rung up, unless a step of a ladder says otherwise."""
    if notice.event and notice.event.verb == Verb.ESCALATED:
        return telling.ways & ways_of_step(notice.event.data["percent"])
    return telling.ways - LATER


def _deliveries(
    notice: Notice, person: Person, ways: frozenset[Way], at: datetime, round_: int
) -> list[Delivery]:
    cause = f"n{notice.pk} {round_}"
    rows = []
    if Way.PUSH in ways:
        for browser in person.browsers:
            row = _delivery(notice, Way.PUSH, f"{cause} push {browser}", at)
            row.subscription_id = browser
            rows.append(row)
    for way in sorted(ways & LATER):
        row = _delivery(notice, way, f"{cause} {way}", at)
        row.phone = person.phone
        if not person.phone:
            row.state, row.next_at, row.ended_at = Delivery.State.FAILED, None, at
            row.answer = "no_number"
        rows.append(row)
    return rows


def _delivery(notice: Notice, way: Way, cause: str, at: datetime) -> Delivery:
    return Delivery(
        way=way.value,
        cause=cause,
        agent_id=notice.agent_id,
        notice=notice,
        ticket_id=notice.ticket_id,
        event_id=notice.event_id,
        is_urgent=notice.level == Level.INSISTENT,
        key=secrets.token_urlsafe(16),
        made_at=at,
        next_at=at,
    )


def _mail(told: Sequence[tuple[Notice, Telling]]) -> None:
    """Have those mailed at once who want it, of what a mail has words for."""
    pairs = [pair for notice, telling in told for pair in _mailed(notice, telling)]
    if pairs:
        mail_notices.defer(pairs=pairs)


def _mailed(notice: Notice, telling: Telling) -> list[list[int]]:
    has_words = notice.event is not None and notice.event.verb in MUST_KNOW
    if Way.MAIL not in telling.ways or not has_words or notice.event_id is None:
        return []
    return [[notice.agent_id, notice.event_id]]
