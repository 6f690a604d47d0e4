"""A large desk whose tickets say something: filled in, indexed for search, and kept."""

from __future__ import annotations

import random
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from zlib import crc32

import psycopg

from answerable.lib import postgres
from bench.filling import FILLING, fill
from bench.installation import Installation, NotReady, throwaway
from bench.measure import say
from bench.search import Language, made_up

# How many tickets there are, and how many of them are not resolved.
SIZES = ((1_000, 300), (100_000, 12_000), (1_000_000, 12_000))
# Filling is what these are for; reading does not depend on them.
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
TEXTS, LENGTH = 20_000, 45  # the messages that tickets draw from, and their words
# Nobody has to index what is indexed.
MARKED = """
INSERT INTO tickets_logmark (name, upto, gaps, level_at, stumbles)
VALUES ('search', 1000000000000, '[]', now(), 0)
ON CONFLICT (name) DO UPDATE SET upto = EXCLUDED.upto
"""

# What indexing makes of a ticket, from parts that are made once each: its texts, its people.
# The numbers of the texts are those of filling.sql.
DOCUMENTS = """
INSERT INTO search_document (ticket_id, words, pairs)
SELECT ticket.id, search_indexed('english', search_folded(ticket.subject), 'A')
    || people.words || CASE WHEN mod(ticket.id, 20) = 3
        THEN search_indexed('simple', concat('console-', ticket.id, '.txt console ',
            ticket.id, ' txt'), 'B') ELSE '' END
    || one.words || coalesce(two.words, '') || coalesce(three.words, '')
    || coalesce(four.words, '') || coalesce(five.words, '')
    || array_to_tsvector(array_remove(ARRAY['#b' || ticket.id / %(part)s,
        '#c' || customer_id, '#p' || requester_id, '#s' || state, '#o' || assignee_id,
        '#m' || to_char(last_at AT TIME ZONE 'UTC', 'YYYYMM'),
        '#y' || to_char(last_at AT TIME ZONE 'UTC', 'YYYY'),
        CASE WHEN ticket.state <> 'open' THEN '#a' || agents[1 + mod(ticket.id, 4)] END,
        CASE WHEN ticket.state <> 'open' THEN '#note' END,
        CASE WHEN mod(ticket.id, 20) = 3 THEN '#file' END], NULL)),
    people.pairs || one.pairs || coalesce(two.pairs, '{}') || coalesce(three.pairs, '{}')
    || coalesce(four.pairs, '{}') || coalesce(five.pairs, '{}')
FROM tickets_ticket ticket
JOIN bench_people people ON people.id = requester_id
JOIN bench_text one ON one.id = mod(ticket.id * 31, %(texts)s)
LEFT JOIN bench_text two ON two.id = mod(mod(ticket.id * 31, %(texts)s)
    + 1 * (1 + ticket.id / %(texts)s), %(texts)s) AND ticket.state <> 'open'
LEFT JOIN bench_text three ON three.id = mod(mod(ticket.id * 31, %(texts)s)
    + 2 * (1 + ticket.id / %(texts)s), %(texts)s) AND ticket.state <> 'open'
LEFT JOIN bench_text four ON four.id = mod(mod(ticket.id * 31, %(texts)s)
    + 3 * (1 + ticket.id / %(texts)s), %(texts)s) AND ticket.state <> 'open'
LEFT JOIN bench_text five ON five.id = mod(mod(ticket.id * 31, %(texts)s)
    + 4 * (1 + ticket.id / %(texts)s), %(texts)s) AND ticket.state <> 'open',
(SELECT array_agg(id ORDER BY id) AS agents FROM accounts_agent WHERE role = 'agent') AS desk
"""
PARTS = """
INSERT INTO search_part (number, since, until)
SELECT id / %(part)s, min(day), max(day) FROM (
    SELECT id, (last_at AT TIME ZONE 'UTC')::date AS day FROM tickets_ticket
) AS changed GROUP BY 1
"""
PEOPLE = """
CREATE TEMP TABLE bench_people AS
SELECT contact.id, search_indexed('simple', search_folded(concat_ws(' ', customer.name,
    contact.name, contact.email, 'Person', 'person@customer.example')), 'B') AS words,
    search_pairs(search_folded(concat_ws(' ', customer.name, contact.name, contact.email)))
        AS pairs
FROM accounts_contact contact JOIN accounts_customer customer ON customer.id = customer_id
"""
SAID = """
CREATE TEMP TABLE bench_text AS
SELECT id, search_indexed('english', said, 'D') AS words, search_pairs(said) AS pairs
FROM bench_said
"""
BY_WORD = """
CREATE INDEX document_by_word_and_pair ON search_document USING gin (words, pairs)
WITH (fastupdate = off)
"""


