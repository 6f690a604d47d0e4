"""What agents do by mail: they answer customers, write notes, and pass on what came to them.

Only a mail that is surely theirs does anything: anybody can write an agent's name in From, and
an address for replies may be passed on. What is not sure is kept as their draft, and they are
told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from answerable.accounts.models import Agent
from answerable.channels.email.actions.forwarding import by_agent
from answerable.channels.email.actions.opening import Wanted
from answerable.channels.email.actions.proving import proof_of
from answerable.channels.email.actions.settling import settle
from answerable.channels.email.checking import demand
from answerable.channels.email.core.desk_reply import DeskText, desk_text, files_of
from answerable.channels.email.core.proof import is_sure
from answerable.channels.email.models import InboundMail
from answerable.channels.email.queries import Arrived
from answerable.tickets import actions as tickets
from answerable.tickets.actions import LONGEST
from answerable.tickets.models import Message, Ticket

State = InboundMail.State
NOT_THEIRS = "It came to an agent's address for replies, and not from that agent."
WHY = {
    "unsure": "it is not sure that it is theirs",
    "newer": "somebody wrote on the ticket meanwhile",
    "files": "it brings files, which go out from the desk only",
    "quotes": "it holds what we wrote to them, and not to the customer",
    "review": "the ticket waits to be let in",
    "empty": "it says nothing",
    "long": "it is too long",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What an agent's mail became: all is done, or a ticket is to be opened."""

    opens: Wanted | None = None


class Parked(Exception):
    """A reply by mail is not sent; the word says why."""


def from_agent(each: Arrived, *, at: datetime) -> Taken | None:
    """Do what an agent's mail asks for; None when it is to be treated like anybody's."""
    if each.desk:
        return _by_token(each, at)
    if each.agent is None:
        return None
    if not _is_sure(each):
        if each.ticket is None:
            return None
        words = f"It names {each.agent.name} as its sender, and that is not sure."
        settle(each.mail, State.REVIEW, words)
        return Taken()
    return _by_name(each, each.agent, at)


def _by_name(each: Arrived, agent: Agent, at: datetime) -> Taken | None:
    """Take an agent's mail without a token: a word among colleagues, or a mail passed on."""
    if each.ticket is None:
        opens = by_agent(each, agent)
        return Taken(opens) if opens else None
    said = desk_text(each.says)
    if not said.body.strip() or len(said.body) > LONGEST:
        settle(each.mail, State.REVIEW, f"What {agent.name} writes is no note.")
        return Taken()
    note = tickets.add_note(_live(each.ticket), agent=agent, body=said.body, at=at)
    words = f"Added to #{note.ticket_id} as a note of {agent.name}."
    settle(each.mail, State.ACCEPTED, words, note)
    return Taken()


def _by_token(each: Arrived, at: datetime) -> Taken:
    """Send an agent's answer, add their note, or keep it as a draft and say why."""
    found = _named_by(each)
    if found is None or each.agent != found[0]:
        settle(each.mail, State.REVIEW, NOT_THEIRS)
        return Taken()
    agent, ticket = found
    said = desk_text(each.says)
    try:
        message = _say(each, agent, ticket, said, at)
    except Parked as parked:
        why = str(parked)
        body = said.body.strip() or each.says.text.strip()
        if body:
            tickets.park_reply(ticket, agent=agent, mode=said.mode, body=body, why=why, at=at)
        settle(each.mail, State.REVIEW, f"Kept as a draft of {agent.name}: {WHY[why]}.")
        return Taken()
    words = "note" if said.is_note else "reply"
    settle(each.mail, State.ACCEPTED, f"A {words} of {agent.name} on #{ticket.pk}.", message)
    return Taken()


def _named_by(each: Arrived) -> tuple[Agent, Ticket] | None:
    """Return the agent and the ticket of a token, as they are now."""
    if each.desk is None:
        return None
    agent = Agent.objects.active().filter(pk=each.desk.agent).first()
    ticket = Ticket.objects.filter(pk=each.desk.ticket).first()
    return (agent, _live(ticket)) if agent and ticket else None


def _say(each: Arrived, agent: Agent, ticket: Ticket, said: DeskText, at: datetime) -> Message:
    """Say what an agent says, by the desk's own rules. Raises Parked."""
    if not _is_sure(each):
        raise Parked("unsure")
    try:
        if said.is_note:
            return tickets.add_note(ticket, agent=agent, body=said.body, at=at)
        _check(each, ticket, said)
        seen = each.desk.seen if each.desk else 0
        return tickets.answer(ticket, agent=agent, body=said.body, seen=seen, at=at)
    except tickets.NewerMessages as newer:
        raise Parked("newer") from newer
    except tickets.Empty as empty:
        raise Parked("empty") from empty
    except tickets.TooLong as long:
        raise Parked("long") from long


def _check(each: Arrived, ticket: Ticket, said: DeskText) -> None:
    """Raise Parked for what must not go out unseen."""
    if ticket.state == Ticket.State.REVIEW:
        raise Parked("review")
    if files_of(each.says):
        raise Parked("files")
    if f"{settings.ANSWERABLE_URL}/desk/" in said.body:
        raise Parked("quotes")


def _is_sure(each: Arrived) -> bool:
    return is_sure(proof_of(each.mail, each.address), demand())


def _live(ticket: Ticket) -> Ticket:
    """Return the ticket, or the one in which it goes on."""
    return ticket.merged_into or ticket
