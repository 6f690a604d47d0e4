"""How late a miss is noticed: a watch, a million running clocks, a hundred due each second."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from bench.installation import Installation, NotReady, throwaway, wait_for
from bench.measure import Figure, arguments, report, say, spread

FILLING = Path(__file__).with_name("lateness.sql")
HEAD_START = 3  # seconds between the news of the clocks and the first of them
PATIENCE = 60.0
SHARES = (50, 99, 100)

# The clocks that fall due are running ones, brought forward, as a change of a promise would.
BRING_FORWARD = """
WITH moved AS (
  UPDATE sla_clock SET due_at = at, wake_at = at, started_at = at - allowance
  FROM (
    SELECT n, now() + (%(head)s + n / %(rate)s::float8) * interval '1 second' AS at
    FROM generate_series(1, %(due)s) AS n
  ) AS soon
  WHERE id = n RETURNING id
)
SELECT count(*), pg_notify('answerable_clock', '') FROM moved
"""

STAMPED = "SELECT count(*) FROM sla_clock WHERE id <= %s AND outcome = 'missed'"

# When it was noticed is in the ledger; when it was in force, PostgreSQL knows.
LATENESS = """
SELECT extract(epoch FROM recorded_at - at) * 1000,
  extract(epoch FROM pg_xact_commit_timestamp(xmin) - at) * 1000
FROM sla_clockentry WHERE verb = 'miss'
"""


def main(argv: Sequence[str]) -> None:
    """Fill a throwaway database, start `answerable watch`, and read its ledger."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--clocks", type=int, default=1_000_000, help="how many run")
    parser.add_argument("--seconds", type=int, default=60, help="for how long some fall due")
    parser.add_argument("--rate", type=int, default=100, help="how many fall due each second")
    parser.add_argument("--watches", type=int, default=1, help="how many watches run")
    options = parser.parse_args(argv)
    with throwaway(database={"track_commit_timestamp": "on"}) as installation:
        report("lateness", measure(installation, options), options.json)


def measure(installation: Installation, options: Namespace) -> list[Figure]:
    """Return how late the watch noticed each miss, and how late the miss was in force."""
    installation.use()
    due = options.rate * options.seconds
    with psycopg.connect(installation.server.url(), autocommit=True) as wire:
        _fill(wire, options.clocks)
        for number in range(options.watches):
            installation.start("watch", name=f"watch-{number}")
        wait_for("the watch", lambda: _listeners(wire) >= options.watches)
        wire.execute(BRING_FORWARD, {"head": HEAD_START, "rate": options.rate, "due": due})
        time.sleep(HEAD_START + options.seconds)
        wait_for("the last miss", lambda: _count(wire, STAMPED, due) == due, PATIENCE)
        rows = wire.execute(LATENESS).fetchall()
    if len(rows) != due:
        raise NotReady(f"{due} clocks fell due, and {len(rows)} misses were stamped.")
    of = f"of {options.clocks:,} clocks, {options.rate} due a second"
    return [
        spread(f"Miss noticed late, {of}", [float(row[0]) for row in rows], "ms", SHARES),
        spread(f"Miss in force late, {of}", [float(row[1]) for row in rows], "ms", SHARES),
    ]


def _fill(wire: psycopg.Connection[Any], clocks: int) -> None:
    from django.utils.timezone import now  # noqa: PLC0415  # Django is set up by now.

    from answerable.cast import Cast  # noqa: PLC0415

    cast = Cast(now())
    begun = time.monotonic()
    told = {
        "clocks": clocks,
        "customer": cast.nordwind.pk,
        "contact": cast.dana.pk,
        "version": cast.premium.pk,
    }
    with psycopg.ClientCursor(wire) as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILLING.read_text().encode(), told)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM (FREEZE, ANALYZE)")
        cursor.execute("CHECKPOINT")
    say(f"{clocks:,} clocks run; made in {time.monotonic() - begun:.0f} s.")


def _listeners(wire: psycopg.Connection[Any]) -> int:
    listening = "SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN answerable_clock'"
    return _count(wire, listening)


def _count(wire: psycopg.Connection[Any], query: str, *values: int) -> int:
    row = wire.execute(query.encode(), values).fetchone()
    return int(row[0]) if row else 0
