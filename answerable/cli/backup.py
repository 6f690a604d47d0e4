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


def run(options: argparse.Namespace) -> int:
    """Write a backup, whole or not at all. It can run while everything runs."""
    file = Path(options.file)
    if file.exists() and not options.force:
        raise Wrong(f"{file} is there already. Choose another name, or add --force.")
    url = address.url()
    look.reach(url)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    about = archive.About(release(), fingerprint(), made_at)
    key = env("ANSWERABLE_SECRET_KEY")
    archive.write(file, about, key, lambda out: programs.dump(url, out))
    size = file.stat().st_size / 2**20
    say(f"Wrote {file}, {size:.1f} MB. It holds everything: keep it safe.")
    return 0
