"""How often the right article is among the first, for questions in other words than its own.

`--material DIR` holds sets of questions and answers, a JSON object on each line:
`article_question`, `article_answers` and `queries`, or `question`, `answer` and `class`. Plain
full-text search is asked the same beside ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.installation import throwaway
from bench.measure import Figure, arguments, report, say

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
DEPTH = 10
Search = Callable[[str], list[str]]

# Plain full-text search as PostgreSQL's manual has it: the title above the words of the body.
PLAIN_TABLE = (
    "CREATE TEMPORARY TABLE plain AS SELECT a.key,"
    " setweight(to_tsvector('english', v.title), 'A')"
    " || setweight(to_tsvector('english', v.body), 'D') AS said FROM knowledge_articletext t"
    " JOIN knowledge_article a ON a.id = t.article_id"
    " JOIN knowledge_articleversion v ON v.id = t.current_id"
)
PLAIN = (
    "SELECT key FROM plain, (SELECT {query}) AS asked(query) WHERE said @@ query"
    " ORDER BY ts_rank_cd(said, query) DESC, key::int LIMIT %s"
)
ALL_WORDS = PLAIN.format(query="websearch_to_tsquery('english', %s)")
ANY_WORD = PLAIN.format(
    query="replace(plainto_tsquery('english', %s)::text, ' & ', ' | ')::tsquery"
)
EMPTY = "DROP TABLE IF EXISTS plain; TRUNCATE knowledge_article, knowledge_word CASCADE"


@dataclass(frozen=True, slots=True)
class Case:
    """An article, and questions that it answers."""

    title: str
    body: str
    questions: tuple[str, ...]


def main(argv: Sequence[str]) -> None:
    """Ask every question of every set that is at hand."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--material", type=Path, metavar="DIR")
    parser.add_argument("--misses", action="store_true", help="print what was not found")
    options = parser.parse_args(argv)
    files = sorted(options.material.glob("*.jsonl")) if options.material else []
    if not files:
        say("Left out: name a folder with sets of questions by --material DIR.")
        return
    with throwaway() as installation:
        installation.use()
        figures = [each for file in files for each in judged(file, misses=options.misses)]
    report("answers", figures, options.json)


def judged(file: Path, *, misses: bool) -> Iterator[Figure]:
    """Give the figures of one set, in a help centre that has nothing else."""
    found = cases(file.read_text("utf-8").splitlines())
    publish(found)
    ways = {
        "ours": ours,
        "websearch_to_tsquery": plain(ALL_WORDS),
        "any of the words": plain(ANY_WORD),
    }
    for name, search in ways.items():
        ranks = [
            (question, case, _rank(search(question), str(number)))
            for number, case in enumerate(found)
            for question in case.questions
        ]
        yield figure(f"{file.stem}: {name}", [rank for _, _, rank in ranks])
        if misses and search is ours:
            _say_misses(ranks)


def cases(lines: Sequence[str]) -> list[Case]:
    """Return the articles of a set.

    A set without paraphrases has questions and answers. Its articles are the answers alone,
    under the name of their class, and what is asked are their questions.
    """
    found: dict[str, Case] = {}
    for line in map(json.loads, lines):
        if "queries" in line:
            body = "\n\n".join(line["article_answers"])
            found[body] = Case(line["article_question"], body, tuple(line["queries"]))
        else:
            body = line["answer"]
            before = found[body].questions if body in found else ()
            found[body] = Case(line["class"], body, (*before, line["question"]))
    return list(found.values())


def publish(found: Sequence[Case]) -> None:
    """Publish the articles in English; each has its number for its key."""
    from django.db import connection  # noqa: PLC0415

    from answerable.knowledge import actions  # noqa: PLC0415  # Django is set up by now.

    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    for number, case in enumerate(found):
        article = actions.add_article(str(number), at=AT)
        written = actions.Written(case.title[:200], case.body)
        actions.publish_article(article, "en", written, by=None, at=AT)
    with connection.cursor() as cursor:
        cursor.execute(PLAIN_TABLE)


def ours(question: str) -> list[str]:
    """Return the keys of the articles that search finds."""
    from answerable.knowledge.models import Article  # noqa: PLC0415
    from answerable.knowledge.searching import Question, search  # noqa: PLC0415

    hits = search(Question(question, "en", limit=DEPTH), AT).hits
    keys = Article.objects.in_bulk([hit.article_id for hit in hits])
    return [keys[hit.article_id].key for hit in hits]


def plain(statement: str) -> Search:
    """Return a search by PostgreSQL's own ranking."""
    from django.db import connection  # noqa: PLC0415

    def search(question: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(statement, [question, DEPTH])
            return [key for (key,) in cursor.fetchall()]

    return search


def figure(name: str, ranks: Sequence[int | None]) -> Figure:
    """Return hit@1, hit@3 and the mean of 1/rank; None is an article that was not found."""
    among = [rank for rank in ranks if rank is not None]
    values = {
        "hit@1": sum(rank == 1 for rank in among) / len(ranks),
        "hit@3": sum(rank <= 3 for rank in among) / len(ranks),
        "MRR": sum(1 / rank for rank in among) / len(ranks),
    }
    return Figure(name, "", values, len(ranks))


def _rank(found: list[str], key: str) -> int | None:
    return found.index(key) + 1 if key in found else None


def _say_misses(ranks: Sequence[tuple[str, Case, int | None]]) -> None:
    missed = [each for each in ranks if each[2] is None or each[2] > 3]
    for question, case, rank in missed:
        say(f"  {rank or '-'}: {question}\n     {case.title}")
