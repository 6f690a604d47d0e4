"""Whose files wait beside which text: the names under which the files room keeps them."""

from __future__ import annotations

from answerable.accounts.models import Agent, Contact

# Of a request that nobody has sent yet.
NEW_REQUEST = "request"


def owner_of(person: Agent | Contact) -> str:
    """Return who somebody is to the files that they attach (files.models.Upload)."""
    return f"{'agent' if isinstance(person, Agent) else 'contact'}-{person.pk}"


def place_of(ticket: int, mode: str) -> str:
    """Return the box on a ticket that files wait beside: of a reply, a note, an answer."""
    return f"{mode}-{ticket}"
