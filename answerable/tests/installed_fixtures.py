"""An installation that was started once in a run: the tests of all its processes copy it."""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

import pytest

from answerable.cli.tests.running import Up
from answerable.tests.database_fixtures import run_folder


@pytest.fixture(scope="session")
def installed() -> tuple[Path, list[str]]:
    """A data folder after its first start, without the demo, and what that start said.

    To be copied, and not to be used.
    """
    data, said = run_folder() / "installed", run_folder() / "installed.log"
    with (run_folder() / "installed.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text("\n".join(_first_start(data)))
    return data, said.read_text().split("\n")


def copied(data: Path, to: Path) -> Path:
    """Copy a data folder with its owners: PostgreSQL insists on its own."""
    subprocess.run(["cp", "-a", str(data), str(to)], check=True)
    return to


def _first_start(data: Path) -> list[str]:
    first = Up(data, "--empty")
    try:
        return first.ready().lines
    finally:
        first.press_ctrl_c()
