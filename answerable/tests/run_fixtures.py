"""A folder for what all processes of a run share, and the order in which files run."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

RUN = "ANSWERABLE_TEST_RUN"
NEEDS_DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder."""
    if not is_worker(config):
        os.environ[RUN] = tempfile.mkdtemp(prefix="answerable-tests-")
        (run_folder() / "pid").write_text(str(os.getpid()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remove it, once no process of the run uses it any more."""
    if not is_worker(session.config):
        shutil.rmtree(run_folder(), ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let files that wait for nothing come first: what others wait for is made meanwhile."""
    ranks: dict[Path, int] = {}
    for item in items:
        ranks[item.path] = max(ranks.get(item.path, 0), _rank(item))
    items.sort(key=lambda item: ranks[item.path])


def run_folder() -> Path:
    """Return the folder."""
    return Path(os.environ[RUN])


def is_worker(config: pytest.Config) -> bool:
    """Say whether this is a process of pytest-xdist, and not the one that began the run."""
    return hasattr(config, "workerinput")


def needs_database(item: pytest.Item) -> bool:
    """Say whether a test has the database of the tests."""
    names = {*getattr(item, "fixturenames", ())}
    return bool(names & NEEDS_DATABASE) or item.get_closest_marker("django_db") is not None


def _rank(item: pytest.Item) -> int:
    names = getattr(item, "fixturenames", ())
    if "fault_run" in names:
        return 3
    return 2 if needs_database(item) else int("installed" in names)
