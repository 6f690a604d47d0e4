"""Who PostgreSQL runs as: ourselves, or a system account when we are root."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

NAME = "answerable"
SEARCH = stat.S_IXOTH
READ = stat.S_IROTH


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int


def account(folder: Path) -> Account | None:
    """Return the account that runs PostgreSQL on a folder; None when it is ourselves.

    PostgreSQL refuses root, so root lends it an account: the folder's owner, or our own one,
    which is made when it is missing.
    """
    if os.geteuid() != 0:
        return None
    return _owner(folder) or _known(NAME) or _made() or _known("nobody")


def _owner(folder: Path) -> Account | None:
    if not folder.exists() or folder.stat().st_uid == 0:
        return None
    found = folder.stat()
    return Account(str(found.st_uid), found.st_uid, found.st_gid)


def _known(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid)


def _made() -> Account | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    options = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    subprocess.run([useradd, *options], capture_output=True, check=False)
    return _known(NAME)


def let_search(paths: Iterable[Path], say: Callable[[str], None]) -> None:
    """Let other accounts pass through the folders above these paths, and say where.

    Only the search bit is added, and only where it is missing: nothing becomes listable.
    """
    above = {folder for path in paths for folder in path.parents}
    closed = sorted(folder for folder in above if not folder.stat().st_mode & SEARCH)
    for folder in closed:
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | SEARCH)
    if closed:
        through = ", ".join(map(str, closed))
        say(f"PostgreSQL runs as a user of its own; let it pass through {through}.")


def let_read(folder: Path) -> None:
    """Let every account read a folder of programs that a strict umask has closed."""
    for path in [folder, *folder.rglob("*")]:
        mode = path.lstat().st_mode
        wanted = READ | (SEARCH if mode & stat.S_IXUSR else 0)
        if not stat.S_ISLNK(mode) and mode & wanted != wanted:
            path.chmod(stat.S_IMODE(mode) | wanted)


def give(path: Path, owner: Account | None) -> None:
    """Give a folder to the account that will write in it."""
    if owner is not None and path.stat().st_uid != owner.uid:
        shutil.chown(path, owner.uid, owner.gid)
