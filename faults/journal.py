"""What the world outside was told: the mails, forms and replies, and how each was answered."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What must become of a mail, by what it is."""

    REQUEST = "a person's mail"  # a message on a ticket
    REFUSED = "a machine's mail"
    PARKED = "a mail to be parked"
    NOBODY = "a mail to nobody"  # refused at the door: it has no row
    TOO_LONG = "a mail that is too long"  # refused at the door; a mailbox has it, and is told


@dataclass(slots=True)
class SentMail:
    """A mail that somebody sent, as often as it took to hear that it was taken.

    Its mark stands in it: by that it is known wherever it is found. `box` is the mailbox whose
    mail it is.
    """

    mark: str
    fate: Fate
    box: str
    message_id: str = ""
    ticket: int = 0  # the one that it answers
    files: int = 0
    accepted: Counter[str] = field(default_factory=Counter)  # by door: how often we heard so
    tries: Counter[str] = field(default_factory=Counter)  # by door
    refused: bool = False  # for good, at the door


@dataclass(slots=True)
class SentForm:
    """A request page that was sent, as often as its reader pressed."""

    submission: str
    mark: str
    pressed: int = 0
    accepted: int = 0  # how often the page said that it was sent


@dataclass(slots=True)
class SentReply:
    """An agent's reply, sent until the desk said so or showed that it was there."""

    mark: str
    ticket: int
    tries: int = 0
    accepted: bool = False


@dataclass(slots=True)
class Journal:
    """Everything that was sent. Many threads write in it."""

    mails: list[SentMail] = field(default_factory=list)
    forms: list[SentForm] = field(default_factory=list)
    replies: list[SentReply] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str, by: int = 1) -> None:
        """Count something that happened."""
        with self.lock:
            self.counts[what] += by

    def keep(self, sent: SentMail | SentForm | SentReply) -> None:
        """Note that something was begun."""
        with self.lock:
            match sent:
                case SentMail():
                    self.mails.append(sent)
                case SentForm():
                    self.forms.append(sent)
                case SentReply():
                    self.replies.append(sent)
