"""Mails as people and machines write them, each with what must become of it."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from faults.boxes import HELP, SUPPORT
from faults.journal import Fate, SentMail

KNOWN = ("dana@nordwind.example", "sam@nordwind.example", "kim@nordwind.example")
NOBODY = "nobody-at-all@elsewhere.example"
TEXT = "Our exports fail since this morning.\n\n{mark}\n"
REPORT = """Content-Type: message/delivery-status

Reporting-MTA: dns; mx.elsewhere.example

Final-Recipient: rfc822; gone@elsewhere.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user
"""
FILE_BYTES = 30_000
TOO_LONG_BYTES = 1_100_000
LAST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is handed over: who sends it, to whom, its bytes, what to expect."""

    sent: SentMail
    sender: str
    to: tuple[str, ...]
    raw: bytes


class Letters:
    """Writes one after another; answers those that our installation has sent."""

    def __init__(self, chance: random.Random, record: Path, *, has_boxes: bool) -> None:
        self.chance, self.record = chance, record
        there = [kind for kind in KINDS if has_boxes or kind is not Letters.to_help]
        self.kinds = {kind: KINDS[kind] for kind in there}

    def write(self, mark: str) -> Letter:
        """Write one of the kinds."""
        kind = self.chance.choices(list(self.kinds), list(self.kinds.values()))[0]
        return kind(self, mark)

    def request(self, mark: str) -> Letter:
        """Write what a customer asks."""
        return _letter(_mail(mark, self._customer()), SentMail(mark, Fate.REQUEST, SUPPORT))

    def to_help(self, mark: str) -> Letter:
        """Write to the address that comes by IMAP alone."""
        mail = _mail(mark, self._customer(), to=HELP)
        return _letter(mail, SentMail(mark, Fate.REQUEST, HELP))

    def stranger(self, mark: str) -> Letter:
        """Write as somebody whom nobody knows."""
        mail = _mail(mark, f"stranger-{mark}@elsewhere.example")
        return _letter(mail, SentMail(mark, Fate.REQUEST, SUPPORT))

    def answer(self, mark: str) -> Letter:
        """Answer one of the mails that a customer got of late, by its signed token."""
        ours = self._mail_of_ours()
        if ours is None:
            return self.request(mark)
        token = ours["reply_to"].split("<")[-1].rstrip(">")
        mail = _mail(mark, ours["to"][0], to=token, subject=f"Re: {ours['subject']}"[:200])
        ticket = int(ours["id"].strip("<").partition(".")[0])
        return _letter(mail, SentMail(mark, Fate.REQUEST, SUPPORT, ticket=ticket))

    def with_file(self, mark: str) -> Letter:
        """Write with a file."""
        mail = _mail(mark, self._customer())
        mail.add_attachment(
            mark.encode() + os.urandom(FILE_BYTES), "application", "pdf", filename=f"{mark}.pdf"
        )
        return _letter(mail, SentMail(mark, Fate.REQUEST, SUPPORT, files=1))

    def without_number(self, mark: str) -> Letter:
        """Write without a Message-ID."""
        mail = _mail(mark, self._customer())
        del mail["Message-ID"]
        return _letter(mail, SentMail(mark, Fate.REQUEST, SUPPORT))

    def without_author(self, mark: str) -> Letter:
        """Write without From."""
        mail, sender = _mail(mark, self._customer()), self._customer()
        del mail["From"]
        return _letter(mail, SentMail(mark, Fate.REQUEST, SUPPORT), sender=sender)

    def in_another_charset(self, mark: str) -> Letter:
        """Write in a charset other than the one that is named."""
        letter = self.request(mark)
        raw = letter.raw.replace(b"exports fail", b"Ausfuhren schlagen \xfcberall fehl")
        return Letter(letter.sent, letter.sender, letter.to, raw)

    def automatic(self, mark: str) -> Letter:
        """Write as a program that says so."""
        mail = _mail(mark, f"robot-{mark}@elsewhere.example")
        mail["Auto-Submitted"] = "auto-replied"
        return _letter(mail, SentMail(mark, Fate.REFUSED, SUPPORT))

    def come_back(self, mark: str) -> Letter:
        """Write as if a list had sent us our own mail."""
        mail = _mail(mark, f"list-{mark}@elsewhere.example")
        mail["X-Answerable-Sender"] = SUPPORT
        return _letter(mail, SentMail(mark, Fate.REFUSED, SUPPORT))

    def bounce(self, mark: str) -> Letter:
        """Report that a mail that is not ours did not arrive."""
        mail = _mail(mark, "MAILER-DAEMON@elsewhere.example", subject="Undelivered mail")
        mail.make_mixed()
        mail.attach(message_from_string(REPORT, EmailMessage, policy=SMTP))
        mail.replace_header("Content-Type", "multipart/report; report-type=delivery-status")
        mail.set_boundary(f"=_{mark}")
        return _letter(mail, SentMail(mark, Fate.REFUSED, SUPPORT), sender="")

    def of_a_list(self, mark: str) -> Letter:
        """Write to a list that we are on."""
        mail = _mail(mark, f"member-{mark}@elsewhere.example")
        mail["List-Id"] = "<announce.elsewhere.example>"
        return _letter(mail, SentMail(mark, Fate.PARKED, SUPPORT))

    def absence(self, mark: str) -> Letter:
        """Say that nobody is there, as programs do that follow no rule."""
        mail = _mail(mark, self._customer(), subject="Out of office: back on Monday")
        return _letter(mail, SentMail(mark, Fate.PARKED, SUPPORT))

    def to_nobody(self, mark: str) -> Letter:
        """Write to an address that is not ours."""
        mail = _mail(mark, self._customer(), to=NOBODY)
        return _letter(mail, SentMail(mark, Fate.NOBODY, SUPPORT))

    def also_to_nobody(self, mark: str) -> Letter:
        """Write to us and to an address that is not ours."""
        letter = self.request(mark)
        return Letter(letter.sent, letter.sender, (SUPPORT, NOBODY), letter.raw)

    def too_long(self, mark: str) -> Letter:
        """Write more than is taken."""
        mail = _mail(mark, self._customer(), text=("x" * 70 + "\n") * (TOO_LONG_BYTES // 71))
        return _letter(mail, SentMail(mark, Fate.TOO_LONG, SUPPORT))

    def _customer(self) -> str:
        return self.chance.choice(KNOWN)

    def _mail_of_ours(self) -> dict[str, str] | None:
        """Return one of the mails that a customer got of late, if there is one."""
        if not self.record.exists():
            return None
        with self.record.open("rb") as file:
            file.seek(max(self.record.stat().st_size - LAST_BYTES, 0))
            lines = file.read().decode(errors="replace").splitlines()[1:]
        mails = [json.loads(line) for line in lines if _is_mail(line)]
        ours = [mail for mail in mails if mail["to"][0] in KNOWN and "+" in mail["reply_to"]]
        return self.chance.choice(ours) if ours else None


KINDS: dict[Callable[[Letters, str], Letter], int] = {
    Letters.request: 34,
    Letters.answer: 24,
    Letters.to_help: 8,
    Letters.stranger: 6,
    Letters.with_file: 5,
    Letters.without_number: 5,
    Letters.without_author: 2,
    Letters.in_another_charset: 2,
    Letters.automatic: 3,
    Letters.come_back: 1,
    Letters.bounce: 2,
    Letters.of_a_list: 2,
    Letters.absence: 1,
    Letters.to_nobody: 2,
    Letters.also_to_nobody: 2,
    Letters.too_long: 1,
}


def _mail(
    mark: str, sender: str, *, to: str = SUPPORT, subject: str = "", text: str = TEXT
) -> EmailMessage:
    mail = EmailMessage()
    mail["X-Mark"] = f"mark:{mark}:"
    mail["Message-ID"] = f"<{mark}@faults.example>"
    mail["Date"] = "Mon, 20 Oct 2025 10:00:00 +0200"
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = subject or f"Exports fail {mark}"
    mail.set_content(text.format(mark=f"mark:{mark}:"))
    return mail


def _letter(mail: EmailMessage, sent: SentMail, *, sender: str | None = None) -> Letter:
    sent.message_id = str(mail["Message-ID"] or "")
    envelope = str(mail["From"]) if sender is None else sender
    return Letter(sent, envelope, (str(mail["To"]),), mail.as_bytes(policy=SMTP))


def _is_mail(line: str) -> bool:
    return line.startswith('{"at"') and line.endswith("}")
