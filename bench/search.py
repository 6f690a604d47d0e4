"""Search of ten thousand articles: whole questions, and a question at each key."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate

from bench.installation import throwaway
from bench.measure import Figure, arguments, report, say, single, spread
from bench.processes import cpu_seconds

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
ARTICLES = 10_000
WORDS = 30_000  # that the articles draw from, by Zipf's law
QUESTIONS = 400
WARM = 20
SYLLABLES = [a + b for a in "bcdfghjklmnprstvw" for b in ("a", "e", "i", "o", "u", "ar", "en")]
SMALL = [
    *("how", "do", "i", "the", "a", "to", "of", "in", "my", "is", "when"),
    "can",
    "not",
    "with",
]


@dataclass(frozen=True, slots=True)
class Language:
    """A made-up language: its words, each with how many words it and those before it make."""

    words: list[str]
    up_to: list[float]

    def say(self, chance: random.Random, length: int) -> str:
        """Return so many words, two fifths of them small ones, as in English."""
        drawn = chance.choices(self.words, cum_weights=self.up_to, k=length)
        return " ".join(
            chance.choice(SMALL) if chance.random() < 0.4 else word for word in drawn
        )


def main(argv: Sequence[str]) -> None:
    """Publish the articles, then ask."""
    options = arguments(__doc__ or "").parse_args(argv)
    chance = random.Random(1)  # noqa: S311  # Nothing secret: the same articles each time.
    with throwaway() as installation:
        installation.use()
        language = made_up(chance)
        say(f"Publishing {ARTICLES:,} articles …")
        titles, figures = published(language, chance)
        figures += asked(questions(titles, language, chance))
    report("search", figures, options.json)


def made_up(chance: random.Random) -> Language:
    """Return a language whose words are as unequal as those of a real one."""
    words = dict.fromkeys(
        "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(WORDS)
    )
    return Language(
        list(words), list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    )


def published(language: Language, chance: random.Random) -> tuple[list[str], list[Figure]]:
    """Publish the articles; return their titles, and what publishing one took."""
    from answerable.knowledge import actions  # noqa: PLC0415  # Django is set up by now.

    titles, took = [], []
    for number in range(ARTICLES):
        title = language.say(chance, chance.randint(4, 10)).capitalize()
        article = actions.add_article(f"article-{number}", at=AT)
        written = actions.Written(title, body(language, chance, number))
        begun = time.perf_counter()
        actions.publish_article(article, "en", written, by=None, at=AT)
        took.append((time.perf_counter() - begun) * 1000)
        titles.append(title)
    return titles, [spread("Publishing an article, with its index", took[-2000:], "ms")]


def body(language: Language, chance: random.Random, number: int) -> str:
    """Return four sections of three paragraphs, and every tenth time the code of an error."""
    blocks = []
    for _ in range(4):
        blocks.append(f"## {language.say(chance, 4)}")
        blocks += [f"{language.say(chance, chance.randint(15, 60))}." for _ in range(3)]
    if number % 10 == 0:
        blocks.append(f"The code is E-{number + 1000}.")
    return "\n\n".join(blocks)


def questions(titles: list[str], language: Language, chance: random.Random) -> list[str]:
    """Return questions: words of a title among others, a tenth with a typing error."""
    asked = []
    for number in range(QUESTIONS):
        words = chance.choice(titles).lower().split()
        chance.shuffle(words)
        words = words[:4] + language.say(chance, 4).split()
        if number % 10 == 0:
            words[0] = words[0][:1] + words[0][2:]
        asked.append(" ".join(words))
    return asked


def asked(all_of: Sequence[str]) -> list[Figure]:
    """Ask each whole, then some of them key by key."""
    for question in all_of[:WARM]:
        _took(question, as_typed=False)
    keys = [typed for question in all_of[:30] for typed in _keys(question)]
    return [
        *_measured(f"A whole question of {ARTICLES:,} articles", all_of, as_typed=False),
        *_measured(f"As it is typed, of {ARTICLES:,} articles", keys, as_typed=True),
    ]


def _measured(name: str, questions: Sequence[str], *, as_typed: bool) -> list[Figure]:
    """Return how long each took, and how much of the processor, which other programs do not
    change: ours and that of our session of PostgreSQL, which counts it in hundredths."""
    from django.db import connection  # noqa: PLC0415  # Django is set up by now.

    session = connection.connection.info.backend_pid
    ours, theirs = time.process_time(), cpu_seconds(session)
    took = [_took(question, as_typed=as_typed) for question in questions]
    processor = time.process_time() - ours + cpu_seconds(session) - theirs
    return [
        spread(name, took, "ms", (50, 95, 99)),
        single("  its processor time, on average", processor / len(took) * 1000, "ms"),
    ]


def _keys(question: str) -> Iterator[str]:
    return (question[:end] for end in range(2, len(question) + 1))


def _took(words: str, *, as_typed: bool) -> float:
    from answerable.knowledge.searching import Question, search  # noqa: PLC0415

    begun = time.perf_counter()
    search(Question(words, "en", as_typed=as_typed), AT)
    return (time.perf_counter() - begun) * 1000
