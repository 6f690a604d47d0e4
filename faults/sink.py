"""The outgoing mail server of the fault run: it writes down what it accepts before it says 250.

Each mail that it keeps is a line of JSON, and so is each 250 that it has said. As real servers
do, it thinks for a moment about a recipient, so that whoever is killed is often in
conversation, and puts one mail in twenty off. It can be told to die by itself at a moment that
nobody hits from outside, and then ends as by `kill -9`: no handler runs.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import threading
import time
from email import message_from_bytes, policy
from enum import StrEnum
from pathlib import Path
from typing import Any, AnyStr

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PUT_OFF = 0.05
LONGEST_THOUGHT = 0.15
GO_ON, ACCEPTED, LATER = "354", "250 2.0.0 Accepted", "451 4.3.0 Try again later"


class Moment(StrEnum):
    """When it is to die: while a mail comes in, when it has all of it, or when it is kept."""

    IN_DATA = "in DATA"
    AFTER_DATA = "after DATA"
    BEFORE_250 = "before its 250"


def order_beside(record: Path) -> Path:
    """Return the file that says at which moment the server dies."""
    return record.with_suffix(".order")


class Keeper:
    """Writes each mail down, flushed to the disk, and only then accepts it."""

    def __init__(self, record: Path, seed: int, *, is_calm: bool = False) -> None:
        self.record = os.open(record, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        self.order = order_beside(record)
        self.thought, self.put_off = (0.0, 0.0) if is_calm else (LONGEST_THOUGHT, PUT_OFF)
        self.random = random.Random(f"{seed} {time.time()}")  # noqa: S311  # Faults, not secrets.
        self._end_line()

    async def handle_RCPT(  # noqa: N802  # The name is aiosmtpd's.
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        await asyncio.sleep(self.random.uniform(0, self.thought))
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Go on"

    async def handle_DATA(  # noqa: N802  # The name is aiosmtpd's.
        self, server: Conversation, session: Session, envelope: Envelope
    ) -> str:
        self.die_if(Moment.AFTER_DATA)
        if self.random.random() < self.put_off:
            return LATER
        facts = self._facts(envelope)
        self.write(facts)
        os.fsync(self.record)
        self.die_if(Moment.BEFORE_250)
        server.kept = str(facts["id"])
        return ACCEPTED

    def write(self, facts: dict[str, object]) -> None:
        """Write a line. What a killed process has written, the system keeps."""
        os.write(self.record, (json.dumps(facts) + "\n").encode())

    def die_if(self, moment: Moment) -> None:
        """Die if this is the moment."""
        if self.order.exists() and self.order.read_text() == moment:
            self.order.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    def _end_line(self) -> None:
        """End a line that was cut off in its middle."""
        size = os.fstat(self.record).st_size
        if size and os.pread(self.record, 1, size - 1) != b"\n":
            os.write(self.record, b"\n")

    def _facts(self, envelope: Envelope) -> dict[str, object]:
        raw = envelope.original_content or b""
        mail = message_from_bytes(raw, policy=policy.default)
        body = mail.get_body(("plain",))
        return {
            "at": time.time(),
            "id": str(mail["Message-ID"] or "").strip(),
            "to": [str(address) for address in envelope.rcpt_tos],
            "from": str(mail["From"] or ""),
            "reply_to": str(mail["Reply-To"] or mail["From"] or ""),
            "subject": str(mail["Subject"] or ""),
            "text": body.get_content() if body else "",
        }


class Conversation(SMTP):
    """One connection: it dies as a mail comes in, if so told, and notes that it said 250."""

    event_handler: Keeper
    kept = ""  # the mail that is on disk and not acknowledged yet
    takes_mail = False

    async def push(self, status: AnyStr) -> None:
        """Answer, and note what was acknowledged."""
        await super().push(status)
        said = status if isinstance(status, str) else status.decode()
        self.takes_mail = said.startswith(GO_ON)
        if said == ACCEPTED:
            self.event_handler.write({"said": self.kept})

    def data_received(self, data: bytes) -> None:
        """Take bytes in."""
        if self.takes_mail:
            self.event_handler.die_if(Moment.IN_DATA)
        super().data_received(data)


class Server(Controller):
    """Listens."""

    def factory(self) -> Conversation:
        """Return what speaks on a new connection."""
        return Conversation(self.handler, **self.SMTP_kwargs)


def main(arguments: list[str]) -> int:
    """Serve on the port until asked to end: python -m faults.sink PORT FILE SEED [calm]."""
    port, record, seed = int(arguments[0]), Path(arguments[1]), int(arguments[2])
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    threading.Thread(target=_end_when_orphaned, daemon=True).start()
    keeper = Keeper(record, seed, is_calm="calm" in arguments)
    controller = Server(keeper, hostname="127.0.0.1", port=port)
    controller.start()
    ended.wait()
    controller.stop()
    return 0


def _end_when_orphaned() -> None:
    """End with the fault run, however it ends: it never writes to this pipe."""
    pipe = os.environ.get("ANSWERABLE_PARENT_PIPE", "")
    if pipe and not os.read(int(pipe), 1):
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
