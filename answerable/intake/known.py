"""What customers are shown of known incidents, and what they do about one (ux.md 5.3, W1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.incidents.access import SHOWN
from answerable.incidents.actions import follow, say_affected
from answerable.incidents.queries import followed_by, open_to, shown_to
from answerable.lib import times

# What open pages of customers listen to.
TOPIC = SHOWN
MOST, LONGEST_KEY = 3, 18
FOLLOW = "follow"


@dataclass(frozen=True, slots=True)
class Known:
    """An incident as a customer reads of it, and whether they are told how it goes on."""

    key: int
    words: str
    is_followed: bool


def known_to(contact: Contact | None, at: datetime, zone: tzinfo) -> list[Known]:
    """Return the incidents that somebody is shown now, newest first. At most two queries."""
    shown = shown_to(contact, "", at)[:MOST]
    followed = followed_by(contact) if contact and shown else set()
    words = _("We are fixing: {what} (since {time}).")
    return [
        Known(
            one.pk,
            words.format(what=one.words, time=times.moment(one.begun_at, at, zone)),
            one.pk in followed,
        )
        for one in shown
    ]


def be_told(contact: Contact, key: str, what: str, *, source: str, at: datetime) -> bool:
    """Let a contact follow an incident, or say that it affects them, too; return False where it
    is over by now, or not theirs to read of."""
    number = int(key) if key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY else 0
    incident = open_to(contact, at).filter(pk=number).first()
    if incident is None:
        return False
    if what == FOLLOW:
        follow(incident, contact, source=source, at=at)
    else:
        say_affected(incident, contact, source=source, at=at)
    return True
