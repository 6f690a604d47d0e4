"""`answerable manage`: Django's own commands, for developers."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line


def run(options: argparse.Namespace) -> int:
    """Run one of Django's commands, with the settings of this installation."""
    execute_from_command_line(["answerable manage", *options.rest])
    return 0
