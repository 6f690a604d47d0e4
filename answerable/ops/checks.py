"""What can be wrong with a running installation, said in words. Nothing is written here."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.files import clamd
from answerable.ops import queries

SILENT_AFTER = timedelta(seconds=30)
CLOCKS_APART = timedelta(seconds=2)
LEAST_FREE_MB = 500
LATE_SECONDS = 5.0
JOB_WAITS_SECONDS = 300.0
MAIL_WAITS = timedelta(minutes=10)
BEHIND_SECONDS = 60.0
KINDS = ("web", "work", "watch", "mail")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is fine, and what there is to say."""

    name: str
    fine: bool
    says: str


def findings() -> list[Finding]:
    """Look at everything; without a database, at what can be seen without one."""
    first = database()
    if not first.fine:
        return [first, room()]
    return [first, *(look(now()) for look in LOOKS), room()]


def database() -> Finding:
    """Say whether the database can be reached."""
    try:
        version = queries.database_version()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else ""
        says = _("The database cannot be reached: {reason}")
        return Finding("database", fine=False, says=says.format(reason=reason))
    says = _("PostgreSQL {version} answers.").format(version=version)
    return Finding("database", fine=True, says=says)


def migrations(at: datetime) -> Finding:
    """Say whether the database is of this release, older or newer."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = sorted(unknown_migrations(executor))
    if unknown:
        says = _(
            "The database was written by a newer release ({name} is unknown here). "
            "Install that release, or restore a backup."
        ).format(name=unknown[0])
    elif missing:
        says = _("The database is older than this release. Run: answerable migrate")
    else:
        says = _("The database is of this release.")
    return Finding("migrations", fine=not (unknown or missing), says=says)


def unknown_migrations(executor: MigrationExecutor) -> Iterator[str]:
    """Return the migrations that were applied and that this release does not have."""
    ours = {app for app, _name in executor.loader.disk_migrations}
    for app, name in executor.loader.applied_migrations:
        replaced = (app, name) in executor.loader.replacements
        if app in ours and (app, name) not in executor.loader.disk_migrations and not replaced:
            yield f"{app}.{name}"


def clock(at: datetime) -> Finding:
    """Say whether this machine's clock agrees with the database's."""
    apart = abs(queries.database_clock() - at)
    fine = apart < CLOCKS_APART
    says = (
        _("This clock and the database's agree.")
        if fine
        else _(
            "This clock and the database's are {seconds} s apart. Set both by NTP: promises "
            "are kept by the clock."
        ).format(seconds=round(apart.total_seconds()))
    )
    return Finding("clock", fine=fine, says=says)


def processes(at: datetime) -> Finding:
    """Say which of the four processes gives no sign of life."""
    silent = [kind for kind in KINDS if kind not in queries.living(at, SILENT_AFTER)]
    if not silent:
        return Finding("processes", fine=True, says=_("web, work, watch and mail run."))
    says = _("No sign of life from: {kinds}. Start them with: answerable up")
    return Finding("processes", fine=False, says=says.format(kinds=", ".join(silent)))


def watch(at: datetime) -> Finding:
    """Say whether a promise was due and nobody stamped it."""
    count, late = queries.clocks_unstamped(at)
    if late < LATE_SECONDS:
        return Finding("watch", fine=True, says=_("Every due time was seen in time."))
    says = ngettext(
        "{count} due time was not seen yet; it passed {late} s ago. The watch may be down.",
        "{count} due times were not seen yet; the first passed {late} s ago. "
        "The watch may be down.",
        count,
    ).format(count=count, late=round(late))
    return Finding("watch", fine=False, says=says)


def promises(at: datetime) -> Finding:
    """Say whether every due time can be worked out."""
    doubted = queries.clocks_in_doubt()
    if not doubted:
        return Finding("promises", fine=True, says=_("Every due time can be worked out."))
    says = ngettext(
        "{tickets} has a promise that cannot be worked out. Look at the calendars of its plan.",
        "{tickets} have a promise that cannot be worked out. Look at the calendars of their "
        "plans.",
        len(doubted),
    ).format(tickets=", ".join(f"#{number}" for number in doubted))
    return Finding("promises", fine=False, says=says)


def ledgers(at: datetime) -> Finding:
    """Say what the last audit of all clocks found."""
    kept = queries.last_audit()
    if kept is None:
        return Finding("ledgers", fine=True, says=_("No audit of the clocks was made yet."))
    if not kept.differences:
        says = _("Every clock is what its ledger and its plan say.")
        return Finding("ledgers", fine=True, says=says)
    says = ngettext(
        "{count} clock is not what its ledger or its plan says. See: answerable clocks audit",
        "{count} things about clocks are not what ledgers or plans say. "
        "See: answerable clocks audit",
        kept.differences,
    ).format(count=kept.differences)
    return Finding("ledgers", fine=False, says=says)


def jobs(at: datetime) -> Finding:
    """Say whether jobs wait too long or failed."""
    found = queries.jobs(at)
    slow = [
        row for row in found if row.status == "todo" and row.oldest_seconds > JOB_WAITS_SECONDS
    ]
    if slow:
        says = _("Jobs wait for {minutes} minutes already. The worker may be down.").format(
            minutes=round(max(row.oldest_seconds for row in slow) / 60)
        )
        return Finding("jobs", fine=False, says=says)
    waiting = sum(row.count for row in found if row.status == "todo")
    says = ngettext("{count} job waits.", "{count} jobs wait.", waiting)
    return Finding("jobs", fine=True, says=says.format(count=waiting))


def followers(at: datetime) -> Finding:
    """Say whether search, rules, notices and surveys follow the tickets' log, and take all."""
    found = queries.followers(at)
    behind = [one for one in found if one.seconds > BEHIND_SECONDS]
    if behind:
        names = ", ".join(f"{one.name} ({round(one.seconds)} s)" for one in behind)
        says = _("Behind the tickets' log: {names}. The worker or the watch may be down.")
        return Finding("followers", fine=False, says=says.format(names=names))
    parked = sum(one.parked for one in found)
    if parked:
        says = ngettext(
            "{count} line of a ticket's log could not be taken. See: answerable log",
            "{count} lines of tickets' logs could not be taken. See: answerable log",
            parked,
        )
        return Finding("followers", fine=False, says=says.format(count=parked))
    return Finding("followers", fine=True, says=_("What follows the tickets' log keeps up."))


