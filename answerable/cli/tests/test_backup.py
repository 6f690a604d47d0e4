"""A backup is whole, and what it holds comes back."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from answerable.cli.tests.conftest import Running
from answerable.cli.tests.running import answerable
from answerable.lib import postgres
from answerable.tests.installed_fixtures import copied

KEEP_FILE = """
INSERT INTO files_storedfile (sha256, size, type, kept_at, verdict, found)
VALUES ('0', 200000, 'image/png', now(), 'unchecked', '') RETURNING id
"""
KEEP_PIECE = "INSERT INTO files_filechunk (file_id, number, data) VALUES (%s, %s, %s)"
FILES = "SELECT number, sha256(data) FROM files_filechunk ORDER BY number"
ALL = "SELECT email FROM accounts_user ORDER BY email"


@pytest.fixture(scope="module")
def kept(installed: tuple[Path, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of its own with Ida in it."""
    data = copied(installed[0], tmp_path_factory.mktemp("kept") / "data")
    made = answerable(
        "createadmin",
        "ida@example.com",
        "--name",
        "Ida Berg",
        "--data",
        str(data),
        ANSWERABLE_ADMIN_PASSWORD="a long walk by the sea",
    )
    assert "Ida Berg is an administrator." in made.stdout, made.stderr
    with _database(data) as connection:
        (number,) = connection.execute(KEEP_FILE).fetchone() or (0,)
        for at in range(2):
            connection.execute(KEEP_PIECE, [number, at, os.urandom(100_000)])
    return data


@pytest.fixture(scope="module")
def backup(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "monday.backup"
    made = answerable("backup", str(file), "--data", str(kept))
    assert made.returncode == 0, made.stderr
    return file


def test_it_comes_back_in_an_empty_installation(
    kept: Path, backup: Path, tmp_path: Path
) -> None:
    restored = answerable("restore", str(backup), "--data", str(tmp_path))
    assert restored.returncode == 0, restored.stderr
    assert _asked(tmp_path, ALL) == [("ida@example.com",)]
    assert len(_asked(tmp_path, FILES)) == 2
    assert _asked(tmp_path, FILES) == _asked(kept, FILES)
    for table in ("django_migrations", "procrastinate_jobs", "entitlements_plan"):
        count = f"SELECT count(*) FROM {table}"
        assert _asked(tmp_path, count) == _asked(kept, count)
    assert (tmp_path / "secret-key").read_text() == (kept / "secret-key").read_text()


def test_it_is_for_nobody_elses_eyes(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]


def test_it_replaces_nothing_unasked(kept: Path, backup: Path) -> None:
    before = backup.read_bytes()
    again = answerable("backup", str(backup), "--data", str(kept))
    assert again.returncode == 2
    assert "add --force" in again.stderr
    assert backup.read_bytes() == before

    restored = answerable("restore", str(backup), "--data", str(kept))
    assert restored.returncode == 2
    assert "The database is not empty." in restored.stderr


def test_it_replaces_everything_when_asked(kept: Path, backup: Path) -> None:
    with _database(kept) as connection:
        connection.execute("UPDATE accounts_user SET email = 'eve@example.com'")
    restored = answerable("restore", str(backup), "--force", "--data", str(kept))
    assert restored.returncode == 0, restored.stderr
    assert _asked(kept, ALL) == [("ida@example.com",)]
    assert _databases(kept) == ["answerable", "postgres"]


@pytest.mark.parametrize("share", [0.02, 0.9])
def test_it_changes_nothing_when_it_is_cut_short(
    kept: Path, backup: Path, tmp_path: Path, share: float
) -> None:
    whole = backup.read_bytes()
    cut = tmp_path / "cut.backup"
    cut.write_bytes(whole[: int(len(whole) * share)])
    refused = answerable("restore", str(cut), "--force", "--data", str(kept))
    assert refused.returncode == 2
    assert _asked(kept, ALL) == [("ida@example.com",)]
    assert _databases(kept) == ["answerable", "postgres"]


def test_it_is_told_from_other_files(kept: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ida, the backup is attached.")
    refused = answerable("restore", str(letter), "--force", "--data", str(kept))
    assert refused.returncode == 2
    assert "is not a backup of Answerable" in refused.stderr


def test_it_can_be_made_while_everything_runs(running: Running, tmp_path: Path) -> None:
    data = str(running.data)
    running.up()
    made = answerable("backup", str(tmp_path / "live.backup"), "--data", data)
    assert made.returncode == 0, made.stderr
    refused = answerable("restore", str(tmp_path / "live.backup"), "--data", data)
    assert refused.returncode == 2
    assert "Stop it first (Ctrl-C)" in refused.stderr


@contextmanager
def _database(data: Path, name: str = "answerable") -> Iterator[psycopg.Connection[Any]]:
    server = postgres.start(data)
    try:
        with psycopg.connect(server.url(name)) as connection:
            yield connection
    finally:
        server.stop()


def _asked(data: Path, question: str) -> list[Any]:
    with _database(data) as connection:
        return connection.execute(question.encode()).fetchall()


def _databases(data: Path) -> list[str]:
    names = "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname"
    with _database(data, "postgres") as connection:
        return [name for (name,) in connection.execute(names.encode())]
