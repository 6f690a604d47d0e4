"""`answerable backup`: the database and the secret key, in one file."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from answerable.cli import address, archive, look, programs
from answerable.cli.fingerprint import fingerprint, release
from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.lib.env import env

KEPT = 3


def run(options: argparse.Namespace) -> int:
    """Write a backup, whole or not at all. It can run while everything runs."""
    file = Path(options.file)
    if file.exists() and not options.force:
        raise Wrong(f"{file} is there already. Choose another name, or add --force.")
    look.reach(address.url())
    make(file)
    size = file.stat().st_size / 2**20
    say(f"Wrote {file}, {size:.1f} MB. It holds everything: keep it safe.")
    return 0


def before_update(data: Path) -> Path:
    """Make a backup before the database changes, and keep the newest three; return its file."""
    folder = data / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.backup"
    make(file)
    for old in sorted(folder.glob("*.backup"))[:-KEPT]:
        old.unlink()
    return file


def make(file: Path) -> None:
    """Write a backup of our database to a file, whole or not at all."""
    url = address.url()
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    about = archive.About(release(), fingerprint(), made_at)
    key = env("ANSWERABLE_SECRET_KEY")
    archive.write(file, about, key, lambda out: programs.dump(url, out))
