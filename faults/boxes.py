"""Two mailboxes on a real IMAP server, which is killed in whole and in parts.

Mail comes into them as it does elsewhere: a mail server writes it into the maildir, whether or
not the IMAP server is there; or somebody's program puts it there by IMAP.
"""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from imapclient.exceptions import IMAPClientError

from answerable.channels.email.tests.dovecot import PASSWORD, Dovecot, program
from bench.processes import children

SUPPORT, HELP = "support@answerable.example", "help@answerable.example"
ANSWERED = "Answered"
USERS = {SUPPORT: "support", HELP: "help"}
MARK = re.compile(rb"mark:([\w-]+):")
HEAD = 4000
TRIES = 3


class Hit(StrEnum):
    """What of the IMAP server is killed."""

    ALL = "all of the IMAP server"
    MASTER = "the IMAP server's master"
    PART = "an IMAP server's process"


@dataclass(frozen=True, slots=True)
class Seen:
    """A mailbox as its server has it: what lies in it by mark, and how that is numbered."""

    address: str
    validity: int
    next_uid: int
    left: int  # how many lie in its inbox
    marks: Counter[str]


class Boxes:
    """The server, and what is delivered to it."""

    def __init__(self) -> None:
        self.server = Dovecot()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        for address in USERS:
            for part in ("tmp", "new", "cur"):
                self._folder(address).joinpath(part).mkdir(parents=True)
        for folder in (self.server.folder / "mail").rglob("*"):
            self._give(folder)
        self.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.port

    def start(self) -> None:
        """Start it; once more should what is left of the one before be in its way."""
        for number in range(1, TRIES + 1):
            try:
                self.server.start()
            except AssertionError:
                self.server.stop()
                if number == TRIES:
                    raise
                time.sleep(1)
            else:
                return

    def alive(self) -> bool:
        """Say whether it runs."""
        return self.server.process.poll() is None

    def kill(self, hit: Hit, chance: random.Random, down: float) -> bool:
        """Kill it or a part of it; it comes back after so many seconds. Say if it was alive."""
        master = self.server.process
        if not self.alive():
            return False
        if hit == Hit.PART:
            found = children(master.pid)
            return bool(found) and _end(chance.choice(found))
        if hit == Hit.ALL:
            self.server.stop()
        else:
            master.kill()
        time.sleep(down)
        self.server.stop()
        self.start()
        return True

    def deliver(self, address: str, raw: bytes) -> None:
        """Put a mail into a mailbox as a mail server does: once it is there it is on disk."""
        with self._lock:
            name = f"{time.time():.6f}.{next(self._numbers)}.faults"
        folder = self._folder(address)
        with (folder / "tmp" / name).open("wb") as file:
            file.write(raw.replace(b"\r\n", b"\n"))
            file.flush()
            os.fsync(file.fileno())
        self._give(folder / "tmp" / name)
        (folder / "tmp" / name).rename(folder / "new" / name)

    def append(self, address: str, raw: bytes) -> bool:
        """Put a mail there by IMAP; say whether the server said that it has it."""
        try:
            with self.server.client(USERS[address]) as client:
                client.append("INBOX", raw)
        except (IMAPClientError, OSError):
            return False
        return True

    def unread(self, address: str, last_uid: int) -> int:
        """Return how many mails its server has above a UID. Raises what IMAP raises."""
        with self.server.client(USERS[address]) as client:
            told = client.folder_status("INBOX", ["UIDNEXT"])
        return int(told[b"UIDNEXT"]) - 1 - last_uid

    def seen(self, address: str) -> Seen:
        """Return a mailbox as it is now."""
        with self.server.client(USERS[address]) as client:
            told = client.folder_status("INBOX", ["UIDNEXT", "UIDVALIDITY", "MESSAGES"])
        folder = self._folder(address)
        files = [file for file in folder.rglob("*") if file.parent.name in {"new", "cur"}]
        marks = Counter(mark_in(_head(file)) for file in files)
        validity, following = int(told[b"UIDVALIDITY"]), int(told[b"UIDNEXT"])
        return Seen(address, validity, following, int(told[b"MESSAGES"]), marks)

    def end(self) -> None:
        """End it, and leave nothing behind."""
        if self.alive():
            self.server.stop()
        shutil.rmtree(self.server.folder, ignore_errors=True)

    def _folder(self, address: str) -> Path:
        return self.server.folder / "mail" / USERS[address]

    def _give(self, path: Path) -> None:
        """Make a file the IMAP server's, as that of all its mail."""
        owner = (self.server.folder / "mail").stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def boxes_here() -> Boxes | None:
    """Return mailboxes on a server of their own; nothing where there is none to run."""
    return Boxes() if program() else None


def mark_in(head: bytes) -> str:
    """Return the mark of a mail of ours by its first bytes; nothing in any other."""
    found = MARK.search(head)
    return found[1].decode() if found else ""


def _head(file: Path) -> bytes:
    with file.open("rb") as begun:
        return begun.read(HEAD)


def _end(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


__all__ = [
    "ANSWERED",
    "HELP",
    "PASSWORD",
    "SUPPORT",
    "USERS",
    "Boxes",
    "Hit",
    "Seen",
    "boxes_here",
]
