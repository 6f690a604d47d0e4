"""`answerable plan publish`, `export` and `list`: versions into the database, and out of it."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime, now

from answerable.cli.columns import GAP, columns
from answerable.cli.plan_checking import is_fine, lines
from answerable.cli.plan_finding import source_of, terms_in, text_of, version_of
from answerable.cli.say import say
from answerable.cli.wrong import Wrong
from answerable.entitlements.actions import Release
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.moments import moment
from answerable.entitlements.core.plan import PlanError, Terms
from answerable.entitlements.core.writing import to_toml
from answerable.entitlements.models import Plan, PlanText, PlanVersion
from answerable.entitlements.queries import accounts_using
from answerable.sla.actions import ask_to_move, move_open_tickets, publish_text
from answerable.sla.affected import Affected, affected_by
from answerable.sla.preview_words import due_words, moment_words

AGREED = {"y", "yes"}


def publish(options: argparse.Namespace) -> int:
    """Publish a file as the next version of its plan, after telling what it is about."""
    text = text_of(options.file)
    source = source_of(options.file)
    if not is_fine(options.file, text, source):
        return 1
    release = Release(
        text=text,
        note=options.note,
        from_at=_from_at(options.for_tickets_from),
        all_contracts=options.contracts == "all",
        source=source,
    )
    terms = terms_in(options.file, source)
    _tell(terms, release, now(), moves=options.open_tickets)
    if not options.yes and not _agrees():
        say("Nothing was published.")
        return 1
    try:
        with transaction.atomic():
            version = publish_text(text, at=now(), release=release)
            if options.open_tickets:
                ask_to_move(version, agent=None, at=now())
    except PlanRefused as refused:
        for line in lines(options.file, refused.findings):
            say(line)
        return 1
    except PlanError as error:
        raise Wrong(str(error)) from error
    say(f"{version} is published.")
    if options.open_tickets:
        _move(version)
    return 0


def _move(version: PlanVersion) -> None:
    """Move the open tickets now, thousands at a time; what died half-way goes on as a job."""
    moving = move_open_tickets(version, agent=None, at=now())
    done = moving.finished_at is not None
    say("Open tickets are moved to it." if done else "Some are held; a job moves the rest.")


def export(options: argparse.Namespace) -> int:
    """Write the text of a version, to a file or to the terminal."""
    version = version_of(options.plan)
    written = PlanText.objects.filter(version=version).first()
    text = written.text if written else to_toml(version.document)
    if options.file is None:
        sys.stdout.write(text)
        return 0
    file = Path(options.file)
    if file.exists() and not options.force:
        raise Wrong(f"{file} exists. Write over it with --force.")
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise Wrong(f"Cannot write {file}: {error.strerror}.") from error
    say(f"{version} is in {file}.")
    return 0


def list_all(options: argparse.Namespace) -> int:
    """List the plans with their newest version, and how many accounts use them."""
    at = now()
    rows = [("key", "name", "version", "since", "accounts", "")]
    newest = Plan.objects.annotate(newest=Max("versions__pk")).order_by("key")
    versions = PlanVersion.objects.in_bulk([plan.newest for plan in newest])
    for plan in newest:
        version = versions[plan.newest]
        since = moment_words(localtime(version.effective_from))
        state = "retired" if plan.retired_at else ""
        accounts = str(accounts_using(plan, at))
        rows.append((plan.key, plan.name, str(version.number), since, accounts, state))
    for line in columns(rows):
        say(line)
    return 0


def _from_at(words: str | None) -> datetime | None:
    if words is None:
        return None
    try:
        return moment(words)
    except PlanError as error:
        raise Wrong(str(error)) from error


def _tell(terms: Terms, release: Release, at: datetime, *, moves: bool) -> None:
    """Say whose contracts follow the new version, and what would change on open tickets."""
    plan = Plan.objects.filter(key=terms.key).first()
    count = accounts_using(plan, release.from_at or at) if plan else 0
    accounts = "1 account" if count == 1 else f"{count} accounts"
    since = moment_words(release.from_at) if release.from_at else "now"
    if release.all_contracts:
        say(f"{accounts} follow it for tickets received from {since} on.")
    else:
        say(f"No contract follows it yet; {accounts} use the plan.")
    found = affected_by(terms, at)
    they = "They move to the new one" if moves else "They keep their version; under the new one"
    joint = ", where" if moves else ""
    say(
        f"Open promises of this plan: {found.promises}. {they}{joint} "
        f"{len(found.changed)} would be due at another time. "
        f"{found.late} would be late, and keep their time."
    )
    if found.is_cut:
        say(f"These are the first {found.looked_at}; the others were not looked at.")
    for line in columns([_line(one) for one in found.changed]) if found.changed else ():
        say(GAP + line)


def _line(one: Affected) -> tuple[str, ...]:
    arrow = "\N{RIGHTWARDS ARROW}"
    metric = one.metric.replace("_", " ")
    times = f"{due_words(localtime(one.due_at))} {arrow} {due_words(localtime(one.new_due_at))}"
    return f"#{one.ticket}", one.subject, metric, f"v{one.version}", times


def _agrees() -> bool:
    if not sys.stdin.isatty():
        raise Wrong("There is no terminal to ask. Add --yes to publish.")
    return input("Publish it? [y/N] ").strip().lower() in AGREED
