"""Keeps what readers say of articles, and which they came from when they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from answerable.accounts.models import Contact
from answerable.knowledge.models import (
    ArticleText,
    ArticleVersion,
    ArticleVote,
    ReadBefore,
)
from answerable.tickets.models import Ticket

LONGEST_WORDS = 2000
LONGEST_SEARCH = 200
COUNT = """
INSERT INTO knowledge_readingday (text_id, day, times) VALUES (%s, %s, 1)
ON CONFLICT (text_id, day) DO UPDATE SET times = knowledge_readingday.times + 1
"""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whether an article helped, and if not, what was missing; what its reader had searched."""

    helpful: bool
    reason: str = ""
    words: str = ""
    searched: str = ""


def vote(
    version: ArticleVersion,
    feedback: Feedback,
    *,
    contact: Contact | None,
    token: str = "",
    at: datetime,
) -> ArticleVote:
    """Keep what somebody says of a version; said again, it takes the place of what was said.

    Who is no contact is known by `token`, which must not be empty then.
    """
    if contact is None and not token:
        raise ValueError("A vote needs to be somebody's.")
    who = {"contact": contact} if contact else {"contact": None, "token": token[:64]}
    says = {
        "helpful": feedback.helpful,
        "reason": "" if feedback.helpful else feedback.reason,
        "words": "" if feedback.helpful else feedback.words[:LONGEST_WORDS],
        "searched": feedback.searched[:LONGEST_SEARCH],
        "at": at,
    }
    return ArticleVote.objects.update_or_create(version=version, **who, defaults=says)[0]


def remember_reading(
    ticket: Ticket, version: ArticleVersion, *, searched: str = "", at: datetime
) -> ReadBefore:
    """Remember with a ticket which article its requester came from, and what they had asked."""
    return ReadBefore.objects.get_or_create(
        ticket=ticket,
        version=version,
        defaults={"searched": searched[:LONGEST_SEARCH], "at": at},
    )[0]


def count_reading(text: ArticleText, *, at: datetime) -> None:
    """Count that a text was opened, on the day in UTC."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [text.pk, at.astimezone(UTC).date()])
