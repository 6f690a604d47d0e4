"""What the outcome of a call is as an attempt to reach somebody. Pure."""

from __future__ import annotations

# The words of voice.models.Call.Outcome, and those of tickets.actions.Result.
ATTEMPTS = frozenset({"connected", "no_answer", "busy", "voicemail", "wrong_number", "refused"})


def result_of(outcome: str) -> str | None:
    """Return the result of an attempt; None for what was none: the call could not be made, no
    agent took it, or its customer wants none any more."""
    return outcome if outcome in ATTEMPTS else None
