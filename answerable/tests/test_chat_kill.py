"""A web process is killed while people chat, and nothing is lost or doubled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_line_is_lost_when_a_web_process_is_killed(
    installed: tuple[Path, list[str]],
) -> None:
    command = [sys.executable, "-m", "bench", "chat", "--like", str(installed[0]), "--kill"]
    command += ["--visitors", "12", "--agents", "4", "--rate", "10", "--seconds", "4"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "A web process is dead." in done.stdout
    assert "each stored and shown once on both sides" in done.stdout
