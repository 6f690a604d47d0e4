"""Search over up to a million tickets and four million messages, by the desk's page."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from urllib.parse import quote

from bench import said
from bench.browser import Browser, work_of
from bench.installation import Installation, NotReady, answers, free_port, wait_for
from bench.measure import Figure, arguments, in_cpu, report, say, single, spread
from bench.pages import PART
from bench.search import Language

WARM, INDEXED = 6, 2_000
AS_TYPED = "the beginning of a word"  # as the page asks while somebody types
COMMON, RARE = 200, 10_000  # words up to this place are common, and after that one rare


def main(argv: Sequence[str]) -> None:
    """Fill, then search many times at each size."""
    parser = arguments(__doc__ or "")
    said.sized(parser)
    parser.add_argument("--requests", type=int, default=120, help="searches of each kind")
    options = parser.parse_args(argv)
    figures: list[Figure] = []
    questions = Questions(said.language())
    with said.installed(options.data) as installation:
        browser = _open(installation)
        for tickets, unresolved in said.between(options):
            said.have(installation, tickets, unresolved, questions.language)
            figures.append(_indexing(tickets))
            figures += _measured(browser, questions, tickets, options.requests)
    report("finding", figures, options.json)


def _open(installation: Installation) -> Browser:
    installation.use()
    ana, _ = import_module("bench.people").agent_and_contact()
    port = free_port()
    installation.start("web", "--port", str(port), DJANGO_SETTINGS_MODULE="bench.counted")
    wait_for("the pages", answers(port))
    return Browser(port, ana)


def _indexing(tickets: int) -> Figure:
    """Index some tickets anew, all over the index, in batches as they are followed."""
    actions = import_module("answerable.search.actions")
    some = min(tickets, INDEXED)
    numbers = [1 + turn * 7919 % tickets for turn in range(some)]
    begun = time.perf_counter()
    for first in range(0, some, 100):
        actions.index_tickets(sorted(numbers[first : first + 100]))
    each = (time.perf_counter() - begun) / some * 1000
    return single(f"Indexing a ticket of five messages, {tickets:,} tickets", each, "ms")


@dataclass(frozen=True)
class Questions:
    """What somebody may type, by its kind; the same each time."""

    language: Language

    @cached_property
    def texts(self) -> list[list[str]]:
        """The words of each text that is said on tickets."""
        return [text.split() for text in said.texts(self.language)]

    def kinds(self) -> Mapping[str, Callable[[random.Random], str]]:
        """Return what makes a question of each kind."""
        return {
            "a common word": self.common,
            "the commonest word": lambda _: "the",
            "two words": lambda chance: " ".join(self.some(chance)),
            "five words of a message": lambda chance: " ".join(self.said(chance, 5)),
            "a rare word": self.rare,
            "a mistyped word": self.mistyped,
            AS_TYPED: lambda chance: self.common(chance)[:3],
            "a phrase that is said": lambda chance: f'"{" ".join(self.said(chance, 3))}"',
            "a phrase of two common words": lambda chance: f'"{" ".join(self.some(chance))}"',
            "a phrase of small words": lambda _: '"how to the"',
            "a phrase that nobody says": lambda chance: (
                f'"{self.common(chance)} {self.common(chance)} {self.common(chance)}"'
            ),
            "without a word": lambda chance: f"{self.common(chance)} -{self.common(chance)}",
            "by an account": lambda chance: (
                f"from:{self.customer(chance)} {self.common(chance)}"
            ),
            "all of an account": lambda chance: f"from:{self.customer(chance)}",
            "by an agent, a phrase": lambda chance: (
                f'by:ana "{" ".join(self.said(chance, 2))}"'
            ),
            "late ones": lambda chance: f"is:late {self.common(chance)}",
            "open ones": lambda chance: f"is:open {self.common(chance)}",
            "resolved ones before a day": lambda chance: (
                f"is:resolved before:2025-01-01 {self.common(chance)}"
            ),
            "an agent's with a file": lambda chance: (
                f"owner:ben has:file {self.common(chance)}"
            ),
            "the name of a file": lambda chance: (
                f"console-{chance.randrange(1, 50) * 20 + 3}.txt"
            ),
            "a person": lambda chance: f"person 2 of {chance.randrange(1, 2000)}",
        }

    def common(self, chance: random.Random) -> str:
        """Return one of the commonest words."""
        return self.language.words[chance.randrange(COMMON)]

    def rare(self, chance: random.Random) -> str:
        """Return a word that few say."""
        return self.language.words[chance.randrange(RARE, len(self.language.words))]

    def some(self, chance: random.Random) -> list[str]:
        """Return two words as often as they are said."""
        return chance.choices(self.language.words, cum_weights=self.language.up_to, k=2)

    def said(self, chance: random.Random, many: int) -> list[str]:
        """Return words that stand together in some text."""
        text = chance.choice(self.texts)
        first = chance.randrange(len(text) - many)
        return text[first : first + many]

    def mistyped(self, chance: random.Random) -> str:
        """Return a common word of some length without one of its letters."""
        long = [word for word in self.language.words[:COMMON] if len(word) > 5]
        word = chance.choice(long)
        return word[:2] + word[3:]

    def customer(self, chance: random.Random) -> str:
        """Return the name of an account."""
        return f'"Customer {chance.randint(1, 2000)}"'


def _measured(
    browser: Browser, questions: Questions, tickets: int, requests: int
) -> Iterator[Figure]:
    """Search so often for each kind; last, what any of all these took."""
    every = list[tuple[float, float]]()
    for name, question in questions.kinds().items():
        browser.close()
        pages = list(_searched(browser, name, question, requests))
        every += pages
        yield _told(f"Search for {name}, {tickets:,} tickets", pages)
    yield _told(f"Search of any kind, {tickets:,} tickets", every)


def _searched(
    browser: Browser, name: str, question: Callable[[random.Random], str], requests: int
) -> Iterator[tuple[float, float]]:
    """Yield how long each search took by the clock and of processors, in milliseconds."""
    chance = random.Random(name)  # noqa: S311  # Nothing secret: the same each time.
    headers = PART if name == AS_TYPED else None
    for number in range(WARM + requests):
        page = browser.get(f"/desk/search/?q={quote(question(chance))}", headers)
        if page.status != 200:
            raise NotReady(f"Search answered {page.status}.")
        if number >= WARM:
            yield float(page.headers["x-milliseconds"]), work_of(page)


def _told(name: str, pages: Sequence[tuple[float, float]]) -> Figure:
    figure = spread(name, [took for took, _work in pages], "ms")
    figure.values.update(in_cpu([work for _took, work in pages]))
    say(figure.line())
    return figure
