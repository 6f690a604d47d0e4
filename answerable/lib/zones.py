"""Time zones: which database this process reckons with, and what one can choose."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from zoneinfo import TZPATH, available_timezones

ANY_ZONE = "Europe/Berlin"
FIRST_LINE = re.compile(r"# version (\S+)")
KNOWN_TO_SAY = ("tzdata.zi", "+VERSION")


@cache
def zone_names() -> tuple[str, ...]:
    """Return the time zones of the world by their names, UTC last."""
    named = (zone for zone in available_timezones() if "/" in zone)
    return (*sorted(zone for zone in named if not zone.startswith(("Etc/", "SystemV/"))), "UTC")


@cache
def database() -> str:
    """Return the database's release, such as 2026a; empty where it does not say which it is."""
    return release_in([Path(folder) for folder in TZPATH])


def release_in(folders: list[Path]) -> str:
    """Return the release of the first folder that has zones, as zoneinfo looks for them.

    Where none has, zoneinfo reads the package tzdata.
    """
    used = next((folder for folder in folders if (folder / ANY_ZONE).is_file()), None)
    if used is not None:
        return _said_in(used)
    try:
        return str(import_module("tzdata").IANA_VERSION)
    except ImportError:
        return ""


def _said_in(folder: Path) -> str:
    for name in KNOWN_TO_SAY:
        file = folder / name
        if file.is_file():
            with file.open(encoding="ascii", errors="replace") as lines:
                line = lines.readline().strip()
            found = FIRST_LINE.fullmatch(line)
            return found[1] if found else line
    return ""
