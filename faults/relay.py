"""The SMTP server that takes our mail, as the run has it: killed and started at one port."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.installation import ROOT, Process
from faults.sink import Moment, order_beside

PATIENCE = 6.0  # for a mail to come by, so that it can die over it


@dataclass(frozen=True, slots=True)
class Relay:
    """Where it listens, and the file in which it writes what it accepted.

    A calm one thinks about nobody, and puts no mail off.
    """

    port: int
    record: Path
    seed: int
    is_calm: bool = False

    def start(self) -> Process:
        """Start it."""
        order_beside(self.record).unlink(missing_ok=True)
        command = [sys.executable, "-m", "faults.sink", str(self.port)]
        command += [str(self.record), str(self.seed), *(["calm"] if self.is_calm else [])]
        log = self.record.parent / "logs" / "sink.log"
        log.parent.mkdir(exist_ok=True)
        return Process(command, os.environ | {"PYTHONPATH": str(ROOT)}, log)

    def dies_at(self, moment: Moment, process: Process) -> bool:
        """Have it die at a moment, and say whether it did: no mail may come by."""
        order = order_beside(self.record)
        draft = order.with_suffix(".draft")
        draft.write_text(moment)
        draft.replace(order)
        if _within(PATIENCE, lambda: not process.alive()):
            return True
        order.unlink(missing_ok=True)
        return not process.alive()


def _within(seconds: float, is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not (so := is_so()) and time.monotonic() < until:
        time.sleep(0.02)
    return so
