"""`answerable plan …`: finds a database for what needs one, and loads the rest for all."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from answerable.cli import ground


def check(options: argparse.Namespace) -> int:
    """Print what is wrong with files; return 1 when one of them cannot be published."""
    return _run("plan_checking", "check", options, database=False)


def show(options: argparse.Namespace) -> int:
    """Print what a plan promises."""
    return _run("plan_showing", "show", options, database=not is_file(options.plan))


def diff(options: argparse.Namespace) -> int:
    """Print what one plan says otherwise than another."""
    both = is_file(options.before) and is_file(options.after)
    return _run("plan_showing", "diff", options, database=not both)


def publish(options: argparse.Namespace) -> int:
    """Publish a file as the next version of its plan."""
    return _run("plan_publishing", "publish", options, database=True)


def export(options: argparse.Namespace) -> int:
    """Write the text of a version."""
    return _run("plan_publishing", "export", options, database=True)


def list_all(options: argparse.Namespace) -> int:
    """List the plans."""
    return _run("plan_publishing", "list_all", options, database=True)


def is_file(plan: str) -> bool:
    """Say whether a plan is named by its file, and not by its key."""
    return plan.endswith(".toml") or "/" in plan or Path(plan).is_file()


def _run(module: str, name: str, options: argparse.Namespace, *, database: bool) -> int:
    lay = ground.GROUNDS["visited" if database else "bare"]
    with lay(Path(options.data)):
        import_module("django").setup()
        code: int = getattr(import_module(f"answerable.cli.{module}"), name)(options)
        return code
