"""The ten states a clock is shown in: a word and a shape each, colour only repeats them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from answerable.lib import times


@dataclass(frozen=True, slots=True)
class Chip:
    """What one chip shows: shape, words, and whether a countdown follows them."""

    state: str
    icon: str
    words: str
    counts: bool = False


SHAPES = {
    "late": "octagon",
    "at-risk": "triangle",
    "soon": "half",
    "on-track": "circle",
    "paused": "bars",
    "not-started": "slashed",
    "kept": "tick",
    "missed": "cross",
    "aim": "dashed",
    "critical": "diamond",
}
COUNTING = {"late", "at-risk", "soon", "on-track"}


def chip(
    state: str,
    due: datetime | None = None,
    at: datetime | None = None,
    *,
    now: datetime,
    zone: tzinfo,
) -> Chip:
    """Return the chip of a state. `at` is when a clock starts, or when a promise was met.

    Raises KeyError for a state that is not one of the ten.
    """
    state = state.replace("_", "-")
    return Chip(state, SHAPES[state], _words(state, due, at, now, zone), _counts(state, due))


def _counts(state: str, due: datetime | None) -> bool:
    return state in COUNTING and due is not None


def _words(
    state: str, due: datetime | None, at: datetime | None, now: datetime, zone: tzinfo
) -> str:
    if state in {"kept", "missed"}:
        return _answered(state, due, at)
    if state == "not-started":
        return (
            _("Starts {time}").format(time=times.moment(at, now, zone))
            if at
            else _("Not started")
        )
    if state == "aim":
        return aim_words(due, now, zone) if due else _("Aim")
    return {
        "late": _("Late"),
        "at-risk": _("At risk"),
        "soon": _("Soon"),
        "on-track": _("On track"),
        "paused": _("Paused"),
        "critical": _("CRIT"),
    }[state]


def aim_words(due: datetime, now: datetime, zone: tzinfo) -> str:
    """Return “Aim Thu 17:00”, or “Aim was 17:00” once it has passed."""
    words = _("Aim {time}") if due > now else _("Aim was {time}")
    return words.format(time=times.moment(due, now, zone))


def _answered(state: str, due: datetime | None, at: datetime | None) -> str:
    if due is None or at is None:
        return _("Kept") if state == "kept" else _("Missed")
    if state == "kept":
        return _("Kept, {time} early").format(time=times.kept_early(due, at))
    return _("Missed by {time}").format(time=times.missed_by(due, at))
