"""Why a recipient did not get a mail, and under which status. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from answerable.channels.email.core.bounce_codes import (
    REPLIES,
    STATUS_OF,
    SUBJECTS,
    VAGUE_SUBJECTS,
    Step,
    from_first_code,
    is_telling,
    meaning,
    replies_in,
    statuses_in,
    step_in,
    subject_of,
)
from answerable.channels.email.core.bounce_report import ADDRESS
from answerable.channels.email.core.bounce_words import PHRASES, VAGUE, Reason

LONGEST_READ = 4000
URL = re.compile(r"<?\bhttps?:[^\s<>]+>?", re.IGNORECASE)
CONTINUED = re.compile(r"\b[45]\d\d-(?:[45]\.\d{1,3}\.\d{1,3}\b)?")
NAMED = re.compile(ADDRESS.pattern + r"|\brecipients?\b|destinataire", re.IGNORECASE)
# Servers that take all of a mail before their rules refuse it.
HAS_ALL = re.compile(r"inbound-smtp\.")
SHORT = 160
OTHER = "2367"  # statuses of the mailbox, the system, the content and of policy
NO_HOST = re.compile(
    r"(?<![\w.@-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8} (?:does not exist|not found\b)"
)
Table = tuple[tuple[Reason, tuple[str, ...]], ...]
# Of the address; Exchange Online says 5.4.1 of one that it does not know.
USER_STATUS = re.compile(r"^[45]\.(?:1\.\d|4\.1$)")
DEAD = {Reason.USER_UNKNOWN, Reason.HOST_UNKNOWN, Reason.HAS_MOVED}
LATE = re.compile(
    r"delayed|warning|(?:be|being) retried|(?:keep|continue) trying|temporary failure report"
    r"|not need to re-?send|will (?:be )?retr(?:y|ied)|still being|verzöger|retard",
    re.IGNORECASE,
)
ENDED = re.compile(
    r"permanent|not going to try again|giv(?:en|ing) up|fail|deleted from queue|expired|return"
    r"|could not be|cannot|can't|unable",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice tells of one recipient: the refusing server's words, and those around."""

    diagnosis: str
    words: str
    said: str
    action: str = ""
    status: str = ""
    reporter: str = ""
    is_late: bool = False  # by its words; fields say more


def status_of(told: Told, reason: Reason) -> str:
    """Return the status code: as the refusing server gave it, else as reported, else derived.

    The last code of a diagnosis is that of the server furthest from us.
    """
    diagnosed = statuses_in(told.diagnosis)[::-1]
    given = [*diagnosed, *statuses_in(told.status)]
    given += [] if told.diagnosis else statuses_in(told.words)
    if given:
        return next((code for code in given if is_telling(code)), given[0])
    codes = replies_in(told.diagnosis) or replies_in(told.words) or replies_in(told.said)
    is_late = told.action == "delayed" or (not told.action and told.is_late)
    cls = "4" if is_late or (codes and codes[0][0] == "4") else "5"
    return f"{cls}.{STATUS_OF.get(reason, '0.0')}"


def reason_of(told: Told) -> Reason:
    """Return why a recipient did not get a mail; words say more than codes."""
    codes = _codes(told)
    reason = (
        _first(told, PHRASES)
        or next((found for code in codes if (found := meaning(code))), None)
        or next((found for code in codes if (found := subject_of(code, SUBJECTS))), None)
        or _first(told, VAGUE)
        or next((found for code in codes if (found := subject_of(code, VAGUE_SUBJECTS))), None)
        or _phrase(told.said, PHRASES)
        or _by_reply(told)
    )
    if reason is None:
        return Reason.EXPIRED if told.action == "delayed" else Reason.UNDEFINED
    return _at_step(reason, told, codes)


def is_hard(reason: Reason, status: str) -> bool:
    """Say whether nothing sent to an address will ever arrive."""
    return reason in DEAD or (reason == Reason.NOT_ACCEPT and status.startswith("5"))


def is_final(told: Told, status: str) -> bool:
    """Say whether this mail is given up; what is only late may still arrive."""
    if told.action:
        return told.action == "failed"
    if told.is_late:
        return False
    return not status.startswith("4") or bool(ENDED.search(f"{told.words} {told.said}"))


def is_late(said: str) -> bool:
    """Say whether a notice's words are those of a notice of delay."""
    return bool(LATE.search(said[:LONGEST_READ]))


def _codes(told: Told) -> list[str]:
    found = [*statuses_in(told.diagnosis)[::-1], *statuses_in(told.status)]
    found += [] if told.diagnosis else statuses_in(told.words)
    return [code for code in found if is_telling(code)]


def _at_step(reason: Reason, told: Told, codes: list[str]) -> Reason:
    """Return a reason as the status and the step make it more exact."""
    if reason == Reason.MESSAGE_TOO_BIG and codes and codes[0][2:] == "2.3":
        return Reason.EXCEED_LIMIT
    if reason == Reason.HOST_UNKNOWN and _is_temporary(told):
        return Reason.NETWORK_ERROR
    step = _step_of(told) if reason in DEAD else Step.UNKNOWN
    if step == Step.MAIL:
        return Reason.REJECTED
    if step == Step.CONNECT and reason == Reason.HOST_UNKNOWN:
        return Reason.BLOCKED
    if reason == Reason.USER_UNKNOWN and _filters(told, codes, step):
        return Reason.FILTERED
    return reason


def _filters(told: Told, codes: list[str], step: Step) -> bool:
    """Say whether a server that knows no user has looked at the mail first.

    Who refuses so after it has had the mail filters; so may one that names neither the address
    nor a status for it.
    """
    if step in {Step.RCPT, Step.END} or any(USER_STATUS.match(code) for code in codes):
        return step == Step.END
    if step == Step.DATA or any(code[2] in OTHER for code in codes):
        return True
    words = (told.diagnosis or from_first_code(told.words))[:SHORT]
    return bool(replies_in(words)) and not NAMED.search(words)


def _step_of(told: Told) -> Step:
    if HAS_ALL.match(told.reporter):
        return Step.END
    return step_in(told.diagnosis) or step_in(told.words) or step_in(told.said)


def _is_temporary(told: Told) -> bool:
    return told.status.startswith("4") or told.action == "delayed"


def _first(told: Told, table: Table) -> Reason | None:
    refusal = told.diagnosis or from_first_code(told.words)
    return _phrase(refusal, table) or _phrase(told.words, table)


def _phrase(words: str, table: Table) -> Reason | None:
    """Return what the first phrase of a table in some words means; addresses say nothing."""
    if not words:
        return None
    whole = " ".join(ADDRESS.sub(" ", words[:LONGEST_READ]).lower().split())
    bare = " ".join(CONTINUED.sub(" ", URL.sub(" ", whole)).split())
    if table is PHRASES and NO_HOST.search(bare):
        return Reason.HOST_UNKNOWN
    for text in (f" {bare} ", whole):
        for reason, phrases in table:
            if any(phrase in text for phrase in phrases):
                return reason
    return None


def _by_reply(told: Told) -> Reason | None:
    codes = replies_in(told.diagnosis) or replies_in(told.words) or replies_in(told.said)
    return REPLIES.get(codes[0]) if codes else None
