"""A missed promise and what is said of it, as tests of several rooms need it."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.accounts.models import Agent, Contact
from answerable.sla.actions import appeal, excuse_miss, wake_due
from answerable.sla.models import Appeal, Clock, Excuse
from answerable.sla.tests.clocks import clock_of, replied
from answerable.tickets.tests.openings import opened

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def missed_by(contact: Contact, at: datetime, agent: Agent | None = None) -> Clock:
    """Let the hour of a contact's request of `at` pass; an agent answers four minutes late."""
    ticket = opened(contact, at)
    wake_due(at=at + HOUR)
    if agent:
        replied(ticket, agent, at=at + HOUR + 4 * MINUTE)
    return clock_of(ticket)


def excused_by(agent: Agent, clock: Clock, *, at: datetime) -> Excuse:
    """Excuse a miss: its customer asked to wait."""
    return excuse_miss(
        clock,
        code="customer_asked_to_wait",
        words="Dana asked us to wait until noon.",
        evidence="Her message of 10:20",
        agent=agent,
        at=at,
    )


def appealed_by(contact: Contact, excuse: Excuse, *, at: datetime) -> Appeal:
    """Ask for another look at an excuse."""
    return appeal(excuse, contact=contact, words="I never did.", at=at)
