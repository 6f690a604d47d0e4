"""Whether something that was said or done is a response, as a plan defines one. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.entitlements.core.clauses import Response

DELIVERED, CONNECTED, ATTEMPTED = "delivered", "call_connected", "call_attempted"


@dataclass(frozen=True, slots=True)
class Said:
    """A reply that arrived, or a call: who it came from and how.

    `by_person` is false for what a machine sent. Nothing else is ever said in this sense: no
    acknowledgement, notice or note, no change of a state, no mail that did not arrive (E1, E3,
    E6, E7).
    """

    verb: str
    by_person: bool
    by_assignee: bool = False
    is_bulk: bool = False
    is_voicemail: bool = False
    seconds: int = 0


def is_word(said: Said, *, in_writing: bool) -> bool:
    """Return whether it is what an agent promised by their own word: anything that one of us
    said to the customer, in writing or in a call; where `in_writing`, a reply alone.

    No plan is asked: it was no plan that promised it.
    """
    if not said.by_person:
        return False
    return said.verb == DELIVERED or (said.verb == CONNECTED and not in_writing)


def is_response(defined: Response, said: Said) -> bool:
    """Return whether a plan counts it: a reply, a call that lasted, or a voice message."""
    if not said.by_person or (defined.by == "assignee" and not said.by_assignee):
        return False
    if said.verb == DELIVERED:
        return defined.bulk or not said.is_bulk
    if said.verb == CONNECTED:
        return defined.calls and said.seconds >= defined.connected_seconds
    return said.verb == ATTEMPTED and said.is_voicemail and defined.voicemail
