"""The words of `answerable plan`: its commands, options and help. Nothing is run here."""

from __future__ import annotations

import argparse
from typing import Protocol

SAYS = "Check, show, compare, publish and export support plans (docs/plans.md)."
PLAN = "a file, or the key of a plan with or without a version: premium, premium@7"


class Adder(Protocol):
    """Adds commands with the options that all of them have (parser.Commands)."""

    def add(self, name: str, run: str, says: str, *, example: str) -> argparse.ArgumentParser:
        """Return the parser of a new command."""

    def group(self, name: str, says: str) -> Adder:
        """Return what adds commands beneath a word."""


def add_plan(to: Adder) -> None:
    """Add `answerable plan` and its commands. Each finds the database, if it needs one."""
    plan = to.group("plan", SAYS)
    for add in (_check, _show, _diff, _publish, _export, _list):
        add(plan).set_defaults(django=False, ground="bare")


def _check(to: Adder) -> argparse.ArgumentParser:
    check = to.add(
        "check",
        "plans:check",
        "Say what is wrong with a plan's file, line by line, and try its examples.",
        example="answerable plan check plans/premium.toml",
    )
    check.add_argument("files", metavar="FILE", nargs="+")
    return check


def _show(to: Adder) -> argparse.ArgumentParser:
    show = to.add(
        "show",
        "plans:show",
        "Print what a plan promises, and when it is due at the edges of its calendars.",
        example="answerable plan show premium@7",
    )
    show.add_argument("plan", metavar="PLAN", help=PLAN)
    return show


def _diff(to: Adder) -> argparse.ArgumentParser:
    diff = to.add(
        "diff",
        "plans:diff",
        "Print what one plan says otherwise than another, and which due times differ.",
        example="answerable plan diff premium plans/premium.toml",
    )
    diff.add_argument("before", metavar="BEFORE", help=PLAN)
    diff.add_argument("after", metavar="AFTER", help=PLAN)
    return diff


def _publish(to: Adder) -> argparse.ArgumentParser:
    publish = to.add(
        "publish",
        "plans:publish",
        "Publish a file as the next version of its plan. What it would change is listed first.",
        example="answerable plan publish plans/premium.toml --contracts all "
        '--for-tickets-from "2026-11-01 00:00 Europe/Berlin"',
    )
    publish.add_argument("file", metavar="FILE")
    publish.add_argument(
        "--contracts",
        choices=("none", "all"),
        default="none",
        help="which contracts of the plan follow the new version",
    )
    publish.add_argument(
        "--for-tickets-from",
        metavar="TIME",
        help="from when on they do, for tickets received then or later",
    )
    publish.add_argument(
        "--open-tickets",
        action="store_true",
        help="move the tickets that are open too; they are listed first",
    )
    publish.add_argument("--note", default="", help="why, for the record")
    publish.add_argument("--yes", action="store_true", help="do not ask")
    return publish


def _export(to: Adder) -> argparse.ArgumentParser:
    export = to.add(
        "export",
        "plans:export",
        "Write the text of a version as it was published, to FILE or to the terminal.",
        example="answerable plan export premium@7 premium-7.toml",
    )
    export.add_argument("plan", metavar="KEY[@VERSION]")
    export.add_argument("file", metavar="FILE", nargs="?")
    export.add_argument("--force", action="store_true", help="write over FILE")
    return export


def _list(to: Adder) -> argparse.ArgumentParser:
    return to.add(
        "list",
        "plans:list_all",
        "List the plans with their newest version and how many accounts use them.",
        example="answerable plan list",
    )
