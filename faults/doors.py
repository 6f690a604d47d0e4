"""Every way in for a mail, and what its sender hears; again and again until that is enough."""

from __future__ import annotations

import random
import smtplib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from faults.boxes import HELP, Boxes
from faults.house import Ports
from faults.journal import Fate, Journal
from faults.letters import Letter

TIMEOUT = 15.0
TWICE, BOTH, IMPATIENT = 0.08, 0.08, 0.05
AT_THE_DOOR = {Fate.NOBODY}

HandOver = Callable[[Letter], bool]


@dataclass(slots=True)
class Doors:
    """The doors of the house, as one sender uses them. Each says whether a mail is settled."""

    ports: Ports
    boxes: Boxes | None
    journal: Journal
    chance: random.Random

    def route(self, letter: Letter) -> Sequence[Sequence[HandOver]]:
        """Choose where a mail goes: to one door, to one twice, or to two at the same time."""
        if letter.sent.box == HELP:
            return [[self._into_box()]]
        ways: list[HandOver] = [self.by_smtp, self.by_lmtp]
        weights = [52, 20]
        if self.boxes and letter.sent.fate not in AT_THE_DOOR:
            ways += [self.into_maildir, self.by_append]
            weights += [16, 12]
        first = self.chance.choices(ways, weights)[0]
        if letter.sent.fate in {Fate.NOBODY, Fate.TOO_LONG}:
            return [[first]]
        if self.chance.random() < BOTH:
            self.journal.count("mails sent through two doors at once")
            return [[first, self.chance.choice([way for way in ways if way != first])]]
        return [[first]] * (2 if self.chance.random() < TWICE else 1)

    def by_smtp(self, letter: Letter) -> bool:
        """Hand a mail over by SMTP; some senders do not wait for the answer."""
        if self.chance.random() < IMPATIENT:
            self._cut_off(letter)
            return False
        return self._hand_over(letter, "smtp", smtplib.SMTP, self.ports.mail)

    def by_lmtp(self, letter: Letter) -> bool:
        """Hand a mail over by LMTP, to one recipient."""
        return self._hand_over(letter, "lmtp", smtplib.LMTP, self.ports.lmtp)

    def into_maildir(self, letter: Letter) -> bool:
        """Let another mail server deliver a mail into the mailbox that we follow."""
        if self.boxes is None:
            return False
        head = f"Return-Path: <{letter.sender}>\r\nDelivered-To: {letter.to[0]}\r\n"
        letter.sent.tries["imap"] += 1
        self.boxes.deliver(letter.sent.box, head.encode() + letter.raw)
        letter.sent.accepted["imap"] += 1
        return True

    def by_append(self, letter: Letter) -> bool:
        """Put a mail into the mailbox by IMAP."""
        if self.boxes is None:
            return False
        head = f"Return-Path: <{letter.sender}>\r\n"
        letter.sent.tries["imap"] += 1
        is_there = self.boxes.append(letter.sent.box, head.encode() + letter.raw)
        letter.sent.accepted["imap"] += is_there
        self.journal.count("mails put into a mailbox again", by=not is_there)
        return is_there

    def _into_box(self) -> HandOver:
        return self.chance.choice([self.into_maildir, self.by_append])

    def _hand_over(
        self, letter: Letter, door: str, speaks: type[smtplib.SMTP], ports: Sequence[int]
    ) -> bool:
        letter.sent.tries[door] += 1
        is_settled = False
        try:
            with speaks("127.0.0.1", self.chance.choice(ports), timeout=TIMEOUT) as wire:
                is_settled = self._speak(wire, letter, door)
        except (smtplib.SMTPException, OSError):
            # Quitting may fail after the mail was accepted; that was noted before.
            return is_settled
        return is_settled

    def _speak(self, wire: smtplib.SMTP, letter: Letter, door: str) -> bool:
        to = letter.to[:1] if door == "lmtp" else letter.to
        try:
            wire.sendmail(letter.sender, to, letter.raw)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            return self._is_refused(letter, min(codes))
        except smtplib.SMTPResponseException as error:
            return self._is_refused(letter, error.smtp_code)
        letter.sent.accepted[door] += 1
        return True

    def _is_refused(self, letter: Letter, code: int) -> bool:
        """Say whether a mail is refused for good; what is put off is sent again."""
        letter.sent.refused = letter.sent.refused or code >= 500
        self.journal.count(f"mails put off with {code}", by=code < 500)
        return code >= 500

    def _cut_off(self, letter: Letter) -> None:
        """Send all of a mail, and hang up before the answer comes."""
        letter.sent.tries["smtp"] += 1
        try:
            wire = smtplib.SMTP(
                "127.0.0.1", self.chance.choice(self.ports.mail), timeout=TIMEOUT
            )
            wire.ehlo()
            wire.mail(letter.sender)
            wire.rcpt(letter.to[0])
            wire.putcmd("data")
            if wire.getreply()[0] == 354:
                wire.send(letter.raw + b".\r\n")
                self.journal.count("senders who hung up before they were answered")
            wire.close()
        except (smtplib.SMTPException, OSError):
            return


def together(ways: Sequence[Callable[[], bool]]) -> bool:
    """Do these at the same time, and say whether all were settled."""
    with ThreadPoolExecutor(len(ways)) as hands:
        return all(list(hands.map(lambda way: way(), ways)))
