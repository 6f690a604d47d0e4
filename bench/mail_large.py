"""A large file by mail, in and out: by how much each process grows for it, at most."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from importlib import import_module
from typing import Any
from urllib.request import urlopen

from aiosmtpd.controller import Controller

from bench.installation import Installation, Process, answers, free_port, wait_for
from bench.measure import Figure, single
from bench.processes import Peak, children

PATIENCE = 120.0
MEGABYTE = 1024 * 1024
LARGE = 25 * MEGABYTE
# A process learns to do it by a small one, so that what it loads for that is not counted.
SMALL = MEGABYTE
PERSON, SUPPORT = "person1@customer.example", "support@answerable.example"

Handled = Callable[[], None]


def measure_in(port: int, door: Process, worker: Process, handled: Handled) -> list[Figure]:
    """Send a mail with a file of 25 MB, and see by how much the most memory grew."""
    _send(port, SMALL)
    handled()
    (reader,) = children(worker.pid)
    peaks = [Peak(door.pid), Peak(worker.pid), Peak(reader)]
    begun = time.monotonic()
    size = _send(port, LARGE) / MEGABYTE
    seconds = time.monotonic() - begun
    handled()
    grown = [peak.grown() / size for peak in peaks]
    return [
        single(f"A mail of {size:.0f} MB, until it is acknowledged", seconds, "s"),
        single("… the door grew by, of the mail's size", grown[0], "times"),
        single("… the worker grew by", grown[1], "times"),
        single("… the process that reads for it grew by", grown[2], "times"),
    ]


def measure_out(installation: Installation) -> list[Figure]:
    """Send the largest file that goes into a mail, and serve one that does not."""
    most = import_module("answerable.channels.email.enclosing").MOST_IN_MAIL
    answer_with = import_module("bench.writing").answer_with
    with _server() as (port, received):
        worker = installation.start("work", ANSWERABLE_MAIL_URL=f"smtp://127.0.0.1:{port}")
        answer_with(SMALL)
        wait_for("a small file to be sent", lambda: _largest(received) > SMALL, PATIENCE)
        peak = Peak(worker.pid)
        answer_with(most)
        wait_for("a large file to be sent", lambda: _largest(received) > most, PATIENCE)
        size = _largest(received) / MEGABYTE
        sent = single(
            f"A reply of {size:.0f} MB: the worker grew by, of its size",
            peak.grown() / size,
            "times",
        )
        worker.stop()
    return [sent, _measure_served(installation, answer_with)]


def _measure_served(installation: Installation, answer_with: Callable[[int], str]) -> Figure:
    port = free_port()
    web = installation.start("web", "--port", str(port))
    wait_for("the pages", answers(port))
    _fetch(port, answer_with(SMALL))
    peak = Peak(web.pid)
    size = _fetch(port, answer_with(LARGE)) / MEGABYTE
    words = f"A file of {size:.0f} MB from the pages: they grew by, of its size"
    figure = single(words, peak.grown() / size, "times")
    web.stop()
    return figure


def _send(port: int, size: int) -> int:
    """Send a mail with a file by SMTP, and return how long the mail is."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = PERSON, SUPPORT, "A file"
    mail.add_attachment(bytes(size), "application", "octet-stream", filename="rows.bin")
    raw = mail.as_bytes().replace(b"\n", b"\r\n")
    with smtplib.SMTP("127.0.0.1", port, timeout=120) as wire:
        wire.sendmail(PERSON, [SUPPORT], raw)
    return len(raw)


@contextmanager
def _server() -> Iterator[tuple[int, list[int]]]:
    """Give the port of a mail server that takes all, and the lengths of what it took."""
    received: list[int] = []

    class Taking:
        async def handle_DATA(self, *told: Any) -> str:  # noqa: N802  aiosmtpd calls it so
            received.append(len(told[-1].content))
            return "250 OK"

    server = Controller(Taking(), hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        yield server.port, received
    finally:
        server.stop()


def _largest(received: list[int]) -> int:
    return max(received, default=0)


def _fetch(port: int, address: str) -> int:
    """Fetch a file as a browser does, and return how long it is."""
    size = 0
    with urlopen(f"http://127.0.0.1:{port}{address}") as answer:
        while piece := answer.read(MEGABYTE):
            size += len(piece)
    return size
