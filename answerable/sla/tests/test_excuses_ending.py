"""An excuse ends with the miss that it excuses, and with nothing else that a clock does."""

from __future__ import annotations

from datetime import datetime

from answerable.cast import Cast
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock, Excuse
from answerable.sla.tests.clocks import changed, clock_of, replied
from answerable.sla.tests.misses import HOUR, MINUTE, excused_by, missed_by
from answerable.tickets.actions import mark_delivered, mark_undelivered
from answerable.tickets.tests.openings import opened_critical, verbs


def standing(clock: Clock) -> bool:
    return Excuse.objects.standing().filter(clock=clock).exists()


def test_it_ends_when_news_of_another_severity_moves_the_due_time(
    cast: Cast, at: datetime
) -> None:
    """The half hour had become an hour before it was over; the news came after the excuse."""
    ticket = opened_critical(cast.dana, at)
    notice = changed(ticket, cast.ana, at=at + 10 * MINUTE)
    wake_due(at=at + HOUR / 2)
    clock = clock_of(ticket)
    excused_by(cast.lena, clock, at=at + 35 * MINUTE)
    mark_delivered(notice, at=at + 20 * MINUTE)
    clock.refresh_from_db()
    assert (clock.outcome, clock.due_at) == ("running", at + HOUR)
    assert not standing(clock)


def test_it_outlives_a_reply_that_came_back(cast: Cast, at: datetime) -> None:
    """The clock waits for a reply again, and is as late as it was."""
    clock = missed_by(cast.dana, at)
    message = replied(clock.ticket, cast.ana, at=at + 2 * HOUR)
    excused_by(cast.lena, clock, at=at + 3 * HOUR)
    mark_undelivered(message, why="mailbox full", at=at + 4 * HOUR)
    clock.refresh_from_db()
    assert (clock.outcome, clock.answered_at) == ("missed", None)
    assert "clock_reopened" in verbs(clock.ticket)
    assert standing(clock)
