"""The outgoing mail server of the fault run: it writes down what it accepts before it says 250.

Each accepted mail is a line of JSON. As real servers do, it thinks for a moment about a
recipient, so that whoever is killed is often in conversation, and puts one mail in twenty off.
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
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PUT_OFF = 0.05
LONGEST_THOUGHT = 0.15


class Keeper:
    """Writes each mail down, flushed to the disk, and only then accepts it."""

    def __init__(self, record: Path, seed: int) -> None:
        self.record = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self.random = random.Random(seed)  # noqa: S311  # Faults, not secrets.

    async def handle_RCPT(  # noqa: N802  # The name is aiosmtpd's.
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        await asyncio.sleep(self.random.uniform(0, LONGEST_THOUGHT))
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Go on"

    async def handle_DATA(  # noqa: N802  # The name is aiosmtpd's.
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.random.random() < PUT_OFF:
            return "451 4.3.0 Try again later"
        line = json.dumps(self._facts(envelope)) + "\n"
        os.write(self.record, line.encode())
        os.fsync(self.record)
        return "250 2.0.0 Accepted"

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


def main(arguments: list[str]) -> int:
    """Serve on the port until asked to end: python -m faults.sink PORT FILE SEED."""
    port, record, seed = int(arguments[0]), Path(arguments[1]), int(arguments[2])
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    controller = Controller(Keeper(record, seed), hostname="127.0.0.1", port=port)
    controller.start()
    ended.wait()
    controller.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
