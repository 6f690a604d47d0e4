"""What the demonstration looks back on: a month of promises, and a customer with credits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from answerable.accounts import actions as accounts
from answerable.accounts.models import Contact
from answerable.cast.people import YEAR, Cast
from answerable.entitlements import actions as entitlements
from answerable.sla import actions as sla
from answerable.sla.models import Clock
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, Sender
from answerable.tickets.models import Message, Ticket

STORY = Path(__file__).parent / "last_month.toml"
MINUTE = timedelta(minutes=1)
TOLD_LATER = 60 * MINUTE


def tell_last_month(cast: Cast, *, at: datetime) -> None:
    """Open last month's tickets in one go, and let each be answered, in time or not."""
    story = tomllib.loads(STORY.read_text())
    contacts = {"nora": _halden(cast, story["remedies"], at)}
    rows = [(row, _instant(row, at)) for row in story["tickets"]]
    messages = tickets.open_tickets(
        [(_opening(_contact(cast, contacts, row["by"]), row), opened) for row, opened in rows]
    )
    for message, (row, opened) in zip(messages, rows, strict=True):
        _answer(cast, message, row, opened + row["answered"] * MINUTE)


def _halden(cast: Cast, remedies: list[Any], at: datetime) -> Contact:
    """Add a customer whose plan is Premium with credits."""
    document = dict(cast.premium.document) | {
        "key": "premium_credits",
        "name": "Premium with credits",
        "remedies": remedies,
    }
    version = entitlements.publish_plan(document, at=at - YEAR)
    halden = accounts.add_customer(
        "Halden Energy", domains=["halden.example"], zone="Europe/Oslo", at=at - YEAR
    )
    entitlements.add_subscription(
        halden, product="service", tier="enterprise", starts_at=at - YEAR
    )
    contract = entitlements.sign_contract(
        halden, version, starts_at=at - YEAR, ends_at=at + YEAR, order_ref="HE-2041"
    )
    nora = accounts.add_contact(
        halden,
        name="Nora Lund",
        email="nora@halden.example",
        product_role=Contact.Role.SUPER_ADMIN,
        at=at - YEAR,
    )
    entitlements.designate(contract, nora, at=at - YEAR)
    return nora


def _contact(cast: Cast, contacts: Mapping[str, Contact], who: str) -> Contact:
    known: Contact = contacts.get(who) or getattr(cast, who)
    return known


def _instant(row: Mapping[str, Any], at: datetime) -> datetime:
    """Return an instant of last month; every month has the days that are named."""
    zone = ZoneInfo(settings.ANSWERABLE_ZONE)
    last = at.astimezone(zone).replace(day=1) - timedelta(days=1)
    hour, minute = map(int, row["at"].split(":"))
    return last.replace(day=row["day"], hour=hour, minute=minute, second=0, microsecond=0)


def _opening(contact: Contact, row: Mapping[str, Any]) -> Opening:
    return Opening(
        sender=Sender(contact=contact), body=row["says"], subject=row["subject"], channel="form"
    )


def _answer(cast: Cast, asked: Message, row: Mapping[str, Any], at: datetime) -> None:
    ticket: Ticket = asked.ticket
    agent = getattr(cast, row["agent"])
    body = f"Hello,\n\nwe have looked into it and changed it for you.\n\nKind regards\n{agent}"
    reply = tickets.answer(ticket, agent=agent, body=body, seen=2**62, at=at)
    tickets.mark_delivered(reply, at=at)
    tickets.resolve(ticket, agent=agent, contact=None, reason="", at=at + TOLD_LATER)
    if "excused" in row or "comment" in row:
        clock = ticket.clocks.get(metric=Clock.Metric.FIRST_RESPONSE)
        _speak(cast, clock, row, at + TOLD_LATER)


def _speak(cast: Cast, clock: Clock, row: Mapping[str, Any], at: datetime) -> None:
    """Say of a miss what excuses it, or why it happened."""
    if "comment" in row:
        by = getattr(cast, row["comment_by"])
        sla.comment_on_miss(clock, words=row["comment"], agent=by, at=at)
    if "excused" in row:
        sla.excuse_miss(
            clock,
            code=row["excused"],
            words=row["words"],
            evidence=row["evidence"],
            agent=getattr(cast, row["excused_by"]),
            at=at,
        )
