"""`answerable up`: everything, started in order, kept running, ended together.

This process never loads Django: it stays small, and starts at once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from answerable.cli import ground, ports
from answerable.cli.asked import Asked
from answerable.cli.children import CANNOT_RUN, Children, shorten_logs
from answerable.cli.say import complain, say
from answerable.cli.wrong import Explained, Wrong
from answerable.lib import postgres

READY_SECONDS = 120
LOOK_SECONDS = 0.05
TEND_SECONDS = 1.0
LOGS_SECONDS = 60.0
MAIL_HOST = "ANSWERABLE_MAIL_HOST"


def run(options: argparse.Namespace) -> int:
    """Start everything and stay until asked to end; return 0 then."""
    asked = Asked()
    data = ground.lay(Path(options.data))
    with ground.only_one(data):
        ground.need_room(data)
        os.environ.setdefault(MAIL_HOST, "127.0.0.1")
        ports.need_free(options.host, options.port, "--port")
        ports.need_free(os.environ[MAIL_HOST], options.mail_port, "--mail-port")
        os.environ.setdefault("ANSWERABLE_URL", f"http://127.0.0.1:{options.port}")
        os.environ["ANSWERABLE_MAIL_PORT"] = str(options.mail_port)
        return Up(options, data, asked).run()


class Up:
    """One run of `up`: the server that is ours, and the processes."""

    def __init__(self, options: argparse.Namespace, data: Path, asked: Asked) -> None:
        self.options = options
        self.data = data
        self.asked = asked
        self.server: postgres.Server | None = None
        self.children = Children()
        self.postgres_again_at = 0.0

    def run(self) -> int:
        """Start, stay, and end whatever was started, however this goes."""
        try:
            self._start()
            while not self.asked.wait(TEND_SECONDS):
                self._tend()
        except _Ended:
            pass
        finally:
            self._end()
        return 0

    def _start(self) -> None:
        first = not (self.data / "postgres").exists()
        if not ground.is_named():
            say("Starting PostgreSQL …")
            self.server = postgres.start(self.data, say=say)
            os.environ["ANSWERABLE_DATABASE_URL"] = self.server.url()
        # Loading takes web a second or two. On all starts but the first it may do so at once.
        if not first and not self.options.empty:
            self._web()
        self._prepare()
        say("Starting web, mail, work and watch …")
        if not self.children.all:
            self._web()
        self._child("mail")
        self._until_ready()
        say(f"Answerable is ready at http://127.0.0.1:{self.options.port}")
        say(f"Mail comes in at 127.0.0.1:{self.options.mail_port} (SMTP)")

    def _web(self) -> None:
        self._child("web", "--host", self.options.host, "--port", str(self.options.port))

    def _prepare(self) -> None:
        """Make the database ready, unless a quick look says that it is."""
        empty = ["--empty"] if self.options.empty else []
        if empty or self._run("look"):
            self.children.end()
            if self._run("prepare", *empty):
                raise Wrong("The database could not be made ready.")

    def _run(self, name: str, *arguments: str) -> int:
        """Run a command of ours to its end and return its exit code; 2 it explains itself."""
        process = subprocess.Popen(
            [sys.executable, "-m", "answerable", name, *arguments, "--data", str(self.data)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if name == "look" else None,
            start_new_session=True,
        )
        while process.poll() is None:
            if self.asked.wait(LOOK_SECONDS):
                process.terminate()
                process.wait()
                raise _Ended
        if process.returncode == CANNOT_RUN:
            raise Explained
        return process.returncode

    def _child(self, name: str, *arguments: str) -> None:
        log = self.data / "logs" / f"{name}.log"
        self.children.start(name, *arguments, "--data", str(self.data), log=log)

    def _until_ready(self) -> None:
        """Wait until pages are served and mail is taken in; the rest starts meanwhile."""
        host, mail_host = self.options.host, os.environ[MAIL_HOST]
        deadline = time.monotonic() + READY_SECONDS
        while not ports.web_is_ready(host, self.options.port):
            self._still(deadline, "web")
        for name in ("work", "watch"):
            self._child(name)
        while not ports.mail_is_ready(mail_host, self.options.mail_port):
            self._still(deadline, "mail")

    def _still(self, deadline: float, name: str) -> None:
        if self.asked.wait(LOOK_SECONDS):
            raise _Ended
        refused = self.children.refused()
        if refused:
            raise Wrong(refused.last_words())
        if time.monotonic() > deadline:
            raise Wrong(f"{name} does not answer. Look in {self.data / 'logs'}.")
        self._tend()

    def _tend(self) -> None:
        if (
            self.server
            and not self.server.alive()
            and time.monotonic() > self.postgres_again_at
        ):
            complain("PostgreSQL ended. Starting it again.")
            try:
                self.server = postgres.start(self.data, say=say)
            except postgres.CannotStart as wrong:
                complain(str(wrong))
                self.postgres_again_at = time.monotonic() + 5
        self.children.tend()
        shorten_logs(self.data / "logs")

    def _end(self) -> None:
        before, begun = self.asked.times, bool(self.children.all)
        self.children.end(lambda: self.asked.times > max(before, 1))
        if self.server:
            self.server.stop()
        if begun:
            say("Answerable has stopped.")


class _Ended(Exception):
    """We were asked to end before everything was started."""
