"""`up` keeps everything running, and nothing runs on without it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from bench.browser import Browser, Unreachable
from bench.installation import wait_for
from bench.up import Up
from faults.scenarios.trial import Trial, folder, until_taken

NAMES = ("web", "mail", "work", "watch")
ENDED_SECONDS = 15.0


def everything_comes_back(trial: Trial) -> None:
    """`up` starts again whatever was killed, PostgreSQL too."""
    with folder() as data:
        up = Up(data, "--empty").ready()
        try:
            for name in NAMES:
                _kill_one(trial, up, name)
            _kill_postgres(trial, up)
        finally:
            up.end()


def nothing_outlives_up(trial: Trial) -> None:
    """When `up` itself is killed, its processes end, and the next start is as always."""
    with folder() as data:
        up = Up(data, "--empty").ready()
        until_taken(up.mail, "before")
        ours = {pid for pid, name in up.family().items() if name in NAMES}
        os.kill(up.running.pid, signal.SIGKILL)
        up.running.wait()
        began = time.monotonic()
        wait_for("the processes to end", lambda: not any(map(_runs, ours)), ENDED_SECONDS)
        trial.note(f"All had ended {time.monotonic() - began:.1f} s after `up` was killed.")
        again = Up(data, "--empty").ready()
        try:
            trial.need(_serves(again.web)(), "The pages did not come back.")
            until_taken(again.mail, "after")
        finally:
            theirs = again.family()
            again.end()
        left = [pid for pid in theirs if _runs(pid)]
        trial.need(not left, f"{len(left)} processes were left running.")


def _kill_one(trial: Trial, up: Up, name: str) -> None:
    before = _numbers(up, name)
    trial.need(len(before) == 1, f"{name} runs {len(before)} times.")
    os.kill(before[0], signal.SIGKILL)
    took = wait_for(f"{name} to come back", lambda: _numbers(up, name) not in ([], before))
    if name == "web":
        took += wait_for("the pages", _serves(up.web))
    if name == "mail":
        took += until_taken(up.mail, "after-mail-was-killed")
    trial.note(f"{name} was back {took:.1f} s after it was killed.")


def _kill_postgres(trial: Trial, up: Up) -> None:
    until_taken(up.mail, "before-postgres")
    postmaster = _numbers(up, "PostgreSQL")[0]
    os.kill(postmaster, signal.SIGKILL)
    took = wait_for("PostgreSQL", lambda: postmaster not in _numbers(up, "PostgreSQL"))
    took += until_taken(up.mail, "after-postgres")
    took += wait_for("the pages", _serves(up.web))
    trial.need(_serves(up.web)(), "The pages did not come back.")
    trial.note(f"Mail and pages were back {took:.1f} s after PostgreSQL was killed.")


def _numbers(up: Up, name: str) -> list[int]:
    return [pid for pid, found in up.family().items() if found == name]


def _serves(port: int) -> Callable[[], bool]:
    def ask() -> bool:
        try:
            return Browser(port).get("/health/ready").status == 200
        except Unreachable:
            return False

    return ask


def _runs(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
