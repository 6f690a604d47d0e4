"""A throwaway installation: a folder of its own, PostgreSQL, and the processes one needs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import django

from answerable.lib import postgres

ROOT = Path(__file__).parent.parent
START_SECONDS = 60.0
STOP_SECONDS = 8.0
# Nobody writes to this pipe: what we started reads its end when we are gone, and ends too.
OURS = os.pipe()


class NotReady(Exception):
    """Something that should have come up did not; the words say what."""


class Process:
    """One of our commands, running, with its lines in a file."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as out:
            self.running = subprocess.Popen(
                command,
                env={**environment, "ANSWERABLE_PARENT_PIPE": str(OURS[0])},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                pass_fds=[OURS[0]],
            )

    @property
    def pid(self) -> int:
        """The process's number."""
        return self.running.pid

    def alive(self) -> bool:
        """Say whether it still runs."""
        return self.running.poll() is None

    def kill(self) -> None:
        """End it as a power cut would: no handler runs."""
        with suppress(ProcessLookupError):
            self.running.send_signal(signal.SIGKILL)
        self.running.wait()

    def stop(self) -> None:
        """Ask it to end, and end it when it does not."""
        self.running.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(STOP_SECONDS)
        self.kill()


@dataclass(slots=True)
class Installation:
    """The folder, the database server, and what has been started on them."""

    folder: Path
    server: postgres.Server
    settings: dict[str, str] = field(default_factory=dict)
    started: list[Process] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What every command is told: nothing of the caller's own Answerable."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("ANSWERABLE_")}
        ours = {
            "ANSWERABLE_DATA": str(self.folder),
            "ANSWERABLE_DATABASE_URL": self.server.url(),
            "ANSWERABLE_SECOND_FACTOR": "optional",
            "PYTHONUNBUFFERED": "1",
        }
        return kept | ours | self.settings

    def use(self) -> None:
        """Let this process itself use the installation: Django is set up here."""
        for name in [name for name in os.environ if name.startswith("ANSWERABLE_")]:
            del os.environ[name]
        os.environ.update(self.environment)
        os.environ["ANSWERABLE_SECRET_KEY_FILE"] = str(self.folder / "secret-key")
        os.environ.setdefault("ANSWERABLE_LOG_LEVEL", "WARNING")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.settings")
        django.setup()

    def run(self, *arguments: str) -> str:
        """Run one command to its end and return what it said; raise NotReady when it fails."""
        done = subprocess.run(
            [*command(), *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NotReady(f"{arguments[0]}: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def start(self, *arguments: str, name: str = "", **environment: str) -> Process:
        """Start one command and return it; its lines go to a file of the folder."""
        log = self.folder / "logs" / f"{name or arguments[0]}.log"
        log.parent.mkdir(exist_ok=True)
        process = Process([*command(), *arguments], self.environment | environment, log)
        self.started.append(process)
        return process

    def end(self) -> None:
        """End all that was started, the database last."""
        for process in self.started:
            process.kill()
        self.server.stop()


@contextmanager
def throwaway(
    *,
    database: dict[str, str] | None = None,
    settings: dict[str, str] | None = None,
    keep: bool = False,
    like: Path | None = None,
) -> Iterator[Installation]:
    """Give an empty installation that is ready to use, and leave nothing behind.

    `database` are PostgreSQL's settings, `settings` are ours, laid over the usual ones. `keep`
    leaves its folder, to look at what was written. `like` is the data folder of an empty
    installation that does not run: a copy of it takes less time than a new one.
    """
    folder = Path(tempfile.mkdtemp(prefix="answerable-"))
    folder.chmod(0o755)
    try:
        if like:
            # PostgreSQL insists on the owner of its files.
            subprocess.run(["/bin/cp", "-a", f"{like}/.", str(folder)], check=True)
        server = postgres.start(folder, settings=database)
        installation = Installation(folder, server, settings or {})
        try:
            if not like:
                installation.run("prepare", "--empty")
            yield installation
        finally:
            installation.end()
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def command() -> list[str]:
    """Return how the command line is called with this very Python."""
    return [sys.executable, "-m", "answerable"]


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(what: str, ready: Callable[[], bool], seconds: float = START_SECONDS) -> float:
    """Wait until something is ready and return how long it took. Raises NotReady."""
    begun = time.monotonic()
    while not ready():
        if time.monotonic() - begun > seconds:
            raise NotReady(f"Waited {seconds:.0f} s for {what}.")
        time.sleep(0.01)
    return time.monotonic() - begun


def answers(port: int) -> Callable[[], bool]:
    """Return a question: does anybody listen on this port of the loopback?"""

    def ask() -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return True
        except OSError:
            return False

    return ask
