"""Mails of the past by `answerable mail import`: how many per CPU-second, and their memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from bench.installation import Installation, NotReady, Process
from bench.letters import letter
from bench.measure import Figure, single
from bench.processes import children, cpu_of_family, memory

LOOK_SECONDS = 0.05
BEGAN = datetime(2024, 1, 1, 9, tzinfo=UTC)
SUPPORT = "support@answerable.example"
# Of three mails one begins a conversation and two go on with it.
A_CONVERSATION = 3


@dataclass(slots=True)
class Watched:
    """What a process took while it was looked at, every fiftieth of a second."""

    cpu: float = 0.0
    resident: list[float] = field(default_factory=list)

    def peaks(self) -> tuple[float, float]:
        """Return the most memory in the second fifth of its time, and in the last fifth."""
        fifth = max(len(self.resident) // 5, 1)
        return max(self.resident[fifth : 2 * fifth] or [0.0]), max(self.resident[-fifth:])


def measure_import(installation: Installation, count: int) -> list[Figure]:
    """Import so many mails of an mbox, and report what that took. Nothing else may run."""
    box = installation.folder / "archive.mbox"
    with box.open("wb") as file:
        for mail in _mails(count):
            file.write(mail)
    before, begun = cpu_of_family(installation.server.pid), time.monotonic()
    process = installation.start("mail", "import", str(box), name="import")
    watched = _watched(process)
    seconds = time.monotonic() - begun
    database = cpu_of_family(installation.server.pid) - before
    early, late = watched.peaks()
    return [
        single("Mails imported into threads, per CPU-second", count / watched.cpu, "/s"),
        single("… counting PostgreSQL's too", count / (watched.cpu + database), "/s"),
        single("Mails imported, as time passes", count / seconds, "/s"),
        single("Memory of the import, after a fifth of its time", early, "MB"),
        single("Memory of the import, in the last fifth", late, "MB"),
    ]


def _watched(process: Process) -> Watched:
    watched = Watched()
    while process.alive():
        try:
            # With the process that reads mails for it.
            watched.cpu = cpu_of_family(process.pid)
            family = [process.pid, *children(process.pid)]
            watched.resident.append(sum(memory(pid)[0] for pid in family))
        except (OSError, KeyError, ValueError):
            break  # It ends.
        time.sleep(LOOK_SECONDS)
    if process.running.wait():
        raise NotReady(f"The import failed: {Path(process.log).read_text()[-2000:]}")
    return watched


def _mails(count: int) -> Iterator[bytes]:
    for number in range(count):
        sender = f"person{number // A_CONVERSATION % 1000}@customer.example"
        raw = letter(number, sender, SUPPORT).replace(b"\r\n", b"\n")
        at = BEGAN + timedelta(minutes=number)
        raw = raw.replace(b"Date: Mon, 20 Oct 2025 10:00:00 +0200", b"Date: " + _date(at))
        if number % A_CONVERSATION:
            raw = f"References: <bench-{number - 1}@customer.example>\n".encode() + raw
        yield f"From {sender} {at:%a %b %d %H:%M:%S %Y}\n".encode() + raw + b"\n"


def _date(at: datetime) -> bytes:
    return format_datetime(at).encode()
