"""Opens the tickets that mails ask for, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.channels.email import ours
from answerable.channels.email.actions.copying import note_copied
from answerable.channels.email.core.letter import Written
from answerable.channels.email.core.thread import bare_subject
from answerable.channels.email.queries import Arrived
from answerable.channels.email.said import said_in
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, Sender
from answerable.tickets.models import Message, Ticket


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ticket that a mail asks for; of one that an agent forwarded, what the agent adds."""

    each: Arrived
    opening: Opening
    agent: Agent | None = None
    note: str = ""


def opening(
    sender: Sender, each: Arrived, said: Written | None = None, subject: str | None = None
) -> Opening:
    """Return what a mail opens: its own words, or those that it passes on.

    Its language is that of the address it came to, where one is named, else its sender's.
    """
    says, said = each.says, said or said_in(each.reading)
    theirs = sender.contact.language if sender.contact else "en"
    return Opening(
        sender=sender,
        body=said.body,
        folded=said.folded,
        subject=bare_subject(says.subject if subject is None else subject),
        channel=Ticket.Channel.EMAIL,
        surface="mail",
        language=ours.language_of((*each.mail.envelope_to, *says.to)) or theirs,
    )


def open_all(wanted: Sequence[Wanted], *, at: datetime) -> list[Message]:
    """Open the tickets; each promise runs from the instant the door had the mail."""
    if not wanted:
        return []
    messages = tickets.open_tickets(
        [(one.opening, one.each.mail.received_at) for one in wanted]
    )
    for one, message in zip(wanted, messages, strict=True):
        if one.agent and one.note:
            tickets.add_note(message.ticket, agent=one.agent, body=one.note, at=at)
        if not one.opening.sender.doubt:
            note_copied(message.ticket, one.each.says, at=one.each.mail.received_at)
    return messages
