"""How often somebody who asked for a call is called, and what counts as having called. Pure.

A plan says so (docs/plans.md, `[calls]`); what it said when they asked goes with their call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta

CONNECTED, NO_ANSWER, BUSY, VOICEMAIL = "connected", "no_answer", "busy", "voicemail"
WRONG_NUMBER, REFUSED = "wrong_number", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a plan says of calls. Lengths are in seconds.

    `attempts` is how often we call; between two lies the `gap`. A call that nobody answered is
    an attempt once it rang for `ring`. `kept_by`: an "attempt" keeps what was promised of the
    call, or only an "answer" does; `voicemail` says whether a voice message does.
    `exhausted`: after the last attempt the request goes on in "writing", or we "close" it.
    """

    attempts: int = 2
    gap: int = 300
    ring: int = 20
    kept_by: str = "attempt"
    voicemail: bool = True
    exhausted: str = "writing"

    def as_json(self) -> dict[str, object]:
        """Return them as they are stored."""
        return asdict(self)


USUAL = Rules()


def rules_of(stored: Mapping[str, object]) -> Rules:
    """Return rules as they were stored; what is not there has its default."""
    known = {one.name for one in fields(Rules)}
    return Rules(**{name: stored[name] for name in known & set(stored)})  # type: ignore[arg-type]


def is_attempt(rules: Rules, result: str, rang: timedelta | None) -> bool:
    """Say whether it was tried in earnest: what nobody answered rang for long enough.

    `rang` is None where nobody measured it, and the agent's word counts.
    """
    if result != NO_ANSWER or rang is None:
        return True
    return rang >= timedelta(seconds=rules.ring)


def keeps(rules: Rules, result: str, rang: timedelta | None) -> bool:
    """Say whether a call keeps what was promised of it (ux.md 8.11, domain.md E73)."""
    if result == CONNECTED:
        return True
    if rules.kept_by != "attempt" or not is_attempt(rules, result, rang):
        return False
    return rules.voicemail or result != VOICEMAIL


def is_over(rules: Rules, result: str, attempts: int) -> bool:
    """Say whether nobody is called again: that was the last attempt, or the number is somebody
    else's."""
    return result == WRONG_NUMBER or attempts >= rules.attempts
