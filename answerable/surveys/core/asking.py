"""Whether somebody may be asked how it went, when, and until when they may answer. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from answerable.entitlements.core.survey import Survey

# After an outage nobody is asked about what was resolved so long before it was due.
LATEST = timedelta(days=3)
PROGRAM = re.compile(
    r"(?:mailer-daemon|postmaster|bounces?|(?:no|do-?not|never)[-_.]?reply|auto-?reply"
    r"|auto-?responder|notifications?|alerts?|listserv|majordomo)(?:[-_.+=].*)?",
    re.IGNORECASE,
)


class Why(StrEnum):
    """Why somebody is not asked."""

    REOPENED = "reopened"
    MERGED = "merged"
    STRANGER = "stranger"
    LEFT = "left"
    UNVERIFIED = "unverified"
    PROGRAM = "program"
    SILENCE = "silence"
    UNANSWERED = "unanswered"
    REFUSED = "refused"
    RECENT = "recent"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a resolved ticket and its requester when they should be asked.

    `is_resolved`: still, and by the line that is asked about. `was_answered`: somebody of ours
    wrote, called or chatted. `asked_at`: when this person was asked last, about any ticket.
    """

    is_resolved: bool = True
    is_merged: bool = False
    is_known: bool = True
    has_left: bool = False
    is_verified: bool = True
    is_person: bool = True
    by_silence: bool = False
    was_answered: bool = True
    refuses: bool = False
    asked_at: datetime | None = None


def due_at(survey: Survey, resolved_at: datetime) -> datetime:
    """Return when somebody is asked about what was resolved at an instant."""
    return resolved_at + survey.after


def why_not(survey: Survey, facts: Facts, due: datetime, at: datetime) -> Why | None:
    """Return why nobody is asked now of what was due at an instant, or None: they are asked."""
    found = {
        Why.MERGED: facts.is_merged,
        Why.REOPENED: not facts.is_resolved,
        Why.STRANGER: not facts.is_known,
        Why.LEFT: facts.has_left,
        Why.UNVERIFIED: not facts.is_verified,
        Why.PROGRAM: not facts.is_person,
        Why.SILENCE: facts.by_silence and not survey.after_silence,
        Why.UNANSWERED: not facts.was_answered,
        Why.REFUSED: facts.refuses,
        Why.RECENT: facts.asked_at is not None and at < facts.asked_at + survey.every,
        Why.LATE: at > due + LATEST,
    }
    return next((why for why, holds in found.items() if holds), None)


def ends_at(survey: Survey, asked_at: datetime) -> datetime:
    """Return until when who was asked at an instant may answer, and change their answer."""
    return asked_at + survey.open_for


def is_persons(address: str) -> bool:
    """Say whether a person may read what is sent to an address: none of the names that
    programs go by."""
    return not PROGRAM.fullmatch(address.partition("@")[0])


def words_for(survey: Survey, language: str) -> str:
    """Return the question in a language: in that one, in its parent's (pt for pt-BR); where a
    plan has only others, none."""
    said = survey.question
    return said.get(language) or said.get(language.partition("-")[0]) or ""
