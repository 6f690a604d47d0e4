"""`answerable up`, with real processes and a real PostgreSQL."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import psycopg

from answerable.cli.tests.conftest import Running
from answerable.cli.tests.running import Up, is_alive, until
from answerable.lib import postgres

FOUR = {"web", "mail", "work", "watch"}
A_JOB = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)
    VALUES ('house', 'answerable.live.jobs.prune', 0, '{"timestamp": 0}') RETURNING id
"""


def test_it_says_where_it_is_on_its_first_start(installed: tuple[Path, list[str]]) -> None:
    said = "\n".join(installed[1])
    assert "Making the database" in said
    assert re.search(r"^Answerable is ready at http://127\.0\.0\.1:\d+$", said, re.MULTILINE)
    assert re.search(r"^Mail comes in at 127\.0\.0\.1:\d+ \(SMTP\)$", said, re.MULTILINE)


def test_it_leads_to_the_first_administrator_when_empty(
    installed: tuple[Path, list[str]],
) -> None:
    said = "\n".join(installed[1])
    assert re.search(r"http://127\.0\.0\.1:\d+/start/\?code=[\w-]+$", said, re.MULTILINE)
    assert "Loading the demo" not in said


def test_it_finds_the_database_ready_on_its_second_start(running: Running) -> None:
    up = running.up()
    assert not up.said("Making the database")
    assert not up.said("Bringing the database up")


def test_it_runs_once_on_a_data_folder(running: Running) -> None:
    running.up()
    second = Up(running.data)
    assert second.ended() == 2
    assert second.said("Answerable already runs on")


def test_it_keeps_the_four_through_a_restart_of_postgresql(running: Running) -> None:
    up = running.up()
    until(lambda: set(up.started()) == FOUR | {"postgres"}, "all run")
    before = up.started()
    os.kill(before["postgres"], signal.SIGINT)
    until(lambda: up.started().get("postgres", before["postgres"]) != before["postgres"], "pg")
    until(up.is_ready, "pages are served")
    until(lambda: "No sign of life" not in up.get("/health")[1], "all four are heard")
    _have_a_job_done(running.data)
    assert {name: up.started()[name] for name in FOUR} == {n: before[n] for n in FOUR}


def test_it_starts_again_what_dies(running: Running) -> None:
    up = running.up()
    until(lambda: set(up.started()) == FOUR | {"postgres"}, "all run")
    before = up.started()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    until(lambda: set(up.started()) == FOUR | {"postgres"}, "all run again")
    until(up.is_ready, "pages are served")
    assert not set(before.values()) & set(up.started().values())
    assert up.said("work ended (SIGKILL). Starting it again.")
    assert up.said("PostgreSQL ended. Starting it again.")


def test_it_ends_all_that_it_started_on_ctrl_c(running: Running) -> None:
    up = running.up()
    until(lambda: set(up.started()) == FOUR | {"postgres"}, "all run")
    started = up.started()
    assert up.press_ctrl_c() == 0
    assert not [name for name, pid in started.items() if is_alive(pid)]


def test_it_leaves_nothing_but_postgresql_when_it_is_killed(running: Running) -> None:
    killed = running.up()
    until(lambda: set(killed.started()) == FOUR | {"postgres"}, "all run")
    started = killed.started()
    killed.kill()
    until(lambda: not any(is_alive(started[name]) for name in FOUR), "the four end")
    assert is_alive(started["postgres"])

    again = running.up()
    assert "postgres" not in again.started(), "it adopts the server that still runs"
    assert again.press_ctrl_c() == 0
    until(lambda: not is_alive(started["postgres"]), "the adopted server ends too")


def _have_a_job_done(data: Path) -> None:
    """Give the workers a job; what is done is deleted."""
    server = postgres.adopt(data)
    assert server
    with psycopg.connect(server.url(), autocommit=True) as connection:
        job = connection.execute(A_JOB).fetchone()
        left = "SELECT FROM procrastinate_jobs WHERE id = %s"
        until(lambda: connection.execute(left, job).fetchone() is None, "the job is done")
