"""The disk is full. A small disk of its own is mounted for this, which takes root."""

from __future__ import annotations

import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from answerable.lib import postgres
from bench.browser import Browser, Unreachable
from bench.installation import NotReady, wait_for
from bench.up import Up
from faults.scenarios.trial import Trial, folder, hand_over, until_taken

SIZE = "400m"
MAILS = 120
LARGE = 400_000  # bytes
HALF_A_MEGABYTE = 2**19
UNREAD = "SELECT FROM email_inboundmail WHERE state = 'stored'"


def full(trial: Trial) -> None:
    """A full disk: mail is put off with 4xx, none that was taken is lost, and room heals it."""
    with folder() as place:
        if not _can_mount(place):
            trial.note("Not tried: mounting a small disk takes root.")
            return
        with _mounted(place):
            up = Up(place, "--empty").ready()
            try:
                _fill_and_free(trial, up, place)
            finally:
                up.end()


def _fill_and_free(trial: Trial, up: Up, place: Path) -> None:
    until_taken(up.mail, "before")
    filler = place / "filler"
    _fill(filler)
    codes = {f"full-{n}": hand_over(up.mail, f"full-{n}", LARGE) for n in range(MAILS)}
    taken = [name for name, code in codes.items() if code == 250]
    put_off = [name for name, code in codes.items() if 400 <= code < 500]
    strange = {
        code for code in codes.values() if code not in {0, 250} and not 400 <= code < 500
    }
    trial.need(bool(put_off), "No mail was put off: the disk was not full.")
    trial.need(not strange, f"The door answered {strange}.")
    trial.note(f"The pages answered {_page(up.web)} meanwhile.")
    filler.unlink()
    began = time.monotonic()
    for name in codes.keys() - set(taken):
        until_taken(up.mail, name, LARGE)
    healed = time.monotonic() - began
    trial.need(_page(up.web) == "200", f"The pages answer {_page(up.web)}.")
    trial.note(
        f"{len(taken)} of {MAILS} mails were taken while it filled, {len(put_off)} put off; "
        f"all were taken {healed:.1f} s after there was room."
    )
    _compare(trial, place, {"before", *codes})


def _compare(trial: Trial, place: Path, names: set[str]) -> None:
    """Each is read, and became one ticket."""
    server = postgres.adopt(place)
    if server is None:
        raise NotReady("PostgreSQL does not run.")
    with psycopg.connect(server.url(), autocommit=True) as wire:
        wait_for("all mail to be read", lambda: not wire.execute(UNREAD).fetchall())
        rows = wire.execute("SELECT subject FROM tickets_ticket").fetchall()
    found = Counter(str(row[0]) for row in rows)
    lost = [name for name in names if not found[name]]
    twice = [name for name in names if found[name] > 1]
    trial.need(not lost, f"{len(lost)} mails were lost.")
    trial.need(not twice, f"{len(twice)} mails are two tickets.")


def _page(port: int) -> str:
    try:
        return str(Browser(port).get("/health/ready").status)
    except Unreachable:
        return "nothing"


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * HALF_A_MEGABYTE)
        except OSError:
            return


def _can_mount(place: Path) -> bool:
    return os.geteuid() == 0 and Path("/bin/mount").exists() and place.exists()


@contextmanager
def _mounted(place: Path) -> Iterator[None]:
    subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", str(place)],
        check=True,
    )
    try:
        yield
    finally:
        subprocess.run(["/bin/umount", "--lazy", str(place)], check=True)
