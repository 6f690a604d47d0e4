"""Who may take part in a call: its agent and its contact, and nobody else."""

from __future__ import annotations

from answerable.accounts.access import agent_of, contact_of
from answerable.accounts.models import Agent, Contact
from answerable.channels.voice.models import Call
from answerable.live.guards import Reader

LONGEST_KEY = 32


def call_of_agent(agent: Agent, key: str) -> Call | None:
    """Return the browser call of this key that an agent makes, or None."""
    return _found(key, agent=agent)


def call_of_contact(contact: Contact, key: str) -> Call | None:
    """Return the browser call of this key that is to a contact, or None."""
    return _found(key, contact=contact)


def going_on_of(*, agent: Agent | None = None, contact: Contact | None = None) -> Call | None:
    """Return the browser call in which somebody is, or which rings at them."""
    if agent is None and contact is None:
        return None
    who: dict[str, Agent | Contact] = {"agent": agent} if agent else {}
    who |= {"contact": contact} if contact else {}
    calls = Call.objects.going_on().filter(way=Call.Way.BROWSER, **who)
    return calls.select_related("agent", "contact").order_by("-pk").first()


def may_listen(reader: Reader, key: str) -> bool:
    """Say whether this reader may be told that something happened in a call."""
    agent, contact = agent_of(reader), contact_of(reader)
    if agent and call_of_agent(agent, key):
        return True
    return contact is not None and call_of_contact(contact, key) is not None


def _found(key: str, **who: Agent | Contact) -> Call | None:
    if len(key) > LONGEST_KEY:
        return None
    calls = Call.objects.filter(key=key, way=Call.Way.BROWSER, **who)
    return calls.select_related("agent", "contact", "ticket").first()
