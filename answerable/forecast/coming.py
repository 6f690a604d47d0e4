"""What came in the same hour of the weeks before, read from what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min, Sum

from answerable.channels.chat.models import Chat
from answerable.channels.voice.models import Call
from answerable.forecast.core.arriving import MOST_WEEKS, Arrival, Expected
from answerable.forecast.core.running import Load
from answerable.forecast.models import Arrival as Counted

HOUR = timedelta(hours=1)
BIN = timedelta(minutes=10)
SAMPLES, LEAST_SAMPLES = 200, 8
# How long they usually take, in minutes, where there were too few to say.
CALL_TAKES, CHAT_TAKES = 10.0, 8.0
AT_ONCE = 2  # chats share their agent's time with another, mostly
Row = tuple[datetime, str, int | None, int]


@dataclass(frozen=True, slots=True)
class Coming:
    """What is expected of an hour: tickets, the time that chats and calls take of all who take
    them, and how long a call usually is, in minutes."""

    expected: Expected
    load: Load
    call_takes: float


def coming_at(at: datetime, surprise: float = 1.0) -> Coming:
    """Return what is expected of the hour from an instant on. Eleven queries at most."""
    weeks = weeks_before(at)
    rows = [(begin, row) for begin in weeks for row in _hour_of(begin)]
    counts = [sum(row[3] for week, row in rows if week == begin) for begin in weeks]
    expected = Expected(tuple(counts), tuple(_pool(rows)), surprise)
    call, chat = _call_takes(), _chat_takes()
    each = max(1, len(weeks))
    calls = sum(row[3] for _, row in rows if row[1] == Counted.Kind.CALL) / each
    chats = sum(row[3] for _, row in rows if row[1] == Counted.Kind.CHAT) / each
    return Coming(expected, Load(calls * call + chats * chat), call)


def weeks_before(at: datetime) -> list[datetime]:
    """Return the same time of the same weekday of up to eight weeks before, as far back as
    anything was counted. By the vendor's clocks: an hour that they skip or repeat is no reason
    to compare eight o'clock with nine."""
    first = Counted.objects.aggregate(first=Min("begins_at"))["first"]
    if first is None:
        return []
    local = at.astimezone(ZoneInfo(settings.ANSWERABLE_ZONE))
    wall = local.replace(tzinfo=None)
    begins = (
        (wall - timedelta(weeks=week)).replace(tzinfo=local.tzinfo)
        for week in range(1, MOST_WEEKS + 1)
    )
    return [begin for begin in begins if begin >= first]


def came_within(since: datetime, until: datetime) -> int:
    """Return how much work came from one instant to another, in whole tens of minutes."""
    counted = Counted.objects.filter(
        begins_at__gte=since - BIN / 2, begins_at__lt=until - BIN / 2
    )
    return counted.aggregate(many=Sum("many"))["many"] or 0


def _hour_of(begin: datetime) -> list[Row]:
    # Tens of minutes are whole: those that lie in the hour for the most part.
    rows = Counted.objects.filter(
        begins_at__gte=begin - BIN / 2, begins_at__lt=begin + HOUR - BIN / 2
    )
    return list(rows.values_list("begins_at", "kind", "within", "many"))


def _pool(rows: Iterable[tuple[datetime, Row]]) -> Iterable[Arrival]:
    """Return each ticket that came: in which ten minutes of its hour, and within how long its
    reply was due."""
    for week, (begins_at, kind, within, many) in rows:
        after = max(0.0, (begins_at - week) / timedelta(minutes=1))
        is_live = kind in {Counted.Kind.CHAT, Counted.Kind.CALL}
        promised = float(within) if within is not None and not is_live else None
        yield from [Arrival(after, promised)] * many


def _call_takes() -> float:
    calls = Call.objects.filter(connected_at__isnull=False, ended_at__isnull=False)
    rows = calls.order_by("-pk").values_list("connected_at", "ended_at")[:SAMPLES]
    return _usual([end - begin for begin, end in rows if begin and end], CALL_TAKES)


def _chat_takes() -> float:
    chats = Chat.objects.filter(picked_up_at__isnull=False, ended_at__isnull=False)
    rows = chats.order_by("-pk").values_list("picked_up_at", "ended_at")[:SAMPLES]
    lengths = [(end - begin) / AT_ONCE for begin, end in rows if begin and end]
    return _usual(lengths, CHAT_TAKES)


def _usual(lengths: Sequence[timedelta], otherwise: float) -> float:
    """Return the middle of lengths in minutes."""
    if len(lengths) < LEAST_SAMPLES:
        return otherwise
    return sorted(lengths)[len(lengths) // 2] / timedelta(minutes=1)