def mail(at: datetime) -> Finding:
    """Say whether mail that should be out waits here."""
    stuck = queries.mail_overdue(at - MAIL_WAITS)
    if not stuck:
        return Finding("mail", fine=True, says=_("No mail waits for longer than it should."))
    says = ngettext(
        "{count} mail should have been sent and was not. The worker may be down.",
        "{count} mails should have been sent and were not. The worker may be down.",
        stuck,
    )
    return Finding("mail", fine=False, says=says.format(count=stuck))


def scanner(at: datetime) -> Finding:
    """Say whether the scanner of files answers, where there is one."""
    place = settings.ANSWERABLE_CLAMAV
    if not place:
        return Finding("scanner", fine=True, says=_("Files are not scanned."))
    try:
        says = _("{scanner} looks at files.").format(scanner=clamd.version(place))
    except clamd.Away as error:
        says = _("The scanner of files does not answer: {error}").format(error=error)
        return Finding("scanner", fine=False, says=says)
    return Finding("scanner", fine=True, says=says)


def room() -> Finding:
    """Say whether the disk has room."""
    free = shutil.disk_usage(settings.DATA if settings.DATA.exists() else "/").free // 2**20
    if free >= LEAST_FREE_MB:
        return Finding("disk", fine=True, says=_("The disk has room."))
    says = _("The disk is almost full: {free} MB are left. Free some space.")
    return Finding("disk", fine=False, says=says.format(free=free))


LOOKS: tuple[Callable[[datetime], Finding], ...] = (
    migrations,
    clock,
    processes,
    watch,
    promises,
    ledgers,
    jobs,
    followers,
    mail,
    scanner,
)
