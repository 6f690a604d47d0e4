"""What takes long and mostly waits runs beside the tests, from their beginning.

That is the first start of an installation, of which tests have copies, and a fault run on one.
"""

from __future__ import annotations

import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from answerable.cli.tests.running import ROOT, Up

INSTALLED, FAULTS = "installed", "faults"
FAILED = "aside.failed"
A_FEW_KILLS = ("--kills", "6", "--minutes", "0.12", "--copies", "1", "--promise", "4")
PATIENCE_SECONDS = 900.0


def begin(folder: Path, wanted: Sequence[str]) -> None:
    """Begin what is wanted, unless another process of the run has begun it."""
    try:
        log = (folder / "aside.log").open("xb")
    except FileExistsError:
        return
    with log:
        command = [sys.executable, "-m", __name__, str(folder), *wanted]
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )


def outcome(folder: Path, name: str) -> list[str]:
    """Return what came of it: the lines that it said, once it is done."""
    begun, said, failed = time.monotonic(), folder / f"{name}.said", folder / FAILED
    while not said.exists() and time.monotonic() < begun + PATIENCE_SECONDS:
        assert not failed.exists(), failed.read_text()
        time.sleep(0.02)
    return said.read_text().split("\n")


def main(folder: Path, wanted: Sequence[str]) -> None:
    """Do what is wanted, one after the other; who waits for it is told when that fails."""
    try:
        _do(folder, wanted)
    except Exception:
        _write(folder / FAILED, traceback.format_exc())
        raise


def _do(folder: Path, wanted: Sequence[str]) -> None:
    _say(folder, INSTALLED, _first_start(folder / INSTALLED))
    if FAULTS in wanted:
        _say(folder, FAULTS, _fault_run(folder / INSTALLED))


def _first_start(data: Path) -> list[str]:
    first = Up(data, "--empty")
    try:
        return first.ready().lines
    finally:
        first.press_ctrl_c()


def _fault_run(like: Path) -> list[str]:
    command = [sys.executable, "-m", "faults", *A_FEW_KILLS, "--like", str(like)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [f"It ended with {done.returncode}.", *f"{done.stdout}{done.stderr}".split("\n")]


def _say(folder: Path, name: str, lines: Sequence[str]) -> None:
    _write(folder / f"{name}.said", "\n".join(lines))


def _write(file: Path, text: str) -> None:
    draft = file.with_suffix(".draft")
    draft.write_text(text)
    draft.rename(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
