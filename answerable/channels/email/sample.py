"""A reply and an acknowledgement of nobody, which show how mails look."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Contact
from answerable.channels.email import words
from answerable.channels.email.texts import Texts
from answerable.tickets.models import Message, Ticket

REPLY, ACKNOWLEDGEMENT = "reply", "acknowledgement"
KINDS = (REPLY, ACKNOWLEDGEMENT)


def sample(kind: str, agent: Agent, language: str, texts: Texts, at: datetime) -> words.Letter:
    """Return a mail as an agent would send it to somebody who reads a language."""
    contact = Contact(name="Dana Wolf", language=language, zone=agent.zone)
    with words.language_of(contact):
        ticket = Ticket(
            pk=4821, subject=_("Exports fail"), requester=contact, channel=Ticket.Channel.FORM
        )
        asked = Message(
            contact=contact, body=_("Every export stops."), written_at=at - timedelta(minutes=9)
        )
        body = _(
            "Hello Dana,\n\nexports work again:\n- we restarted the queue\n- nothing was lost"
        )
    if kind == ACKNOWLEDGEMENT:
        promised = words.Promised("guarantee", at + timedelta(hours=1))
        return words.acknowledgement(ticket, contact, promised, at, texts)
    return words.reply(ticket, Message(agent=agent, body=body), texts, asked)
