"""`answerable check`: what is wrong with an installation, in plain words."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from answerable.cli import address, ground, look
from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.lib.env import BadSetting


def run(options: argparse.Namespace) -> int:
    """Print one line for each thing looked at; return 1 when one of them is wrong."""
    fine = True
    for is_fine, says in _found():
        say(f"{'✓' if is_fine else '✗'} {says}")
        fine = fine and is_fine
    say("\nEverything is fine." if fine else "\nNot everything is fine.")
    return 0 if fine else 1


def _found() -> Iterator[tuple[bool, str]]:
    if not ground.is_named():
        yield False, "Answerable does not run here. Start it with: answerable up"
        return
    try:
        look.reach(address.url())
        import_module("django").setup()
    except (Wrong, BadSetting) as wrong:
        yield False, str(wrong)
        return
    yield True, "The settings can be read."
    yield from import_module("answerable.cli.looking").found()
