"""The command line. A command's own code, and Django, are loaded only when it runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from answerable.cli import collector, ground
from answerable.cli.parser import parse
from answerable.cli.say import complain
from answerable.cli.wrong import Explained, Wrong
from answerable.lib.env import BadSetting
from answerable.lib.postgres import CannotStart

SETTINGS = "answerable.settings"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something is wrong, 2 cannot run."""
    options = parse(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        with ground.GROUNDS[options.ground](Path(options.data)):
            return _command(options.run, django=options.django)(options)
    except (Wrong, BadSetting, CannotStart) as wrong:
        complain(str(wrong))
        return 2
    except Explained:
        return 2
    except KeyboardInterrupt:
        return 130


def _command(where: str, *, django: bool) -> Callable[..., int]:
    module, function = where.split(":")
    with collector.resting():
        if django:
            import_module("django").setup()
        command: Callable[..., int] = getattr(import_module(module), function)
    return command
