"""What every action on an incident needs: checked words, its row held, open pages told."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.incidents.access import ALL, SHOWN
from answerable.incidents.models import Incident
from answerable.live.events import Changed, publish
from answerable.tickets.actions import TooLong
from answerable.tickets.text import clean, first_line

LONGEST_TITLE = 200
LONGEST_TEXT = 10_000


class NothingSaid(Exception):
    """Something that customers read has no words."""


def hold(incident: Incident) -> Incident:
    """Return the incident with its row locked until the transaction ends."""
    return Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)


def titles(said: Mapping[str, str]) -> dict[str, str]:
    """Return words by language as they are kept, each on one line. Raises TooLong."""
    return _kept({language: first_line(text) for language, text in said.items()}, LONGEST_TITLE)


def texts(said: Mapping[str, str]) -> dict[str, str]:
    """Return texts by language as they are kept; empty ones are none. Raises TooLong."""
    return _kept(said, LONGEST_TEXT)


def _kept(said: Mapping[str, str], longest: int) -> dict[str, str]:
    kept = {language: clean(text).strip() for language, text in said.items()}
    if any(len(text) > longest for text in kept.values()):
        raise TooLong(str(longest))
    return {language: text for language, text in kept.items() if text}


def tell_pages(incident: Incident, *, shown: bool) -> None:
    """Have open pages look again: agents' always, customers' where they see it."""
    publish(Changed(ALL), *([Changed(SHOWN)] if shown and incident.is_public else []))
