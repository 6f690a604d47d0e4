"""Fills an installation with as many tickets as a bench asks for, by SQL, within minutes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

FILLING = Path(__file__).with_name("filling.sql")
# What is said where a bench brings no texts of its own: two dozen words in two hundred orders.
SAYINGS = """
INSERT INTO sayings WITH words AS (
    SELECT unnest(ARRAY['export','import','dashboard','workflow','webhook','report','contact',
        'seat','invoice','form','page','login','token','list','segment','campaign','ticket',
        'queue','field','property','template','domain','record','sync']) AS word
)
SELECT i, (SELECT string_agg(word, ' ' ORDER BY md5(i::text || word)) FROM words) || '. '
    || (SELECT string_agg(word, ' ' ORDER BY md5(word || i::text)) FROM words) || '.'
FROM generate_series(0, 199) AS i
"""
EMPTIED = ["tickets_ticket", "live_liveevent"]
FILLED = [
    "tickets_ticket",
    "tickets_message",
    "tickets_attachment",
    "tickets_ticketevent",
    "tickets_claim",
    "sla_decision",
    "sla_clock",
    "sla_clockentry",
    "routing_queueentry",
    "routing_notice",
    "live_liveevent",
]

Wire = psycopg.Connection[Any]


def fill(url: str, *, tickets: int, unresolved: int, texts: Sequence[str] = ()) -> None:
    """Empty the tables about tickets and fill them anew; then let PostgreSQL look at them.

    Indexes are made after the rows and keys are not checked: both only to be done sooner.
    `texts` are what is said, a text a message, over and over again.
    """
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as wire:
        wire.execute("SET session_replication_role = replica")
        wire.execute("SET maintenance_work_mem = '256MB'")
        wire.execute("SET work_mem = '64MB'")
        _empty(wire)
        indexes = _drop_indexes(wire)
        asks = {"tickets": tickets, "open": unresolved, "texts": _say(wire, texts)}
        wire.execute(FILLING.read_text().encode(), asks)
        for index in indexes:
            wire.execute(index.encode())
        for table in FILLED:
            _set_sequence(wire, table)
        wire.execute("SELECT routing_tally_anew()")  # No trigger has counted what came in.
        wire.execute("VACUUM (FREEZE, ANALYZE)")
        wire.execute("CHECKPOINT")


def _say(wire: Wire, texts: Sequence[str]) -> int:
    """Keep what is said for the filling, and return how many texts that are."""
    wire.execute("CREATE TEMP TABLE sayings (i bigint, body text)")
    if texts:
        with wire.cursor().copy("COPY sayings (i, body) FROM STDIN") as copy:
            for row in enumerate(texts):
                copy.write_row(row)
    else:
        wire.execute(SAYINGS)
    wire.execute("ANALYZE sayings")
    (number,) = wire.execute("SELECT count(*) FROM sayings").fetchone() or (0,)
    return int(number)


def _empty(wire: Wire) -> None:
    tables = sql.SQL(", ").join(map(sql.Identifier, EMPTIED))
    wire.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))


def _drop_indexes(wire: Wire) -> list[str]:
    """Drop the indexes that no constraint stands on, and return how they were made."""
    rows = wire.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS"
        " (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
        [FILLED],
    ).fetchall()
    for name, _ in rows:
        wire.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    return [made for _, made in rows]


def _set_sequence(wire: Wire, table: str) -> None:
    name = wire.execute(
        "SELECT pg_get_serial_sequence(%s, column_name) FROM information_schema.columns"
        " WHERE table_name = %s AND is_identity = 'YES'",
        [table, table],
    ).fetchone()
    if name:
        query = sql.SQL("SELECT setval({}, (SELECT max(id) + 1 FROM {}))")
        wire.execute(query.format(sql.Literal(name[0]), sql.Identifier(table)))
