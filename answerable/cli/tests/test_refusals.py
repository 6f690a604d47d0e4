"""What stops `up` is one clear line that says what to do."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import psycopg
import pytest

from answerable.cli import ground
from answerable.cli.tests.running import answerable, free_port
from answerable.cli.wrong import Wrong
from answerable.lib import postgres


def test_it_names_another_port_when_the_port_is_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = answerable("up", "--data", str(tmp_path), "--port", str(port))
    assert refused.returncode == 2
    words = refused.stderr.strip().rsplit(" ", 1)
    assert words[0] == f"Port {port} is in use. Try: answerable up --port"
    assert int(words[1]) > port


def test_it_names_another_port_for_mail(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ports = ["--port", str(free_port()), "--mail-port", str(port)]
        refused = answerable("up", "--data", str(tmp_path), *ports)
    assert f"Port {port} is in use. Try: answerable up --mail-port" in refused.stderr


def test_it_asks_for_another_folder_when_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    refused = answerable("up", "--data", str(tmp_path / "taken" / "data"))
    assert refused.returncode == 2
    assert refused.stderr.startswith("Cannot write to")
    assert "answerable up --data DIR" in refused.stderr


def test_it_asks_for_room_when_the_disk_is_full(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match=r"is full: .* Free some space, then start again"):
        ground.need_room(tmp_path, least=2**62)


def test_it_says_which_setting_is_wrong(data: Path) -> None:
    ports = ["--port", str(free_port()), "--mail-port", str(free_port())]
    refused = answerable("up", "--data", str(data), *ports, ANSWERABLE_MAIL_MAX_MB="much")
    assert refused.returncode == 2
    assert "ANSWERABLE_MAIL_MAX_MB must be a whole number. It is 'much'." in refused.stderr


def test_it_says_that_no_server_answers(tmp_path: Path) -> None:
    nowhere = f"postgresql://ida:secret@127.0.0.1:{free_port()}/desk"
    ports = ["--port", str(free_port()), "--mail-port", str(free_port())]
    refused = answerable("up", "--data", str(tmp_path), *ports, ANSWERABLE_DATABASE_URL=nowhere)
    assert refused.returncode == 2
    assert "cannot be reached" in refused.stderr
    assert "ANSWERABLE_DATABASE_URL" in refused.stderr
    assert "secret" not in refused.stderr


def test_it_leaves_a_newer_database_alone(data: Path) -> None:
    _in_database(
        data,
        "INSERT INTO django_migrations (app, name, applied) VALUES "
        "('tickets', '9999_from_the_future', now())",
        "UPDATE ops_release SET fingerprint = 'of the future'",
    )
    refused = answerable("migrate", "--data", str(data))
    assert refused.returncode == 2
    newer = "written by a newer Answerable (tickets.9999_from_the_future"
    assert newer in refused.stderr


def test_it_brings_an_older_database_up(data: Path) -> None:
    _in_database(
        data,
        "DROP TABLE ops_heartbeat, ops_release",
        "DELETE FROM django_migrations WHERE app = 'ops'",
    )
    done = answerable("prepare", "--data", str(data))
    assert "Bringing the database up to this release" in done.stdout
    updated = r"Updated to \S+\. Database changed in \d+ s\. Backup: (.+)\.$"
    kept = re.search(updated, done.stdout, re.MULTILINE)
    assert kept, done.stdout + done.stderr
    assert Path(kept.group(1)).stat().st_size > 0
    assert answerable("look", "--data", str(data)).returncode == 0


def test_it_runs_no_loop_without_a_database(tmp_path: Path) -> None:
    refused = answerable("watch", "--data", str(tmp_path))
    assert refused.returncode == 2
    assert "No database runs here" in refused.stderr


def _in_database(data: Path, *orders: str) -> None:
    server = postgres.start(data)
    try:
        with psycopg.connect(server.url()) as connection:
            for order in orders:
                connection.execute(order.encode())
    finally:
        server.stop()
