"""The PostgreSQL that comes along, with real servers on real folders."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from answerable.lib import postgres
from answerable.tests.throwaway import FAST


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds a table."""
    folder = tmp_path_factory.mktemp("pg")
    server = postgres.start(folder, settings=FAST)
    with psycopg.connect(server.url("postgres")) as connection:
        connection.execute("CREATE TABLE letters AS SELECT 'Dear Dana' AS body")
    server.stop()
    return folder


@pytest.fixture
def server(data: Path) -> Iterator[postgres.Server]:
    one = postgres.start(data, settings=FAST)
    yield one
    one.stop()


def test_it_keeps_what_was_written(server: postgres.Server) -> None:
    assert _body(server) == "Dear Dana"


def test_it_listens_on_nothing_but_a_private_socket(server: postgres.Server) -> None:
    with psycopg.connect(server.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    assert server.sockets.stat().st_mode & 0o777 == 0o700


def test_it_is_adopted_while_it_runs(data: Path, server: postgres.Server) -> None:
    assert postgres.start(data).pid == server.pid


def test_it_stops_though_somebody_is_connected(data: Path) -> None:
    server = postgres.start(data, settings=FAST)
    with psycopg.connect(server.url("postgres")):
        server.stop()
    assert not server.alive()
    assert postgres.adopt(data) is None


def test_it_starts_after_it_was_killed(data: Path) -> None:
    killed = postgres.start(data, settings=FAST)
    os.kill(killed.pid, signal.SIGKILL)
    again = postgres.start(data, settings=FAST)
    assert again.pid != killed.pid
    assert _body(again) == "Dear Dana"
    again.stop()


def test_it_starts_though_a_stranger_has_its_old_number(data: Path) -> None:
    stopped = postgres.start(data, settings=FAST)
    file = data / "postgres" / "postmaster.pid"
    left_behind = file.read_text()
    stopped.stop()
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    _, rest = left_behind.split("\n", 1)
    file.write_text(f"{stranger.pid}\n{rest}")

    server = postgres.start(data, settings=FAST)
    assert _body(server) == "Dear Dana"
    server.stop()
    assert stranger.poll() is None
    stranger.communicate()


def test_it_begins_anew_where_making_it_was_cut_short(tmp_path: Path) -> None:
    (tmp_path / "postgres.new" / "base").mkdir(parents=True)
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")
    server = postgres.start(tmp_path, settings=FAST)
    server.stop()
    assert (tmp_path / "postgres" / "PG_VERSION").read_text() == "18\n"
    assert not (tmp_path / "postgres.new").exists()


def test_it_says_that_the_folder_is_of_another_release(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(postgres.CannotStart, match=r"written by PostgreSQL 16; .* brings 18"):
        postgres.start(tmp_path)


def test_it_finds_a_short_place_for_its_socket(data: Path, tmp_path: Path) -> None:
    long = tmp_path / ("a-long-name-" * 10)
    long.mkdir()
    subprocess.run(["cp", "-a", str(data / "postgres"), str(long / "postgres")], check=True)
    server = postgres.start(long, settings=FAST)
    assert len(os.fsencode(server.sockets / ".s.PGSQL.5432")) <= 107
    assert _body(server) == "Dear Dana"
    server.stop()
    assert not server.sockets.exists()


@pytest.fixture
def near() -> Iterator[Path]:
    """A folder with a short name: a socket's path has room for a hundred letters."""
    with tempfile.TemporaryDirectory(prefix="near-") as folder:
        Path(folder).chmod(0o755)  # Where root tests, the server is somebody else.
        yield Path(folder)


def test_it_trusts_no_folder_that_somebody_else_laid_out(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, near: Path
) -> None:
    long = tmp_path / ("a-long-name-" * 10)
    long.mkdir()
    subprocess.run(["cp", "-a", str(data / "postgres"), str(long / "postgres")], check=True)
    monkeypatch.setattr("tempfile.tempdir", str(near))
    known = postgres.start(long, settings=FAST)
    known.stop()
    known.sockets.symlink_to(tmp_path)
    with pytest.raises(postgres.CannotStart, match="belongs to somebody else"):
        postgres.start(long, settings=FAST)


def _body(server: postgres.Server) -> object:
    with psycopg.connect(server.url("postgres")) as connection:
        found = connection.execute("SELECT body FROM letters").fetchone()
    return found[0] if found else None