def sized(parser: ArgumentParser) -> None:
    """Add the options that say how many tickets there are, and where they stay."""
    parser.add_argument("--most", type=int, default=10**6, help="no more tickets than these")
    parser.add_argument("--least", type=int, default=0, help="no fewer tickets than these")
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="keep the installation here; what it has of the last size is not filled in again",
    )


def between(options: Namespace) -> Iterator[tuple[int, int]]:
    """Give the sizes that the options leave, the least first."""
    return (size for size in SIZES if options.least <= size[0] <= options.most)


def language() -> Language:
    """Return the language that the tickets are in, the same each time."""
    return made_up(random.Random(1))  # noqa: S311  # Nothing secret.


def texts(spoken: Language) -> list[str]:
    """Return what is said on the tickets, the same each time."""
    chance = random.Random(2)  # noqa: S311
    return [spoken.say(chance, LENGTH) for _ in range(TEXTS)]


def installed(data: Path | None) -> AbstractContextManager[Installation]:
    """Give an empty installation, removed afterwards; or the one that a folder has."""
    return _kept(data.resolve()) if data else throwaway(database=QUICK)


@contextmanager
def _kept(data: Path) -> Iterator[Installation]:
    data.mkdir(mode=0o755, parents=True, exist_ok=True)
    is_new = not (data / "postgres").exists()
    installation = Installation(data, postgres.start(data, settings=QUICK))
    try:
        installation.run(*(["prepare", "--empty"] if is_new else ["migrate"]))
        yield installation
    finally:
        installation.end()


def have(installation: Installation, tickets: int, unresolved: int, spoken: Language) -> None:
    """Fill in so many tickets and index them, where they are not there from before."""
    of, mark = f"{tickets:,} tickets", installation.folder / "filled-in"
    wanted = f"{tickets} {unresolved} {crc32(FILLING.read_bytes() + DOCUMENTS.encode())}"
    if mark.exists():
        if mark.read_text() == wanted:
            say(f"{of} are there.")
            return
        if mark.read_text() == "begun":
            raise NotReady(f"{installation.folder} was not filled in to its end. Remove it.")
    say(f"Filling in {of}, {unresolved:,} of them unresolved …")
    mark.write_text("begun")
    url, sayings = installation.server.url(), texts(spoken)
    fill(url, tickets=tickets, unresolved=unresolved, texts=sayings)
    index_all(url, spoken, sayings)
    mark.write_text(wanted)


def index_all(url: str, spoken: Language, sayings: list[str]) -> None:
    """Make the documents and the words that indexing would make, in minutes."""
    part = import_module("answerable.search.statements").PART
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as wire:
        wire.execute("SET maintenance_work_mem = '512MB'")
        wire.execute("SET work_mem = '64MB'")
        wire.execute("TRUNCATE search_document, search_part, search_word")
        wire.execute("DROP INDEX IF EXISTS document_by_word_and_pair")
        wire.execute("CREATE TEMP TABLE bench_said (id int, said text)")
        with wire.cursor().copy("COPY bench_said (id, said) FROM STDIN") as copy:
            for row in enumerate(sayings):
                copy.write_row(row)
        wire.execute(SAID)
        wire.execute(PEOPLE)
        wire.execute("ANALYZE bench_text, bench_people")
        wire.execute(DOCUMENTS, {"part": part, "texts": TEXTS})
        wire.execute(PARTS, {"part": part})
        wire.execute(BY_WORD)
        _keep_words(wire, spoken)
        wire.execute(MARKED)
        wire.execute("VACUUM ANALYZE")
        wire.execute("CHECKPOINT")


def _keep_words(wire: psycopg.Connection[tuple[object, ...]], spoken: Language) -> None:
    shapes = import_module("answerable.knowledge.core.typos").shapes
    with wire.cursor().copy("COPY search_word (word, shapes) FROM STDIN") as copy:
        for word in dict.fromkeys(each[:24] for each in spoken.words if len(each) > 3):
            copy.write_row((word, shapes(word)))
