"""The one way to follow the log of all tickets: a follower takes each line once, in order.

Nothing waits for it: who writes on a ticket writes nothing here. What a follower does about
lines and the mark up to which it took them are one transaction, and one process at a time takes
lines for it. So whoever dies has done all of it or nothing, and nobody does it twice.

Lines are committed in any order. Those that are there are taken at once; numbers that are
missing are kept as gaps (core/gaps.py) until their lines come, or nobody is left who could
bring them. Lines of one ticket come in order where their writers hold its row, as actions do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error, InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from answerable.tickets.actions.parking import park, try_again
from answerable.tickets.core.gaps import Gap, Look, moved
from answerable.tickets.following import Line, lines_after, newest_line, who_writes
from answerable.tickets.models import LogMark

log = logging.getLogger(__name__)

ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('answerable ' || %s))"
# So often in a row the database may give up over lines before it is said to be their fault.
MOST_STUMBLES = 3
# While nothing happens, its mark says so often that it is level with the log.
SAYS_EACH = timedelta(seconds=10)
AWAY = (OperationalError, InterfaceError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Who follows the log: by which name, and what it does about lines.

    `take` is called in a transaction, with lines in their order. `hears` returns the verbs that
    it waits for, None: all. Of them it is given `at_once` at the most, from among so many
    numbers: `span`. `begins` returns after which line it begins that has no mark yet.
    """

    name: str
    take: Callable[[Sequence[Line], datetime], None]
    at_once: int
    span: int = 5_000
    hears: Callable[[], Collection[str] | None] = lambda: None
    begins: Callable[[datetime], int] = lambda _at: 0


def is_alone(name: str) -> bool:
    """Say whether no other process does what a follower does, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [name])
        (alone,) = cursor.fetchone() or (False,)
    return bool(alone)


def follow(follower: Follower, *, at: datetime) -> bool:
    """Let a follower take the next lines of the log; return whether there are more.

    Lines that it cannot take are parked, and it goes on. Raises what Django raises while the
    database is away, or as it gives up over the lines: then as often as three times.
    """
    try:
        with transaction.atomic():
            return is_alone(follower.name) and _go_on(follower, at)
    except AWAY:
        with suppress(Error):
            mark = _mark(follower, at)
            LogMark.objects.filter(pk=mark.pk).update(stumbles=F("stumbles") + 1)
        raise


def _go_on(follower: Follower, at: datetime) -> bool:
    mark = _mark(follower, at)
    newest, hears = newest_line(), follower.hears()
    if hears is not None and not hears:
        _keep(mark, newest, [], level_at=at)
        return False
    gaps = [Gap(first, last, frozenset(by)) for first, last, by in mark.gaps]
    living = who_writes() if gaps else frozenset()
    lines, is_all = lines_after(
        mark.upto, gaps, hears=hears, at_once=follower.at_once, span=follower.span
    )
    seen = mark.upto + follower.span if is_all else lines[-1].number
    look = Look({line.number for line in lines}, seen, newest, living)
    upto, left = moved(mark.upto, gaps, look, writing=who_writes)
    gives_up = mark.stumbles >= MOST_STUMBLES
    heard = [line for line in lines if hears is None or line.verb in hears]
    _take(follower, heard, at, gives_up=gives_up)
    is_level = is_all and upto >= newest
    if is_level:
        _try_parked(follower, at, gives_up=gives_up)
    _keep(mark, upto, left, level_at=at if is_level else mark.level_at)
    return not is_level


def _mark(follower: Follower, at: datetime) -> LogMark:
    found = LogMark.objects.filter(name=follower.name).first()
    if found:
        return found
    upto = follower.begins(at)
    made, _is_new = LogMark.objects.get_or_create(
        name=follower.name, defaults={"upto": upto, "level_at": at}
    )
    return made


def _take(follower: Follower, lines: Sequence[Line], at: datetime, *, gives_up: bool) -> None:
    """Have lines taken together; where that fails, by halves, until it is known by which."""
    why = _why_not(follower, lines, at, gives_up=gives_up) if lines else ""
    if why and len(lines) == 1:
        park(follower.name, lines[0].number, why, at=at)
    elif why:
        middle = len(lines) // 2
        for part in (lines[:middle], lines[middle:]):
            _take(follower, part, at, gives_up=gives_up)


def _try_parked(follower: Follower, at: datetime, *, gives_up: bool) -> None:
    def take(line: Line) -> str:
        return _why_not(follower, [line], at, gives_up=gives_up)

    try_again(follower.name, take, at=at)


def _why_not(follower: Follower, lines: Sequence[Line], at: datetime, *, gives_up: bool) -> str:
    """Have lines taken, all or none; return why that could not be, or nothing."""
    try:
        with transaction.atomic():
            follower.take(lines, at)
    except AWAY as error:
        if not gives_up or not connection.is_usable():
            raise
        return _said(follower, lines, error)
    except Exception as error:
        return _said(follower, lines, error)
    return ""


def _said(follower: Follower, lines: Sequence[Line], error: Exception) -> str:
    numbers = f"{lines[0].number} to {lines[-1].number}"
    log.error("%s could not take the lines %s.", follower.name, numbers, exc_info=error)
    return f"{type(error).__name__}: {error}"


def _keep(mark: LogMark, upto: int, gaps: Sequence[Gap], *, level_at: datetime) -> None:
    """Note how far the log was taken, where that is news."""
    now = [[gap.first, gap.last, sorted(gap.holders)] for gap in gaps]
    is_old = level_at - mark.level_at >= SAYS_EACH
    if (mark.upto, mark.gaps, mark.stumbles) != (upto, now, 0) or is_old:
        mark.upto, mark.gaps, mark.stumbles, mark.level_at = upto, now, 0, level_at
        mark.save()
