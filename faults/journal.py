"""What the world outside was told: the mails, forms and replies, and how each was answered."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class SentMail:
    """A mail that a customer sent, as often as it took to hear 250."""

    message_id: str
    recipients: int
    accepted: int = 0  # how often we heard 250
    tries: int = 0
    refused: bool = False  # every recipient was refused, as an unknown one is


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
