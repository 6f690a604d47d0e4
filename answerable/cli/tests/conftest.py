"""Copies of an installation that was started once, and an `up` on one that tests share."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable.cli.tests.plans import FASTER
from answerable.cli.tests.running import Up
from answerable.tests.installed_fixtures import copied


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """A command of a test writes the log to a stream that is closed after that test."""
    kept = logging.root.handlers[:]
    yield
    logging.root.handlers[:] = kept


@pytest.fixture
def data(installed: tuple[Path, list[str]], tmp_path: Path) -> Path:
    """A copy of that folder for one test."""
    return copied(installed[0], tmp_path / "data")


class Running:
    """An `up` on that folder: started when a test asks, and again when a test ended it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._up: Up | None = None

    def up(self) -> Up:
        if self._up is None or self._up.process.poll() is not None:
            self._up = Up(self.data)
        return self._up.ready()

    def end(self) -> None:
        if self._up and self._up.process.poll() is None:
            self._up.press_ctrl_c()


@pytest.fixture(scope="session")
def running(
    installed: tuple[Path, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    one = Running(copied(installed[0], tmp_path_factory.mktemp("running") / "data"))
    yield one
    one.end()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which commands find the database of the tests."""
    for name in ("ANSWERABLE_DATA", "ANSWERABLE_SECRET_KEY_FILE"):
        monkeypatch.setenv(name, str(tmp_path))
    url = os.environ.get("ANSWERABLE_DATABASE_URL", "postgresql://named/already")
    monkeypatch.setenv("ANSWERABLE_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def faster(here: Path) -> Path:
    file = here / "faster.toml"
    file.write_text(FASTER)
    return file
