"""Reply codes (RFC 5321), status codes (RFC 3463), the step of a refusal. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from answerable.channels.email.core.bounce_words import Reason

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
REPLY = re.compile(
    r"(?<![\w.#/-])([45][0-7]\d)(?=[ \-:;,\]>#]|$)(?!-\d{4})(?! (?:day|minute|hour|second))"
)


class Step(StrEnum):
    """What the sending server said when it was refused; unknown is empty."""

    CONNECT = "connect"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    END = "end"  # all of the mail was sent
    UNKNOWN = ""


STEPS = (
    (Step.END, re.compile(
        r"in reply to end of data|after end of data|after (?:i |we )?sent the message"
        r"|after sending (?:the )?(?:message|data)|for text command|our final data"
        r"|end of message\b(?! )"
        r"|in response to the (?:message|end)|\(DATA\), with the following|transmission failure"
        r"|\(state 1[578]\)", re.IGNORECASE)),
    (Step.RCPT, re.compile(
        r"in reply to rcpt|after rcpt|like our rcpt|rcpt to response|following rcpt|\[rcpt_to\]"
        r"|smtp:rcpt|does not like recipient|after receiving rcpt|(?:>>>|<<<) ?rcpt to"
        r"|has rejected address|\(state 14\)|delivery error: dd|bad-mailbox", re.IGNORECASE)),
    (Step.MAIL, re.compile(
        r"in reply to mail|after mail|like our mail|\[mail_from\]|smtp:mail"
        r"|but sender was rejected"
        r"|following mail|>>> ?mail from|\(state 13\)", re.IGNORECASE)),
    (Step.CONNECT, re.compile(
        r"after initial connection|in reply to (?:eh|he)lo|refused to talk|my name was rejected"
        r"|after (?:eh|he)lo|greeting|performing the (?:eh|he)lo"
        r"|>>> ?(?:eh|he)lo", re.IGNORECASE)),
    (Step.DATA, re.compile(
        r"in reply to data|after data|like our data|\[data\]|smtp:data|smtp command ?data"
        r"|>>> ?data|following data", re.IGNORECASE)),
)  # fmt: skip

# What a status says when the words beside it say nothing.
MEANS = {
    "1.0": Reason.USER_UNKNOWN, "1.1": Reason.USER_UNKNOWN, "1.2": Reason.HOST_UNKNOWN,
    "1.3": Reason.USER_UNKNOWN, "1.4": Reason.USER_UNKNOWN, "1.6": Reason.HAS_MOVED,
    "1.7": Reason.REJECTED, "1.8": Reason.REJECTED, "1.9": Reason.EXPIRED,
    "1.10": Reason.NOT_ACCEPT, "2.0": Reason.FILTERED, "2.1": Reason.SUSPEND,
    "2.2": Reason.MAILBOX_FULL, "2.3": Reason.EXCEED_LIMIT, "2.4": Reason.FILTERED,
    "3.0": Reason.SYSTEM_ERROR, "3.1": Reason.SYSTEM_FULL, "3.2": Reason.NOT_ACCEPT,
    "3.3": Reason.SYSTEM_ERROR, "3.4": Reason.MESSAGE_TOO_BIG, "3.5": Reason.SYSTEM_ERROR,
    "4.0": Reason.NETWORK_ERROR, "4.1": Reason.EXPIRED, "4.2": Reason.NETWORK_ERROR,
    "4.3": Reason.SYSTEM_ERROR, "4.4": Reason.HOST_UNKNOWN, "4.5": Reason.SYSTEM_FULL,
    "4.6": Reason.NETWORK_ERROR, "4.7": Reason.EXPIRED, "4.14": Reason.NETWORK_ERROR,
    "7.8": Reason.SECURITY_ERROR, "7.9": Reason.SECURITY_ERROR, "7.10": Reason.FAILED_STARTTLS,
    "7.11": Reason.FAILED_STARTTLS, "7.13": Reason.SUSPEND, "7.20": Reason.AUTH_FAILURE,
    "7.21": Reason.AUTH_FAILURE, "7.22": Reason.AUTH_FAILURE, "7.23": Reason.AUTH_FAILURE,
    "7.24": Reason.AUTH_FAILURE, "7.25": Reason.REQUIRE_PTR, "7.26": Reason.AUTH_FAILURE,
    "7.27": Reason.NOT_ACCEPT, "7.28": Reason.SPEEDING, "7.29": Reason.AUTH_FAILURE,
    "7.509": Reason.AUTH_FAILURE, "7.606": Reason.BLOCKED,
}  # fmt: skip
# What the first number behind the class says, when the two together say nothing.
SUBJECTS = {
    "1": Reason.USER_UNKNOWN, "2": Reason.FILTERED, "3": Reason.SYSTEM_ERROR,
    "4": Reason.NETWORK_ERROR, "6": Reason.CONTENT_ERROR,
}  # fmt: skip
# Of these the number alone says next to nothing.
VAGUE_SUBJECTS = {"5": Reason.SYNTAX_ERROR, "7": Reason.SECURITY_ERROR}
REPLIES = {
    "421": Reason.EXPIRED, "450": Reason.ON_HOLD, "451": Reason.SYSTEM_ERROR,
    "452": Reason.SYSTEM_FULL, "500": Reason.SYNTAX_ERROR, "501": Reason.SYNTAX_ERROR,
    "502": Reason.SYNTAX_ERROR, "503": Reason.SYNTAX_ERROR, "504": Reason.SYNTAX_ERROR,
    "521": Reason.NOT_ACCEPT, "525": Reason.SUSPEND, "535": Reason.SECURITY_ERROR,
    "551": Reason.HAS_MOVED, "552": Reason.MAILBOX_FULL, "556": Reason.NOT_ACCEPT,
    "554": Reason.SYSTEM_ERROR, "571": Reason.BLOCKED,
}  # fmt: skip
# The status to give where none was given: RFC 3463 and its registry's names for each reason.
STATUS_OF = {
    Reason.USER_UNKNOWN: "1.1", Reason.HOST_UNKNOWN: "1.2", Reason.HAS_MOVED: "1.6",
    Reason.NOT_ACCEPT: "1.10", Reason.MAILBOX_FULL: "2.2", Reason.SUSPEND: "2.1",
    Reason.FILTERED: "7.1", Reason.EXCEED_LIMIT: "2.3", Reason.MESSAGE_TOO_BIG: "3.4",
    Reason.SYSTEM_FULL: "3.1", Reason.SYSTEM_ERROR: "3.0", Reason.MAILER_ERROR: "3.0",
    Reason.NETWORK_ERROR: "4.0", Reason.EXPIRED: "4.7", Reason.BLOCKED: "7.1",
    Reason.BAD_REPUTATION: "7.1", Reason.REQUIRE_PTR: "7.25", Reason.AUTH_FAILURE: "7.26",
    Reason.REJECTED: "1.8", Reason.NO_RELAYING: "7.1", Reason.SECURITY_ERROR: "7.0",
    Reason.FAILED_STARTTLS: "7.10", Reason.POLICY_VIOLATION: "7.1",
    Reason.NOT_COMPLIANT: "6.0", Reason.SPAM_DETECTED: "7.1", Reason.VIRUS_DETECTED: "7.1",
    Reason.CONTENT_ERROR: "6.0", Reason.SPEEDING: "7.28", Reason.TOO_MANY_CONNECTIONS: "5.3",
    Reason.SYNTAX_ERROR: "5.2", Reason.SUPPRESSED: "1.1",
}  # fmt: skip


# A sender that does not wait for answers has gone on to DATA when it hears of the recipient.
PIPELINED = re.compile(
    r"no valid recipients|need rcpt|valid rcpt|rcpt (?:command )?first", re.IGNORECASE
)


def step_in(words: str) -> Step:
    """Return the step at which a server refused, as the words about it say."""
    if PIPELINED.search(words):
        return Step.RCPT
    found = [(match.start(), step) for step, sign in STEPS if (match := sign.search(words))]
    return min(found)[1] if found else Step.UNKNOWN


def statuses_in(words: str) -> list[str]:
    """Return the status codes of failures in some words, in order."""
    return [code for code in STATUS.findall(words) if code[0] != "2"]


def replies_in(words: str) -> list[str]:
    """Return the reply codes of failures in some words, in order."""
    return REPLY.findall(words)


def is_telling(status: str) -> bool:
    """Say whether a status says more than that something failed."""
    return bool(status) and not status.endswith(".0.0")


def meaning(status: str) -> Reason | None:
    """Return what a status says, or None."""
    return MEANS.get(status[2:])


def subject_of(status: str, subjects: Mapping[str, Reason]) -> Reason | None:
    """Return what the number behind the class of a status says, by a table."""
    return subjects.get(status[2:].partition(".")[0])


def from_first_code(words: str) -> str:
    """Return some words from the first code on: what stands before is the sender's own."""
    starts = [found.start() for sign in (REPLY, STATUS) if (found := sign.search(words))]
    return words[min(starts) :] if starts else ""
