"""Mails to durable tickets per CPU-second: by SMTP and by import; and large ones."""

from __future__ import annotations

import signal
import smtplib
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

import psycopg

from bench.installation import (
    Installation,
    Process,
    answers,
    free_port,
    throwaway,
    wait_for,
)
from bench.letters import letter
from bench.mail_large import measure_in, measure_out
from bench.mail_past import measure_import
from bench.measure import Figure, arguments, report, single
from bench.processes import cpu_of_family, cpu_seconds

SUPPORT = "support@answerable.example"
CONNECTIONS = 8
WARM = 100
# No server listens there: what is queued to be sent waits, and is measured by itself.
NOBODY = "smtp://127.0.0.1:9"
PATIENCE = 600.0
SETTLED = 8.0
PEOPLE = """
    INSERT INTO accounts_customer (name, domains, zone, language, created_at)
    SELECT 'Customer', ARRAY['customer.example'], 'Europe/Berlin', 'en', now();
    INSERT INTO accounts_contact
      (name, email, product_role, seat, zone, language, created_at, customer_id)
    SELECT 'Person ' || i, 'person' || i || '@customer.example', 'member', 'paid',
      'Europe/Berlin', 'en', now(), (SELECT max(id) FROM accounts_customer)
    FROM generate_series(0, 999) AS i;
"""
LEFT = "SELECT count(*) FROM email_inboundmail WHERE state = 'stored'"
HELD = "UPDATE email_outgoingmail SET next_try_at = now() WHERE settled_at IS NULL"
UNSENT = "SELECT count(*) FROM email_outgoingmail WHERE settled_at IS NULL"
TICKETS = "SELECT count(*) FROM tickets_ticket"

Wire = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds so far: of the door, of the worker, of PostgreSQL; and the time."""

    door: float
    worker: float
    database: float
    at: float


@dataclass(frozen=True, slots=True)
class Office:
    """What is measured, and how it is asked."""

    port: int
    door: Process
    worker: Process
    database: int
    wire: Wire

    def spent(self) -> Spent:
        """Return what everything took so far."""
        return Spent(
            cpu_seconds(self.door.pid),
            cpu_of_family(self.worker.pid),  # with the process that reads mails for it
            cpu_of_family(self.database),
            time.monotonic(),
        )

    def count(self, query: str) -> int:
        """Return the number that a query counts."""
        return int((self.wire.execute(query.encode()).fetchone() or [0])[0])


def main(argv: Sequence[str]) -> None:
    """Send mails over eight connections, and report what each stage took."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--mails", type=int, default=2000, help="how many are sent")
    parser.add_argument("--past", type=int, default=6000, help="how many are imported")
    options = parser.parse_args(argv)
    with throwaway() as installation:
        office = _open(installation)
        with office.wire:
            _send(office, range(WARM))
            _handled(office)
            figures = _measure(office, options.mails)
            handled = partial(_handled, office)
            figures += measure_in(office.port, office.door, office.worker, handled)
            figures.append(_measure_sending(office, installation))
            figures += measure_out(installation)
            for process in installation.started:
                process.stop()
            figures += measure_import(installation, options.past)
            report("mail", figures, options.json)


def _open(installation: Installation) -> Office:
    installation.use()
    import_module("bench.people").agent_and_contact()
    wire = psycopg.connect(installation.server.url(), autocommit=True)
    wire.execute(PEOPLE)
    port = free_port()
    door = installation.start("mail", ANSWERABLE_MAIL_PORT=str(port))
    worker = installation.start("work", ANSWERABLE_MAIL_URL=NOBODY)
    wait_for("the door", answers(port))
    return Office(port, door, worker, installation.server.pid, wire)


def _measure(office: Office, mails: int) -> list[Figure]:
    """The worker is halted while mails are stored, so that each stage is known alone."""
    before, tickets = office.spent(), office.count(TICKETS)
    office.worker.running.send_signal(signal.SIGSTOP)
    _send(office, range(WARM, WARM + mails))
    stored = office.spent()
    office.worker.running.send_signal(signal.SIGCONT)
    _handled(office)
    made, done = office.count(TICKETS) - tickets, office.spent()
    ours = done.door - before.door + done.worker - before.worker
    with_database = ours + done.database - before.database
    return [
        single(
            "Mails to durable tickets, per CPU-second of door and worker", made / ours, "/s"
        ),
        single("… counting PostgreSQL's too", made / with_database, "/s"),
        single(
            "Mails stored, per CPU-second of the door",
            mails / (stored.door - before.door),
            "/s",
        ),
        single(
            "Tickets, per CPU-second of the worker", made / (done.worker - stored.worker), "/s"
        ),
        single("Mails stored, as time passes", mails / (stored.at - before.at), "/s"),
        single(
            "Tickets made by one worker, as time passes", made / (done.at - stored.at), "/s"
        ),
    ]


def _measure_sending(office: Office, installation: Installation) -> Figure:
    """Let a worker that can send take the acknowledgements that waited."""
    office.worker.stop()
    worker = installation.start("work")
    time.sleep(SETTLED)
    waiting, before = office.count(UNSENT), cpu_seconds(worker.pid)
    office.wire.execute(HELD)
    wait_for("all mail to be sent", lambda: office.count(UNSENT) == 0, PATIENCE)
    rate = waiting / (cpu_seconds(worker.pid) - before)
    worker.stop()
    return single("Acknowledgements to the outbox, per CPU-second of the worker", rate, "/s")


def _send(office: Office, numbers: Sequence[int]) -> None:
    """Send these mails, each connection its share; raises when one is not taken."""
    shares = [numbers[first::CONNECTIONS] for first in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as senders:
        for sent in [senders.submit(_send_share, office.port, share) for share in shares]:
            sent.result()


def _send_share(port: int, numbers: Sequence[int]) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as wire:
        for number in numbers:
            sender = f"person{number % 1000}@customer.example"
            wire.sendmail(sender, [SUPPORT], letter(number, sender, SUPPORT))


def _handled(office: Office) -> None:
    wait_for("all mail to be read", lambda: office.count(LEFT) == 0, PATIENCE)
