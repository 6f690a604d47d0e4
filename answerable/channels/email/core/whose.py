"""Whose a mail is: what it may do on which ticket, and why not more. Pure.

A token or a reference proves the ticket and never the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from answerable.channels.email.core.proof import Demand, Proof, Standing, is_enough


class Who(StrEnum):
    """Whom an address belongs to, as seen from a ticket or, without one, from all of us."""

    CONTACT = "contact"  # of the ticket's customer, or of any where there is no ticket yet
    OTHER = "other"  # a contact of another customer
    ASKER = "asker"  # the stranger whose ticket it is
    COPIED = "copied"  # an agent lets them have copies
    STRANGER = "stranger"
    BEFORE = "before"  # a stranger, where the ticket was another customer's before


class Doubt(StrEnum):
    """Why it is not sure who wrote, in the words that a message keeps."""

    NONE = ""
    STRANGER = "stranger"
    COPIED = "copied"
    REFUTED = "refuted"
    UNSURE = "unsure"
    UNPROVEN = "unproven"
    NOBODY = "nobody"
    FORWARDED = "forwarded"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail goes: on the ticket that it answers or to one of its own, and with what
    doubt. A doubtful mail gains no rights."""

    joins: bool
    doubt: Doubt


def place_of(who: Who, proof: Proof, demand: Demand, *, has_ticket: bool) -> Place:
    """Return where a person's mail goes.

    Another customer's contact never enters a ticket, whoever they are. Who has no rights on a
    ticket adds to it all the same: the customer may have two addresses (domain.md E32). But of
    a ticket that was another customer's, nobody knows which of the two a stranger is with: what
    they write is not shown to the one whose it is now.
    """
    doubt = doubt_of(proof, demand)
    if not has_ticket:
        return Place(False, doubt)
    match who:
        case Who.OTHER:
            return Place(False, doubt)
        case Who.BEFORE:
            return Place(False, doubt or Doubt.STRANGER)
        case Who.COPIED:
            return Place(True, doubt or Doubt.COPIED)
        case Who.STRANGER:
            return Place(True, doubt or Doubt.STRANGER)
        case _:
            return Place(True, doubt)


def doubt_of(proof: Proof, demand: Demand) -> Doubt:
    """Return why an address is not taken at its word; nothing when it is."""
    if is_enough(proof, demand):
        return Doubt.NONE
    return {
        Standing.REFUTED: Doubt.REFUTED,
        Standing.UNSURE: Doubt.UNSURE,
        Standing.NOBODY: Doubt.NOBODY,
    }.get(proof.standing, Doubt.UNPROVEN)
