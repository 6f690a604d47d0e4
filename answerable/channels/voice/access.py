"""Who may take part in a call: its agent and its contact, and nobody else."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from answerable.accounts.access import agent_of, contact_of
from answerable.accounts.models import Agent, Contact
from answerable.channels.voice.models import Call, Transfer
from answerable.live.guards import Reader

LONGEST_KEY = 32


def call_of_agent(agent: Agent, key: str) -> Call | None:
    """Return the browser call of this key that an agent makes, or None; so for who comes into
    it, and for who handed it on."""
    return _found(key, _of_agent(agent))


def call_of_contact(contact: Contact, key: str) -> Call | None:
    """Return the browser call of this key that is to a contact, or None."""
    return _found(key, Q(contact=contact))


def going_on_of(*, agent: Agent | None = None, contact: Contact | None = None) -> Call | None:
    """Return the browser call in which somebody is, or which rings at them."""
    if agent is None and contact is None:
        return None
    who = Q(agent=agent) | Q(transfers__in=_comes(agent)) if agent else Q()
    who &= Q(contact=contact) if contact else Q()
    calls = Call.objects.going_on().filter(who, way=Call.Way.BROWSER)
    return calls.select_related("agent", "contact").order_by("-pk").first()


def may_listen(reader: Reader, key: str) -> bool:
    """Say whether this reader may be told that something happened in a call."""
    agent, contact = agent_of(reader), contact_of(reader)
    if agent and call_of_agent(agent, key):
        return True
    return contact is not None and call_of_contact(contact, key) is not None


def _of_agent(agent: Agent) -> Q:
    handed = Transfer.objects.filter(by=agent, outcome=Transfer.Outcome.DONE)
    return Q(agent=agent) | Q(transfers__in=_comes(agent)) | Q(transfers__in=handed)


def _comes(agent: Agent) -> QuerySet[Transfer]:
    return Transfer.objects.open().filter(taken_by=agent)


def _found(key: str, who: Q) -> Call | None:
    if len(key) > LONGEST_KEY:
        return None
    calls = Call.objects.filter(who, key=key, way=Call.Way.BROWSER)
    return calls.select_related("agent", "contact", "ticket").first()
