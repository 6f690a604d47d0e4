"""Figures: what was measured, on which machine, printed in lines and kept as JSON."""

from __future__ import annotations

import json
import math
import os
import platform
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured: its unit, and each quantile that is stated of it."""

    name: str
    unit: str
    values: dict[str, float]
    count: int = 1

    def line(self) -> str:
        """Return it as one line: the name, then each value."""
        said = "  ".join(f"{key} {_short(value)}" for key, value in self.values.items())
        return f"{self.name:<58} {said} {self.unit}".rstrip()


def quantile(samples: Sequence[float], share: float) -> float:
    """Return the sample below which this share lies, by nearest rank; raises on none."""
    if not samples:
        raise ValueError("Nothing was measured.")
    ordered = sorted(samples)
    return ordered[min(len(ordered), max(1, math.ceil(share * len(ordered)))) - 1]


def spread(
    name: str, samples: Sequence[float], unit: str, shares: Sequence[int] = (50, 95)
) -> Figure:
    """Return a figure with these percentiles of its samples."""
    values = {f"p{share}": quantile(samples, share / 100) for share in shares}
    return Figure(name, unit, values, len(samples))


def single(name: str, value: float, unit: str = "") -> Figure:
    """Return a figure of one number."""
    return Figure(name, unit, {"": value})


def in_cpu(samples: Sequence[float]) -> dict[str, float]:
    """Return the percentiles of a processor's work, which other programs hardly change."""
    return {f"CPU {name}": value for name, value in spread("", samples, "ms").values.items()}


def machine() -> str:
    """Say on what it was measured, in one line."""
    cores, gigabytes = os.cpu_count() or 0, _memory() / 1024**3
    busy = (
        f" Others at work as well: {load:.1f}." if (load := os.getloadavg()[0]) >= 1.5 else ""
    )
    return (
        f"Machine: {cores} cores of {_processor()}, {gigabytes:.0f} GB, {platform.system()} "
        f"{platform.release().split('-')[0]}, Python {platform.python_version()}.{busy}"
    )


def arguments(about: str) -> ArgumentParser:
    """Return the options that every bench has."""
    parser = ArgumentParser(description=about)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    return parser


def say(line: str = "") -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def report(bench: str, figures: Sequence[Figure], file: Path | None) -> None:
    """Print the figures and the machine; keep them as JSON where a file is named."""
    for figure in figures:
        say(figure.line())
    say(machine())
    if file:
        kept = {"bench": bench, "machine": machine(), "figures": [asdict(f) for f in figures]}
        file.write_text(json.dumps(kept, indent=2) + "\n")


def _short(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.3f}"


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
