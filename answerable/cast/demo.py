"""The demonstration: the cast on a busy day, with a ticket in every state a clock can be in."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from answerable.accounts import actions as accounts
from answerable.accounts.models import Agent
from answerable.cast.articles import write_articles
from answerable.cast.asked import tell_what_they_said
from answerable.cast.cards import let_the_product_say
from answerable.cast.care import tell_of_care
from answerable.cast.last_month import tell_last_month
from answerable.cast.macros import write_macros
from answerable.cast.on_call import tell_who_is_on_call
from answerable.cast.people import Cast
from answerable.cast.readers import tell_of_readers
from answerable.cast.rules import write_rules
from answerable.cast.wall import tell_of_the_wall
from answerable.cast.widget import let_the_product_sign
from answerable.knowledge import actions as knowledge
from answerable.knowledge.importing.places import read
from answerable.knowledge.shipped import SHIPPED
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Impact, Opening, Sender
from answerable.tickets.models import Claim, Ticket

A_MONTH = timedelta(days=30)
STORY = Path(__file__).parent / "demo.toml"


@transaction.atomic
def load_demo(*, at: datetime) -> Cast:
    """Fill a new database with the cast and its tickets. Times are relative to `at`."""
    accounts.install(demo=True, at=at)
    cast = Cast(at)
    write_articles(cast, at=at)
    tell_last_month(cast, at=at)
    tell_what_they_said(cast, tell_of_care(at=at).customer, at=at)
    let_the_product_sign(cast, at=at)
    let_the_product_say(cast, at=at)
    tell_of_articles(cast, at=at)
    tell_of_readers(cast, at=at)
    write_macros(cast, at=at)
    write_rules(cast, at=at)
    for row in tomllib.loads(STORY.read_text())["tickets"]:
        _tell(cast, row, at)
    tell_who_is_on_call(cast, at=at)
    tell_of_the_wall(at=at)
    return cast


def tell_of_articles(cast: Cast, *, at: datetime) -> None:
    """Fill the help centre with the articles that are shipped, as if Ana had written them."""
    shipped = read(SHIPPED, kind="markdown")
    # The cast's own says the same, and has a history.
    others = tuple(one for one in shipped.articles if one.key != "contact-premium-support")
    how = knowledge.How(by=cast.ana)
    knowledge.import_articles(replace(shipped, articles=others), how, at=at - A_MONTH)


def _tell(cast: Cast, row: dict[str, Any], at: datetime) -> None:
    opened = at - timedelta(minutes=row["ago"])
    ticket = tickets.open_ticket(_opening(cast, row), at=opened)
    for step in row.get("then", []):
        _do(cast, ticket, step, opened + timedelta(minutes=step["after"]))


def _opening(cast: Cast, row: dict[str, Any]) -> Opening:
    channel = row.get("channel", "form")
    return Opening(
        sender=_sender(cast, row["by"]),
        body=row["says"],
        subject=row["subject"],
        channel=channel,
        surface="web" if channel == "form" else "mail",
        impact=_impact(cast, row["impact"]) if "impact" in row else None,
    )


def _sender(cast: Cast, who: str) -> Sender:
    if "@" in who:
        return Sender(name=who.split("@", maxsplit=1)[0].title(), email=who)
    return Sender(contact=getattr(cast, who))


def _impact(cast: Cast, key: str) -> Impact:
    says = {phrase.key: phrase.says for phrase in cast.premium.terms.rubric}
    return Impact(key=key, says=says[key])


def _do(cast: Cast, ticket: Ticket, step: dict[str, Any], at: datetime) -> None:
    match step["do"]:
        case "write":
            tickets.add_message(
                ticket, sender=_sender(cast, step["by"]), body=step["says"], at=at
            )
        case "resolve":
            tickets.resolve(ticket, agent=None, contact=ticket.requester, reason="", at=at)
        case _:
            _do_as_agent(ticket, getattr(cast, step["by"]), step, at)


def _do_as_agent(ticket: Ticket, agent: Agent, step: dict[str, Any], at: datetime) -> None:
    match step["do"]:
        case "take":
            tickets.take(ticket, agent=agent, at=at)
        case "note":
            tickets.add_note(ticket, agent=agent, body=step["says"], at=at)
        case "confirm":
            tickets.confirm_claim(ticket, agent=agent, at=at)
        case "change":
            claim = _changed(ticket, agent, step, at)
            if claim.notice:
                tickets.mark_delivered(claim.notice, at=at + timedelta(seconds=2))
        case "answer":
            message = tickets.answer(ticket, agent=agent, body=step["says"], seen=2**62, at=at)
            tickets.mark_delivered(message, at=at + timedelta(seconds=2))


def _changed(ticket: Ticket, agent: Agent, step: dict[str, Any], at: datetime) -> Claim:
    return tickets.change_claim(
        ticket,
        agent=agent,
        reason=step["reason"],
        reason_says=step["reason_says"],
        words=step["says"],
        at=at,
    )
