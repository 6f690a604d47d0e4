"""A short fault run: a few kills, and nothing is lost (docs/faults.md has the long one)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_it_loses_nothing_when_it_is_killed_over_and_over(
    installed: tuple[Path, list[str]],
) -> None:
    command = [sys.executable, "-m", "faults", "--kills", "6", "--minutes", "0.12"]
    command += ["--copies", "1", "--promise", "4", "--like", str(installed[0])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 of 6 kills" in done.stdout
