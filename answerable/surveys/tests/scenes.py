"""Scenes for tests of surveys: Dana's request is resolved under a plan that asks her."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.entitlements.core.survey import Survey as Rules
from answerable.sla.tests.clocks import replied
from answerable.sla.tests.plans import sold
from answerable.surveys.actions import ask_due, follow_log
from answerable.surveys.models import Survey
from answerable.tickets.actions import resolve
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def asks(cast: Cast, at: datetime, **rules: Any) -> None:
    """Sell Nordwind a plan that asks how it went."""
    sold(cast, at - 2 * DAY, survey=Rules(ask=True, **rules))


def resolved(cast: Cast, at: datetime, *, by: Contact | None = None, **more: Any) -> Ticket:
    """Let somebody ask, Ana reply, and resolve it at an instant."""
    ticket = opened(by or cast.dana, at - DAY, **more)
    replied(ticket, cast.ana, at=at - HOUR)
    return resolve(ticket, agent=cast.ana, contact=None, reason="", at=at)


def asked(ticket: Ticket, at: datetime) -> Survey:
    """Let an hour pass, and return what is asked about a ticket, or why nothing is."""
    passed(at + HOUR)
    return Survey.objects.filter(ticket=ticket).latest("pk")


def to_its_end(at: datetime) -> None:
    """Follow the log as far as it goes."""
    while follow_log(at=at):
        pass


def passed(at: datetime) -> int:
    """Do all that is to be done at an instant; return how many were asked or left out."""
    to_its_end(at)
    return ask_due(at=at)


def question_to(contact: Contact) -> OutgoingMail:
    """Return the mail that asks somebody."""
    return OutgoingMail.objects.get(contact=contact, cause__startswith="notice survey")


def token_to(contact: Contact) -> str:
    """Return what stands in its links."""
    found = re.search(r"/survey/([\w-]{43})/", question_to(contact).text)
    assert found
    return found[1]
