"""Folders of databases that a run has made, kept for the next run on this machine.

They stand in the user's cache, by the fingerprint of the migrations that made them: whoever
deletes them loses nothing but half a minute.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

KEPT = 4


def take(name: str, to: Path) -> bool:
    """Copy what is kept under a name to a place; return whether there was anything."""
    kept = _place() / name
    if not kept.exists():
        return False
    os.utime(kept)
    _copy(kept, to)
    return True


def put(name: str, folder: Path) -> None:
    """Keep a copy of a folder, and no more than the last few of others."""
    draft = _place() / f"{name}.{os.getpid()}"
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(folder, draft)
        draft.rename(_place() / name)
    except (OSError, subprocess.CalledProcessError):  # Full, or kept meanwhile by another run.
        shutil.rmtree(draft, ignore_errors=True)
    newest = sorted(_place().iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in newest[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _copy(folder: Path, to: Path) -> None:
    """Copy with owners and modes, which PostgreSQL insists on."""
    subprocess.run(["cp", "-a", str(folder), str(to)], check=True, capture_output=True)


def _place() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "answerable" / "tests"
