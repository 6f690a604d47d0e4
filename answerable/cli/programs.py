"""pg_dump and pg_restore: those that come with us, or the machine's where TLS is asked for."""

from __future__ import annotations

import shutil
import subprocess
from typing import IO
from urllib.parse import parse_qs, urlsplit

from answerable.cli import address
from answerable.cli.wrong import Wrong
from answerable.lib import postgres
from answerable.lib.postgres.binaries import surroundings

COPY = 1024 * 1024


def dump(url: str, out: IO[bytes]) -> None:
    """Write a database into an open file, as one consistent moment of it."""
    command = [_find("pg_dump", url), "--format=custom", "--no-owner", "--no-privileges"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_env(url)
    ) as process:
        if process.stdout is None or process.stderr is None:
            raise Wrong("pg_dump has no output.")
        shutil.copyfileobj(process.stdout, out, COPY)
        said = process.stderr.read().decode(errors="replace")
    if process.returncode:
        raise Wrong(f"The backup failed: {_last(said)}")


def load(url: str, dumped: IO[bytes]) -> None:
    """Fill an empty database from a dump; raise Wrong when any of it fails."""
    options = ["--exit-on-error", "--no-owner", "--no-privileges", "--single-transaction"]
    command = [_find("pg_restore", url), *options, "--dbname", address.name_of(url)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_env(url),
    ) as process:
        if process.stdin is None or process.stderr is None:
            raise Wrong("pg_restore has no input.")
        try:
            shutil.copyfileobj(dumped, process.stdin, COPY)
            process.stdin.close()
        except BrokenPipeError:
            pass  # It ended early; what it said tells why.
        said = process.stderr.read().decode(errors="replace")
    if process.returncode:
        raise Wrong(f"The restore failed: {_last(said)}")


def _find(name: str, url: str) -> str:
    """Return the program to use. Ours has no TLS, which a server elsewhere may ask for."""
    mode = parse_qs(urlsplit(url).query).get("sslmode", [""])[0]
    if mode not in {"require", "verify-ca", "verify-full"}:
        return postgres.program(name)
    found = shutil.which(name)
    if found is None:
        raise Wrong(
            f"This database wants TLS, and {name} is not installed here. Install PostgreSQL's "
            "client programs of the server's version (Debian: postgresql-client)."
        )
    return found


def _env(url: str) -> dict[str, str]:
    return surroundings() | address.surroundings(url)


def _last(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."
