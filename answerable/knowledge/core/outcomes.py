"""What came of a story: a question or a reading, and what its person did within a day.

A story is deflected only if its person said that an article helped, or read one and did not
come back within 24 hours. Whoever found nothing, read nothing or said no was not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

A_DAY = timedelta(hours=24)


class Outcome(StrEnum):
    """How a story ended. Exactly one of these is true of each."""

    OPEN = "open"  # its day is not over
    TICKET = "ticket"
    CONTACT = "contact"  # they went for contact, and sent nothing
    UNHELPFUL = "unhelpful"
    HELPED = "helped"  # they said so
    AGAIN = "again"  # they asked again, of the same thing or another
    UNREAD = "unread"
    QUIET = "quiet"  # they read, and did not come back


DEFLECTED = frozenset({Outcome.HELPED, Outcome.QUIET})


@dataclass(frozen=True, slots=True)
class Read:
    """An article was read; `helpful` is what its reader said of it, None for nothing."""

    at: datetime
    helpful: bool | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """When a story began, what was read in it, and when its person went for contact.

    `tickets` and `questions` are when the same person, or somebody in the same visit, sent a
    ticket or asked something else, before it or after.
    """

    at: datetime
    readings: tuple[Read, ...] = ()
    contact: datetime | None = None
    tickets: tuple[datetime, ...] = ()
    questions: tuple[datetime, ...] = ()

    @property
    def last(self) -> datetime:
        """Its last reading, or its beginning where nothing was read: its day runs from then."""
        return max([self.at, *(read.at for read in self.readings)])


def outcome(story: Story, now: datetime) -> Outcome:
    """Return how a story ended, as far as can be known now.

    What was said counts by the last word: whoever said no and then yes was helped. A ticket
    weighs more than a yes before it.
    """
    ended = story.last + A_DAY
    if _between(story.tickets, story.at, ended):
        return Outcome.TICKET
    if now < ended:
        return Outcome.OPEN
    if story.contact is not None and story.at <= story.contact <= ended:
        return Outcome.CONTACT
    return _without_us(story, ended)


def _without_us(story: Story, ended: datetime) -> Outcome:
    said = [read for read in story.readings if read.helpful is not None]
    if said:
        last = max(said, key=lambda read: read.at)
        return Outcome.HELPED if last.helpful else Outcome.UNHELPFUL
    if not story.readings:
        return Outcome.UNREAD
    first_read = min(read.at for read in story.readings)
    again = _between(story.questions, first_read, ended)
    return Outcome.AGAIN if again else Outcome.QUIET


def _between(instants: Iterable[datetime], begin: datetime, end: datetime) -> bool:
    return any(begin <= instant <= end for instant in instants)
