"""What postmaster.pid says about the server of a data folder."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """The server that wrote the file: its process, its socket's folder, how far it is."""

    pid: int
    sockets: Path
    status: str


def read(folder: Path) -> Found | None:
    """Return what the file says; None when it is missing or still being written."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    if not lines or not lines[0].strip().isdigit():
        return None
    lines += [""] * 8
    return Found(int(lines[0]), Path(lines[4].strip() or "/nowhere"), lines[7].strip())


def is_ready(folder: Path, pid: int) -> bool:
    """Say whether that very server takes connections."""
    found = read(folder)
    return found is not None and found.status == "ready" and found.pid == pid


def take_over(found: Found, folder: Path) -> None:
    """Write our own number over that of a server that is gone.

    PostgreSQL would not start while a stranger or a zombie bears the old number. It takes its
    parent's number for stale, and goes on to check that nobody still uses the old memory;
    without the file it could not.
    """
    for file in (folder / "postmaster.pid", found.sockets / ".s.PGSQL.5432.lock"):
        if file.exists():
            lines = file.read_text().splitlines(keepends=True)
            file.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))


def is_server(pid: int, folder: Path) -> bool:
    """Say whether a process lives and is the PostgreSQL server of that data folder."""
    arguments = _command(pid)
    return bool(arguments) and "postgres" in arguments[0] and str(folder) in arguments


def _command(pid: int) -> list[str]:
    if Path("/proc/self").exists():
        try:
            return (
                Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
            )
        except OSError:
            return []
    asked = ["ps", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
