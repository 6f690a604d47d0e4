"""The funnel: what people asked, what they read, and whether it spared them a request.

Every number is a set of stories, and `stories_that` returns just those that it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from answerable.knowledge.core.outcomes import DEFLECTED, Outcome
from answerable.knowledge.models import ArticleVote, Reading, Story

DAYS, USUAL_DAYS = (7, 30, 90), 30
MOST_ROWS = 25
# What each number counts. Deflected is known of stories alone whose day is over.
COUNTED = {
    "asked": Q(is_question=True),
    "answered": Q(answered=True),
    "read": Q(readings__isnull=False),
    "helpful": Q(readings__helpful=True),
    "unhelpful": Q(readings__helpful=False),
    "contact": Q(contact_at__isnull=False),
    "tickets": Q(ticket__isnull=False),
    "deflected": Q(outcome__in=DEFLECTED),
    "open": Q(outcome=Outcome.OPEN),
}
# The same of the readings of an article: each story once, votes of this article alone.
OF_READINGS = {
    "asked": Q(story__is_question=True),
    "answered": Q(story__answered=True),
    "read": Q(story__isnull=False),
    "helpful": Q(helpful=True),
    "unhelpful": Q(helpful=False),
    "contact": Q(story__contact_at__isnull=False),
    "tickets": Q(story__ticket__isnull=False),
    "deflected": Q(story__outcome__in=DEFLECTED),
    "open": Q(story__outcome=Outcome.OPEN),
}
UNANSWERED = Q(is_question=True, answered=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which stories are looked at: those of so many days, of an article or of a question.

    `what` is the number that is opened, by its name in `COUNTED`, or `unanswered`.
    """

    days: int = USUAL_DAYS
    what: str = ""
    article: int | None = None
    group: str = ""

    def query(self, **other: str | int) -> str:
        """Return the address's query for these, with some of them otherwise."""
        said = {"days": self.days, "article": self.article or "", "group": self.group} | other
        return "?" + urlencode({name: value for name, value in said.items() if value})


def asked_in(given: Mapping[str, str]) -> Asked:
    """Return what an address asks for; what it cannot ask for is left out."""
    days, article = given.get("days", ""), given.get("article", "")
    what = given.get("what", "")
    return Asked(
        days=int(days) if days in map(str, DAYS) else USUAL_DAYS,
        what=what if what in COUNTED or what == "unanswered" else "",
        article=int(article) if article.isdecimal() and len(article) < 10 else None,
        group=given.get("group", "").replace("\x00", "")[:200],
    )


def totals(asked: Asked, at: datetime) -> dict[str, int]:
    """Return the numbers of all questions; `opened` are stories that began with an article."""
    found = _since(asked, at)
    (numbers,) = _named([found.filter(is_question=True).aggregate(**_numbers("pk", COUNTED))])
    return numbers | {"opened": found.filter(is_question=False).count()}


def by_question(asked: Asked, at: datetime) -> list[dict[str, Any]]:
    """Return the numbers of the questions that were asked most, as somebody last wrote them."""
    return _questions(_since(asked, at).filter(is_question=True))


def without_an_answer(asked: Asked, at: datetime) -> list[dict[str, Any]]:
    """Return the questions without an answer, those that were asked most first."""
    return _questions(_since(asked, at).filter(UNANSWERED))


def by_article(asked: Asked, at: datetime) -> list[dict[str, Any]]:
    """Return the numbers of the stories in which each article was read, the most read first."""
    readings = Reading.objects.filter(story__at__gt=at - timedelta(days=asked.days))
    rows: Any = readings.values("version__text__article").annotate(
        article=F("version__text__article"),
        key=F("version__text__article__key"),
        title=Max("version__title"),
        **_numbers("story", OF_READINGS),
    )
    return _named(rows.order_by("-n_read", "title")[:MOST_ROWS])


def unhelpful(asked: Asked, at: datetime) -> list[dict[str, Any]]:
    """Return the articles that were voted unhelpful, with how often for which reason."""
    votes = ArticleVote.objects.filter(helpful=False, at__gt=at - timedelta(days=asked.days))
    counted = votes.values("version__text__article", "reason").annotate(
        times=Count("pk"), title=Max("version__title"), key=Max("version__text__article__key")
    )
    found: dict[int, dict[str, Any]] = {}
    for row in counted.order_by("-times", "reason"):
        article = row["version__text__article"]
        one = found.setdefault(
            article, {"article": article, "title": row["title"], "key": row["key"], "times": 0}
        )
        one["times"] += row["times"]
        one.setdefault("reasons", []).append((row["reason"], row["times"]))
    return sorted(found.values(), key=lambda one: -one["times"])[:MOST_ROWS]


def stories_that(asked: Asked, at: datetime) -> QuerySet[Story]:
    """Return the stories that a number counts, the newest first, with all that is shown."""
    found = _since(asked, at)
    if asked.article:
        read = Reading.objects.filter(version__text__article=asked.article)
        read = read.filter(OF_READINGS[asked.what]) if asked.what in OF_READINGS else read
        found = found.filter(pk__in=read.values("story"))
    else:
        found = found.filter(COUNTED.get(asked.what, Q()), is_question=True)
    if asked.what == "unanswered":
        found = found.filter(UNANSWERED)
    if asked.group:
        found = found.filter(group=asked.group)
    readings = Prefetch("readings", Reading.objects.select_related("version").order_by("at"))
    shown = Story.objects.filter(pk__in=found.values("pk")).select_related(
        "visit__contact__customer", "ticket"
    )
    return shown.prefetch_related(readings).order_by("-at", "-pk")


def _since(asked: Asked, at: datetime) -> QuerySet[Story]:
    return Story.objects.filter(at__gt=at - timedelta(days=asked.days))


def _numbers(of: str, counted: Mapping[str, Q]) -> dict[str, Count]:
    """Return what is to be counted; a prefix keeps the names apart from those of fields."""
    return {
        f"n_{name}": Count(of, filter=condition, distinct=True)
        for name, condition in counted.items()
    }


def _named(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name.removeprefix("n_"): value for name, value in row.items()} for row in rows]


def _questions(found: QuerySet[Story]) -> list[dict[str, Any]]:
    asked: Any = found.exclude(group="").values("group")
    rows = asked.annotate(said=Max("words"), **_numbers("pk", COUNTED))
    return _named(rows.order_by("-n_asked", "group")[:MOST_ROWS])
