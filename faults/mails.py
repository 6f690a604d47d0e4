"""Customers who write mail, as a mail server sends it: again and again until it hears 250."""

from __future__ import annotations

import json
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from faults.journal import Journal, SentMail
from faults.traffic import Actor

SUPPORT = "support@answerable.example"
KNOWN = ("dana@nordwind.example", "sam@nordwind.example", "kim@nordwind.example")
NOBODY = "nobody-at-all@elsewhere.example"
TIMEOUT = 15.0
TWICE = 0.08
LAST_LINES = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is handed over: who sends it, to whom, and its content."""

    sender: str
    to: list[str]
    content: EmailMessage


class Correspondent(Actor):
    """Writes mails to support, and answers those that came from there."""

    def __init__(
        self, name: str, journal: Journal, seed: int, ports: tuple[int, ...], sink: Path
    ) -> None:
        super().__init__(name, journal, seed)
        self.ports, self.sink, self.number = ports, sink, 0

    def step(self) -> None:
        """Write one mail and hand it over; now and then hand it over twice."""
        self.number += 1
        letter = self._letter()
        sent = SentMail(str(letter.content["Message-ID"]), len(letter.to))
        self.journal.keep(sent)
        for _ in range(2 if self.random.random() < TWICE else 1):
            if not self.persist(lambda: self._hand_over(letter, sent)):
                self.journal.count("mails given up")

    def _hand_over(self, letter: Letter, sent: SentMail) -> bool:
        """Hand a mail over, and say whether that is settled: it was accepted or refused."""
        sent.tries += 1
        try:
            with smtplib.SMTP(
                "127.0.0.1", self.random.choice(self.ports), timeout=TIMEOUT
            ) as wire:
                return self._speak(wire, letter, sent)
        except (smtplib.SMTPException, OSError):
            # Quitting may fail after the mail was accepted; that was counted then.
            return sent.accepted > 0 or sent.refused

    def _speak(self, wire: smtplib.SMTP, letter: Letter, sent: SentMail) -> bool:
        try:
            wire.send_message(letter.content, letter.sender, letter.to)
        except smtplib.SMTPRecipientsRefused as refused:
            permanent = all(code >= 500 for code, _ in refused.recipients.values())
            sent.refused = permanent
            return permanent
        except smtplib.SMTPResponseException as error:
            self.journal.count(f"mails put off with {error.smtp_code}")
            return False
        sent.accepted += 1
        return True

    def _letter(self) -> Letter:
        mark = f"{self.name}-{self.number}".replace(" ", "-")
        content = EmailMessage()
        content["Message-ID"] = f"<{mark}@faults.example>"
        content["Date"] = "Mon, 20 Oct 2025 10:00:00 +0200"
        sender, to = self._who(content, mark)
        content["From"] = sender
        content["To"] = ", ".join(to)
        content.set_content(f"Our exports fail since this morning.\n\nmark:{mark}:\n")
        return Letter(sender, to, content)

    def _who(self, content: EmailMessage, mark: str) -> tuple[str, list[str]]:
        """Choose who writes to whom: something new, an answer, a stranger, nobody."""
        choice = self.random.random()
        content["Subject"] = f"Exports fail {mark}"
        answered = self._mail_of_ours() if choice < 0.25 else None
        if answered:
            content.replace_header("Subject", f"Re: {answered['subject']}"[:200])
            content["In-Reply-To"] = content["References"] = answered["id"]
            return answered["to"][0], [answered["reply_to"].split("<")[-1].rstrip(">")]
        sender = self.random.choice(KNOWN)
        if choice < 0.35:
            return f"stranger-{mark}@elsewhere.example", [SUPPORT]
        if choice < 0.42:
            return sender, [NOBODY]
        if choice < 0.52:
            return sender, [SUPPORT, NOBODY]
        return sender, [SUPPORT]

    def _mail_of_ours(self) -> dict[str, str] | None:
        """Return one of the mails that a customer got of late, if there is one."""
        if not self.sink.exists():
            return None
        lines = self.sink.read_text().splitlines()[-LAST_LINES:]
        mails = [json.loads(line) for line in lines if line.endswith("}")]
        ours = [mail for mail in mails if mail["to"][0] in KNOWN and "+" in mail["reply_to"]]
        return self.random.choice(ours) if ours else None
