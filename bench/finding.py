"""Search over up to a million tickets and four million messages, by the desk's page."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from importlib import import_module

import psycopg

from bench.browser import Browser
from bench.filling import fill
from bench.installation import Installation, NotReady, answers, free_port, throwaway, wait_for
from bench.measure import Figure, arguments, report, say, single, spread
from bench.search import Language, made_up

SIZES = (1_000, 100_000, 1_000_000)
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
TEXTS, LENGTH = 20_000, 45  # the messages that tickets draw from, and their words
WARM, INDEXED = 40, 2_000
KINDS = ("a common word", "two words", "a rare word", "a phrase", "by an account", "late ones")

# Each ticket's words are those of four texts, and the marks that indexing gives it.
DOCUMENTS = """
INSERT INTO search_document (ticket_id, words)
SELECT ticket.id, search_indexed('simple', search_folded(ticket.subject), 'A')
    || one.words || two.words || three.words || four.words
    || array_to_tsvector(array_remove(ARRAY['#b' || ticket.id / %(part)s,
        '#c' || customer_id, '#p' || requester_id, '#a' || assignee_id], NULL))
FROM tickets_ticket ticket
JOIN bench_text one ON one.id = mod(ticket.id * 7, %(texts)s)
JOIN bench_text two ON two.id = mod(ticket.id * 11 + 1, %(texts)s)
JOIN bench_text three ON three.id = mod(ticket.id * 13 + 2, %(texts)s)
JOIN bench_text four ON four.id = mod(ticket.id * 17 + 3, %(texts)s)
"""

# Nobody has to index what is indexed.
MARKED = """
INSERT INTO tickets_logmark (name, upto, gaps, level_at, stumbles)
VALUES ('search', 1000000000000, '[]', now(), 0)
ON CONFLICT (name) DO UPDATE SET upto = EXCLUDED.upto
"""


def main(argv: Sequence[str]) -> None:
    """Fill, then search many times at each size."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--most", type=int, default=10**6, help="no more tickets than these")
    parser.add_argument("--requests", type=int, default=120, help="searches of each kind")
    options = parser.parse_args(argv)
    figures: list[Figure] = []
    chance = random.Random(1)  # noqa: S311  # Nothing secret: the same searches each time.
    language = made_up(chance)
    with throwaway(database=QUICK) as installation:
        browser = _open(installation)
        for tickets in (size for size in SIZES if size <= options.most):
            say(f"Filling in {tickets:,} tickets …")
            fill(installation.server.url(), tickets=tickets, unresolved=min(tickets, 12_000))
            figures.append(_indexing(min(tickets, INDEXED)))
            index_all(installation.server.url(), language)
            figures += _measured(browser, language, tickets, options.requests)
    report("finding", figures, options.json)


def _open(installation: Installation) -> Browser:
    installation.use()
    ana, _ = import_module("bench.people").agent_and_contact()
    port = free_port()
    installation.start("web", "--port", str(port), DJANGO_SETTINGS_MODULE="bench.counted")
    wait_for("the pages", answers(port))
    return Browser(port, ana)


def _indexing(tickets: int) -> Figure:
    actions = import_module("answerable.search.actions")
    begun = time.perf_counter()
    for first in range(1, tickets + 1, 500):
        actions.index_tickets(list(range(first, min(first + 500, tickets + 1))))
    each = (time.perf_counter() - begun) / tickets * 1000
    return single(f"Indexing a ticket of five messages, of {tickets:,}", each, "ms")


def index_all(url: str, language: Language) -> None:
    chance = random.Random(2)  # noqa: S311
    texts = [(at, language.say(chance, LENGTH)) for at in range(TEXTS)]
    part = import_module("answerable.search.statements").PART
    shapes = import_module("answerable.knowledge.core.typos").shapes
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as wire:
        wire.execute("SET maintenance_work_mem = '512MB'")
        wire.execute("TRUNCATE search_document, search_word")
        wire.execute("DROP INDEX document_by_word")
        wire.execute("CREATE TEMP TABLE bench_said (id int, said text)")
        with wire.cursor().copy("COPY bench_said (id, said) FROM STDIN") as copy:
            for row in texts:
                copy.write_row(row)
        wire.execute(
            "CREATE TEMP TABLE bench_text AS"
            " SELECT id, search_indexed('english', said, 'D') AS words FROM bench_said"
        )
        wire.execute("ANALYZE bench_text")
        wire.execute(DOCUMENTS, {"part": part, "texts": TEXTS})
        wire.execute(
            "CREATE INDEX document_by_word ON search_document"
            " USING gin (words) WITH (fastupdate = off)"
        )
        with wire.cursor().copy("COPY search_word (word, shapes) FROM STDIN") as copy:
            for word in dict.fromkeys(each[:24] for each in language.words if len(each) > 3):
                copy.write_row((word, shapes(word)))
        wire.execute(MARKED)
        wire.execute("DROP TABLE bench_text, bench_said")
        wire.execute("VACUUM ANALYZE")
        wire.execute("CHECKPOINT")


def _measured(
    browser: Browser, language: Language, tickets: int, requests: int
) -> Iterator[Figure]:
    for kind in KINDS:
        chance = random.Random(kind)  # noqa: S311
        browser.close()
        took = []
        for number in range(WARM // len(KINDS) + requests):
            page = browser.get(f"/desk/search/?q={_question(kind, language, chance)}")
            if page.status != 200:
                raise NotReady(f"Search answered {page.status}.")
            if number >= WARM // len(KINDS):
                took.append(float(page.headers["x-milliseconds"]))
        figure = spread(f"Search for {kind}, {tickets:,} tickets", took, "ms")
        say(figure.line())
        yield figure


def _question(kind: str, language: Language, chance: random.Random) -> str:
    common = language.words[chance.randrange(200)]
    some = chance.choices(language.words, cum_weights=language.up_to, k=2)
    rare = language.words[chance.randrange(10_000, len(language.words))]
    match kind:
        case "a common word":
            return common
        case "two words":
            return "+".join(some)
        case "a rare word":
            return rare
        case "a phrase":
            return f"%22{some[0]}+{some[1]}%22"
        case "by an account":
            return f"from:%22Customer+{chance.randint(1, 2000)}%22+{common}"
        case _:
            return f"is:late+{common}"
