"""`answerable prepare` and `migrate`: a database that fits this release."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now

from answerable.accounts.actions import install
from answerable.accounts.models import Agent, Installation
from answerable.cast import load_demo
from answerable.cli import address, backup, look, people
from answerable.cli.fingerprint import fingerprint, release
from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.entitlements.actions import SHIPPED, read_plan_text
from answerable.entitlements.models import Plan
from answerable.lib import postgres
from answerable.ops.actions import note_release
from answerable.ops.checks import unknown_migrations
from answerable.sla.actions import publish_text

ONE_AT_A_TIME = 6_153_297  # any number, as long as it is ours alone


def run(options: argparse.Namespace) -> int:
    """Migrate; then load the demo into a new database, or, with --empty, print a start link."""
    look.reach(address.url())
    with _alone():
        _migrate(Path(os.environ["ANSWERABLE_DATA"]))
        if options.empty:
            _begin_empty()
        elif not Installation.objects.exists():
            _begin()
    return 0


def migrate(options: argparse.Namespace) -> int:
    """Bring the database up to this release, and nothing else."""
    look.reach(address.url())
    with _alone():
        _migrate(None)
    say("The database fits this release.")
    return 0


def _migrate(data: Path | None) -> None:
    """Apply what is missing. A database of ours is backed up first, into the data folder."""
    executor = MigrationExecutor(connection)
    unknown = sorted(unknown_migrations(executor))
    if unknown:
        raise Wrong(
            f"The database was written by a newer Answerable ({unknown[0]} is unknown here). "
            "Install that release, or restore a backup made by this one."
        )
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Bringing the database up to this release: {len(plan)} steps …")
        is_update = bool(executor.loader.applied_migrations)
        kept = backup.before_update(data) if data and is_update and _is_ours(data) else None
        begun = time.monotonic()
        call_command("migrate", interactive=False, verbosity=0)
        if kept:
            seconds = round(time.monotonic() - begun)
            say(f"Updated to {release()}. Database changed in {seconds} s. Backup: {kept}.")
    note_release(fingerprint(), release(), at=now())


def _is_ours(data: Path) -> bool:
    """Say whether the database is the one that came along; others have their own keepers."""
    server = postgres.adopt(data)
    return server is not None and server.url() == address.url()


def _begin() -> None:
    """Load the demo; but never among people who are there already."""
    if Agent.objects.exists():
        install(demo=False, at=now())
        return
    say("Loading the demo …")
    load_demo(at=now())


def _begin_empty() -> None:
    install(demo=False, at=now())
    if not Plan.objects.exists():
        publish_text(read_plan_text(SHIPPED / "premium.toml"), at=now())
    if not Agent.objects.exists():
        say(f"Make the first administrator within 30 minutes: {people.start_link()}")


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for our turn: two that prepare at once would get in each other's way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
