"""What customers of the demonstration say of how it went: Lumen Print's people are asked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from answerable.accounts import actions as accounts
from answerable.accounts.models import Contact, Customer
from answerable.cast.people import YEAR, Cast
from answerable.surveys.actions import Answer, answer, ask_due, follow_log
from answerable.surveys.models import Survey
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, Sender

STORY = Path(__file__).parent / "asked.toml"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
UNTIL_ASKED = HOUR + MINUTE


def tell_what_they_said(cast: Cast, lumen: Customer, *, at: datetime) -> None:
    """Let requests of weeks be resolved, and those who asked be asked, and answer or not."""
    story = tomllib.loads(STORY.read_text())
    people = {row["email"]: _person(lumen, row, at) for row in story["people"]}
    while follow_log(at=at):  # What was resolved before is told of elsewhere.
        pass
    for row in story["tickets"]:
        _tell(cast, people[row["by"]], row, at - row["days"] * DAY)


def _person(lumen: Customer, row: Mapping[str, Any], at: datetime) -> Contact:
    return accounts.add_contact(
        lumen,
        name=row["name"],
        email=row["email"],
        product_role=Contact.Role.MEMBER,
        seat=Contact.Seat.PAID,
        at=at - YEAR,
    )


def _tell(cast: Cast, contact: Contact, row: Mapping[str, Any], opened: datetime) -> None:
    agent = getattr(cast, row["agent"])
    opening = Opening(
        sender=Sender(contact=contact), subject=row["subject"], body=row["says"], channel="form"
    )
    ticket = tickets.open_ticket(opening, at=opened)
    sent = opened + row["answered"] * MINUTE
    reply = tickets.answer(ticket, agent=agent, body=row["reply"], seen=2**62, at=sent)
    tickets.mark_delivered(reply, at=sent)
    resolved = sent + HOUR
    tickets.resolve(ticket, agent=agent, contact=None, reason="", at=resolved)
    asked = resolved + UNTIL_ASKED
    follow_log(at=asked)
    ask_due(at=asked)
    if "answer" in row:
        survey = Survey.objects.asked().get(ticket=ticket)
        said = Answer(row["answer"], row.get("comment", ""), row.get("lead", False))
        answer(survey, said, via=row["via"], at=asked + row["after"] * MINUTE)
