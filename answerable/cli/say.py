"""Lines for the person at the terminal."""

from __future__ import annotations

import sys
from contextlib import suppress


def say(line: str) -> None:
    """Print a line at once. A terminal that went away must not end what runs."""
    with suppress(OSError):
        print(line, flush=True)  # noqa: T201  the command line speaks here


def complain(line: str) -> None:
    """Print a line about something wrong."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201  the command line speaks here
