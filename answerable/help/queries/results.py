"""What is found by searching, and what it can be narrowed by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db import DatabaseError, transaction
from django.db.models import Func
from django.urls import reverse

from answerable.accounts.models import Contact
from answerable.help.languages import name_here
from answerable.intake.read_before import searched_in
from answerable.intake.visits import NAME as VISIT
from answerable.intake.visits import carried
from answerable.knowledge.access import Person, readable_by, texts_readable_by
from answerable.knowledge.actions import Visitor, ask
from answerable.knowledge.available import tiers_named
from answerable.knowledge.finding import Hit
from answerable.knowledge.models import Article
from answerable.knowledge.searching import Found, Question, search
from answerable.lib.away import is_away
from answerable.sla.words import product_word

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: words, a language, and what narrows them."""

    q: str
    language: str
    product: str = ""
    mine_only: bool = False
    as_typed: bool = False
    visitor: Visitor | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A line of what was found."""

    hit: Hit
    address: str
    products: Sequence[str]
    tiers: Sequence[str]
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, or why nothing was; `down` when search did not answer."""

    asked: Asked
    found: Found
    rows: Sequence[Result]
    down: bool = False

    @property
    def asked_language(self) -> str:
        """What the language is called that was asked for."""
        return name_here(self.asked.language)

    @property
    def found_language(self) -> str:
        """What the language is called in which something was found instead."""
        return name_here(self.found.other_language)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search can be narrowed by: each as its value and its name."""

    products: Sequence[tuple[str, str]]
    languages: Sequence[tuple[str, str]]
    has_plan: bool


def asked_in(
    values: Mapping[str, str], language: str, visitor: Visitor | None, *, as_typed: bool
) -> Asked:
    """Return what an address asks for, in the language of its page where it names none.

    What a visitor asks is kept; what is asked by nobody that we may remember is not.
    """
    return Asked(
        searched_in(values),
        values.get("in", "")[:12] or language,
        values.get("product", "")[:60].replace("\x00", ""),
        bool(values.get("mine")),
        as_typed,
        visitor,
    )


def results_for(person: Person, asked: Asked, at: datetime) -> Results:
    """Return what was found. A search that cannot be answered says so; the page stays."""
    question = Question(
        words=asked.q,
        language=asked.language,
        contact=person,
        product=asked.product,
        mine_only=asked.mine_only,
        limit=MOST_SHOWN,
        as_typed=asked.as_typed,
    )
    try:
        with transaction.atomic():
            visitor = asked.visitor
            found = ask(question, visitor, at=at) if visitor else search(question, at)
            return Results(asked, found, _rows(found, asked))
    except DatabaseError as error:
        if is_away(error):
            raise
        return Results(asked, Found(), (), down=True)


def filters_for(person: Person, at: datetime) -> Filters:
    """Return the products and languages in which there is something to read. Two queries."""
    texts = texts_readable_by(person, at)
    languages = texts.order_by("language").values_list("language", flat=True).distinct()
    products = Func("products", function="unnest")
    named = readable_by(person, at).annotate(one=products).values_list("one", flat=True)
    keys = sorted(set(named.distinct()))
    return Filters(
        [(key, product_word(key)) for key in keys],
        [(code, name_here(code)) for code in languages],
        isinstance(person, Contact),
    )


def _rows(found: Found, asked: Asked) -> list[Result]:
    """Return the lines of what was found. One query beside those of the search."""
    articles = Article.objects.only("available").in_bulk([hit.article_id for hit in found.hits])
    return [
        Result(
            hit,
            _address(hit, asked, found.log_id),
            [product_word(product) for product in hit.products],
            tiers_named(articles[hit.article_id]),
            hit is found.answer,
        )
        for hit in found.hits
    ]


def _address(hit: Hit, asked: Asked, log_id: int | None) -> str:
    """Return where a hit is read, at the part that says it; what was asked goes along."""
    path = reverse("help:article", args=[hit.language, hit.slug])
    part = f"#{hit.anchor}" if hit.anchor else ""
    along = {"q": asked.q, "asked": log_id, VISIT: carried(asked.visitor)}
    return f"{path}?{urlencode({name: value for name, value in along.items() if value})}{part}"
