"""What processes took so far: processor time and memory, as Linux counts them."""

from __future__ import annotations

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat after the name (proc(5)): own time, and that of children that ended.
PARENT, OWN, CHILDREN = 1, slice(11, 13), slice(13, 15)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process itself took, in seconds."""
    return sum(map(int, _stat(pid)[OWN])) / TICK


def cpu_of_family(pid: int) -> float:
    """Return the processor time of a process and all its children, also of those that ended."""
    living = sum(map(_cpu_while_it_lives, children(pid)))
    ended = sum(map(int, _stat(pid)[CHILDREN])) / TICK
    return cpu_seconds(pid) + ended + living


def children(pid: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [number for number in numbers if _parent(number) == pid]


def memory(pid: int) -> tuple[float, float]:
    """Return the megabytes that a process holds: all of them, and its share of shared ones."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = {line.split(":")[0]: line.split()[1] for line in lines[1:]}
    return int(kilobytes["Rss"]) / 1024, int(kilobytes["Pss"]) / 1024


class Peak:
    """The most memory that a process holds from now on, above what it holds now.

    The system counts each page, so no moment is missed; pages that others share count too.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        Path(f"/proc/{pid}/clear_refs").write_text("5")  # The peak is what it holds now.
        self._before = self._most()

    def grown(self) -> float:
        """Return the megabytes by which it grew at most."""
        return self._most() - self._before

    def _most(self) -> float:
        lines = Path(f"/proc/{self._pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _cpu_while_it_lives(pid: int) -> float:
    try:
        return cpu_seconds(pid)
    except OSError:
        return 0.0  # It ended meanwhile, and is counted as such.


def _parent(pid: int) -> int:
    try:
        return int(_stat(pid)[PARENT])
    except OSError:
        return 0  # It ended meanwhile.


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
