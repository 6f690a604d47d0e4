"""The installation that is under fire: every process by name, killed and started again."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from answerable.lib import postgres
from bench.installation import Installation, Process, answers, free_port, wait_for
from faults.boxes import Boxes, Hit
from faults.relay import Relay
from faults.sink import Moment

RELAY = "the SMTP server"
OPEN_SECONDS = 180.0
BACKENDS = ("client backend", "checkpointer", "walwriter", "autovacuum launcher")


@dataclass(frozen=True, slots=True)
class Ports:
    """Where everything is found on the loopback."""

    web: int
    mail: tuple[int, ...]
    lmtp: tuple[int, ...]
    sink: int

    @classmethod
    def beside(cls, web: int, sink: int, doors: int) -> Ports:
        """Return these two, and ports that nobody uses now for so many mail doors."""
        mail, lmtp = (tuple(free_port() for _ in range(doors)) for _ in range(2))
        return cls(web, mail, lmtp, sink)


@dataclass(slots=True)
class House:
    """Starts the processes, and starts again whatever was killed.

    There are as many workers and watches as mail doors. Beside them run the servers of others:
    the one that takes our mail, and that of our mailboxes where there is one.
    """

    installation: Installation
    ports: Ports
    seed: int
    boxes: Boxes | None = None
    processes: dict[str, Process] = field(default_factory=dict)
    starts: dict[str, Callable[[], Process]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def record(self) -> Path:
        """The file in which the outgoing server writes what it accepted."""
        return self.installation.folder / "sink.jsonl"

    @property
    def relay(self) -> Relay:
        """The server that takes our mail."""
        return Relay(self.ports.sink, self.record, self.seed)

    def open(self) -> None:
        """Start everything and wait until it answers."""
        self.starts[RELAY] = self._start_relay
        self.processes[RELAY] = self._start_relay()
        self._name("web", "web", "--port", str(self.ports.web))
        for number, (port, local) in enumerate(
            zip(self.ports.mail, self.ports.lmtp, strict=True), 1
        ):
            doors = {"ANSWERABLE_MAIL_PORT": str(port)}
            doors["ANSWERABLE_MAIL_LMTP"] = f"127.0.0.1:{local}"
            self._name(f"mail {number}", "mail", **doors)
        for number in range(1, len(self.ports.mail) + 1):
            self._name(f"work {number}", "work")
            self._name(f"watch {number}", "watch")
        ports = self.ports
        for port in (ports.sink, ports.web, *ports.mail, *ports.lmtp):
            wait_for(f"port {port}", answers(port), OPEN_SECONDS)

    def kill(self, name: str, down: float) -> bool:
        """Kill a process in whatever it does, and start it again after so many seconds.

        Say whether it was alive: one that had ended by itself is left for `revive` to tell of.
        """
        with self.lock:
            if not self.processes[name].alive():
                return False
            self.processes[name].kill()
            time.sleep(down)
            self.processes[name] = self.starts[name]()
        return True

    def kill_relay(self, moment: Moment, down: float) -> bool:
        """Have the server that takes our mail die over a mail; say whether one came by."""
        with self.lock:
            died = self.relay.dies_at(moment, self.processes[RELAY])
            if died:
                time.sleep(down)
                self.processes[RELAY] = self.starts[RELAY]()
        return died

    def kill_boxes(self, hit: Hit, chance: random.Random, down: float) -> bool:
        """Kill the server of our mailboxes, or a part of it; say whether it was alive."""
        with self.lock:
            return self.boxes is not None and self.boxes.kill(hit, chance, down)

    def kill_backend(self, choose: Callable[[list[int]], int]) -> bool:
        """Kill one of PostgreSQL's own processes; say whether one was alive."""
        with self.lock, suppress(psycopg.Error):
            with psycopg.connect(self.installation.server.url()) as wire:
                found = wire.execute(
                    "SELECT pid FROM pg_stat_activity WHERE backend_type = ANY(%s)"
                    " AND pid <> pg_backend_pid()",
                    [list(BACKENDS)],
                ).fetchall()
            pids = [int(row[0]) for row in found]
            return bool(pids) and _end(choose(pids))
        return False

    def kill_postgres(self, down: float) -> bool:
        """Kill the whole PostgreSQL as a power cut would, and start it again.

        Say whether it was alive.
        """
        with self.lock:
            killed = _end(self.installation.server.pid)
            if self.installation.server.process:
                self.installation.server.process.wait()
            time.sleep(down)
            self._start_postgres()
        return killed

    def restart_postgres(self) -> None:
        """Restart PostgreSQL as an operator would."""
        with self.lock:
            self.installation.server.stop()
            self._start_postgres()

    def revive(self) -> list[str]:
        """Start whatever ended by itself, and return its name: nothing should."""
        with self.lock:
            ended = [name for name, process in self.processes.items() if not process.alive()]
            for name in ended:
                self.processes[name] = self.starts[name]()
            if self.boxes and not self.boxes.alive():
                ended.append(Hit.ALL)
                self.boxes.start()
        return ended

    def close(self) -> None:
        """Ask every process to end in peace, those of others last."""
        for process in reversed(self.processes.values()):
            process.stop()

    def _start_relay(self) -> Process:
        process = self.relay.start()
        self.installation.started.append(process)
        return process

    def _start_postgres(self) -> None:
        self.installation.server = postgres.start(self.installation.folder)

    def _name(self, name: str, *arguments: str, **environment: str) -> None:
        def start() -> Process:
            return self.installation.start(*arguments, name=name, **environment)

        self.starts[name] = start
        self.processes[name] = start()


def _end(pid: int) -> bool:
    """Kill a process; say whether there was one."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False
