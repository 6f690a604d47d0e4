"""`answerable check` says in plain words what is wrong, and nothing else is changed by it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from answerable.cli.tests.conftest import Running
from answerable.cli.tests.running import answerable, free_port, until


def test_it_says_that_nothing_runs(tmp_path: Path) -> None:
    said = answerable("check", "--data", str(tmp_path))
    assert said.returncode == 1
    assert "✗ Answerable does not run here. Start it with: answerable up" in said.stdout
    assert not (tmp_path / "postgres").exists()


def test_it_says_that_all_is_fine(running: Running) -> None:
    up = running.up()
    until(lambda: "No sign of life" not in up.get("/health")[1], "all four are heard")
    said = answerable("check", "--data", str(running.data))
    assert said.returncode == 0, said.stdout + said.stderr
    assert f"✓ web answers at 127.0.0.1:{up.port}." in said.stdout
    assert f"✓ mail answers at 127.0.0.1:{up.mail_port}." in said.stdout
    assert said.stdout.endswith("Everything is fine.\n")


def test_it_sees_a_process_that_hangs(running: Running) -> None:
    up = running.up()
    until(up.is_ready, "pages are served")
    mail = up.started()["mail"]
    until(lambda: "No sign of life" not in up.get("/health")[1], "all four are heard")
    os.kill(mail, signal.SIGSTOP)
    try:
        said = answerable("check", "--data", str(running.data))
    finally:
        os.kill(mail, signal.SIGCONT)
    assert said.returncode == 1
    assert "✗ mail does not answer at" in said.stdout


def test_it_sees_where_mail_cannot_go(running: Running) -> None:
    running.up()
    nowhere = f"smtp://127.0.0.1:{free_port()}"
    said = answerable("check", "--data", str(running.data), ANSWERABLE_MAIL_URL=nowhere)
    assert said.returncode == 1
    assert "✗ Mail cannot go out" in said.stdout


def test_it_says_what_is_wrong_with_a_setting(running: Running) -> None:
    running.up()
    said = answerable("check", "--data", str(running.data), ANSWERABLE_DEBUG="perhaps")
    assert said.returncode == 1
    assert "✗ ANSWERABLE_DEBUG must be yes or no. It is 'perhaps'." in said.stdout
