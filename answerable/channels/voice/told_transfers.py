"""What is told of a call that is handed on, to each of those whom it concerns."""

from __future__ import annotations

from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.channels.voice.models import Call, Transfer


def open_transfer(call: Call) -> Transfer | None:
    """Return how a call is being handed on, or None. One query."""
    return call.transfers.open().select_related("by", "to", "taken_by").first()


def comes_words(transfer: Transfer, name: str) -> str:
    """Return what the next agent reads while they come: who hands on whose call, and why."""
    words = _("{agent} hands the call with {name} on to you: {sentence}")
    return words.format(agent=first(transfer.by), name=name, sentence=transfer.sentence)


def left_words(call: Call) -> str:
    """Return what the first agent reads who handed a call on."""
    name = first(call.agent) if call.agent else _("Support")
    return _("{name} has the call now.").format(name=name)


def customer_words(transfer: Transfer) -> str:
    """Return what the customer reads: “Ana hands the call on to Ben: he knows exports.”"""
    to = transfer.taken_by or transfer.to
    agent, sentence = first(transfer.by), transfer.sentence
    if to:
        words = _("{agent} hands the call on to {name}: {sentence}")
        return words.format(agent=agent, name=first(to), sentence=sentence)
    if transfer.team:
        words = _("{agent} hands the call on to somebody for {team}: {sentence}")
        return words.format(agent=agent, team=transfer.team, sentence=sentence)
    words = _("{agent} hands the call on to a colleague: {sentence}")
    return words.format(agent=agent, sentence=sentence)


def rings_words(transfer: Transfer) -> str:
    """Return what the first agent reads while it rings at the next."""
    if transfer.taken_by:
        return _("{name} comes into the call.").format(name=first(transfer.taken_by))
    if transfer.to:
        return _("It rings at {name}'s desk. You talk on.").format(name=first(transfer.to))
    if transfer.team:
        return _("It rings at who knows about {team}. You talk on.").format(team=transfer.team)
    return _("It rings at whoever is free. You talk on.")


def first(agent: Agent) -> str:
    """Return by what customers and colleagues call an agent: their first name."""
    return agent.name.split(maxsplit=1)[0]
