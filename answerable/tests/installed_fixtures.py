"""An installation that was started once in a run: the tests of all its processes copy it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from answerable.tests import aside
from answerable.tests.run_fixtures import run_folder

FIXTURES = {"installed": aside.INSTALLED, "fault_run": aside.FAULTS}


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin what tests will ask for."""
    asked = {name for item in session.items for name in getattr(item, "fixturenames", ())}
    wanted = [part for name, part in FIXTURES.items() if name in asked]
    if wanted and not session.config.option.collectonly:
        aside.begin(run_folder(), wanted)


@pytest.fixture(scope="session")
def installed() -> tuple[Path, list[str]]:
    """A data folder after its first start, without the demo, and what that start said.

    To be copied, and not to be used.
    """
    return run_folder() / aside.INSTALLED, aside.outcome(run_folder(), aside.INSTALLED)


@pytest.fixture(scope="session")
def fault_run() -> list[str]:
    """What a short fault run said; it began when the tests did."""
    return aside.outcome(run_folder(), aside.FAULTS)


def copied(data: Path, to: Path) -> Path:
    """Copy a data folder with its owners: PostgreSQL insists on its own."""
    subprocess.run(["cp", "-a", str(data), str(to)], check=True)
    return to
