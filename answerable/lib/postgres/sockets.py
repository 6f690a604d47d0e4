"""Where the server's socket lies: a folder that nobody else can enter."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from answerable.lib.postgres.account import Account, give
from answerable.lib.postgres.binaries import CannotStart

LONGEST = 107  # bytes of a socket's path that every kernel takes
FILE = ".s.PGSQL.5432"


def place(data: Path, owner: Account | None) -> Path:
    """Return the folder for the socket: DATA/run, or a private one where that is too long."""
    folder = data / "run"
    if len(os.fsencode(folder / FILE)) > LONGEST:
        name = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"answerable-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    _must_be_ours(folder, owner)
    give(folder, owner)
    folder.chmod(0o700)
    return folder


def forget(folder: Path) -> None:
    """Remove a socket's folder that is empty again, as after a stop."""
    with suppress(OSError):
        folder.rmdir()


def _must_be_ours(folder: Path, owner: Account | None) -> None:
    """Refuse a folder that somebody else laid out for us in the temporary folder."""
    found = folder.lstat()
    known = {os.geteuid()} | ({owner.uid} if owner else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in known:
        raise CannotStart(f"{folder} belongs to somebody else. Remove it, then start again.")
