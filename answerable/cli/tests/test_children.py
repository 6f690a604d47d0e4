"""What `up` starts, it ends, also what hangs."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from answerable.cli import children
from answerable.cli.children import Child, Children
from answerable.cli.tests.running import until

DEAF = """
import signal, time
signal.signal(15, signal.SIG_IGN)
print("up", flush=True)
time.sleep(600)
"""


def test_it_ends_by_force_what_hangs(tmp_path: Path) -> None:
    log = tmp_path / "deaf.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", DEAF], stdout=out, start_new_session=True
        )
    until(lambda: b"up" in log.read_bytes(), "it does not listen any more")
    deaf = Child("deaf", [], log, process)
    Children([deaf], patience=0.1).end()
    assert process.returncode == -signal.SIGKILL


def test_it_hurries_when_asked_twice(tmp_path: Path) -> None:
    log = tmp_path / "deaf.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", DEAF], stdout=out, start_new_session=True
        )
    until(lambda: b"up" in log.read_bytes(), "it does not listen any more")
    Children([Child("deaf", [], log, process)], patience=3600).end(lambda: True)
    assert process.returncode == -signal.SIGKILL


def test_it_keeps_a_long_log_in_two_pieces(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.write_bytes(b"x" * (children.LONGEST_LOG + 1))
    with log.open("ab") as writer:
        children.shorten_logs(tmp_path)
        writer.write(b"goes on")
    assert log.read_bytes() == b"goes on"
    assert (tmp_path / "web.log.1").stat().st_size == children.LONGEST_LOG + 1
