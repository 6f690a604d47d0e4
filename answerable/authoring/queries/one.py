"""One article as its page shows it: its texts by language, its links, what readers say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from answerable.accounts.models import Agent
from answerable.authoring.queries.listing import title_of
from answerable.authoring.words import (
    FACTS,
    is_outdated,
    language_name,
    ours,
    state_of,
)
from answerable.knowledge.linking import why
from answerable.knowledge.machines import trouble
from answerable.knowledge.models import (
    Article,
    ArticleChange,
    ArticleDraft,
    ArticleLink,
    ArticleText,
    ArticleVote,
    TranslationOrder,
)

CHANGES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TextRow:
    """A language of an article: its text, if there is one, and how it stands."""

    language: str
    name: str
    text: ArticleText | None
    state: str
    is_official: bool
    is_outdated: bool
    drafts: Sequence[ArticleDraft]
    order: TranslationOrder | None
    trouble: str

    @property
    def may_be_checked(self) -> bool:
        """Whether a person may say that they have read it over."""
        return self.state == "machine"

    @property
    def is_waiting(self) -> bool:
        """Whether a machine is to translate it."""
        return self.order is not None and self.order.state == TranslationOrder.State.WAITING


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link that leads nowhere, and why."""

    link: ArticleLink
    why: str


@dataclass(frozen=True, slots=True)
class Votes:
    """What readers say of what they see today."""

    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article, for those who look after it."""

    article: Article
    title: str
    texts: Sequence[TextRow]
    links: Sequence[LinkRow]
    votes: Votes
    words: Sequence[ArticleVote]
    changes: Sequence[tuple[str, ArticleChange]]
    old: Sequence[str]
    has_official: bool


def article_page(article: Article, agent: Agent) -> ArticlePage:
    """Return the page of an article."""
    texts = {text.language: text for text in _texts(article)}
    official = texts.get(article.official)
    wanted = list(dict.fromkeys([article.official, *ours(), *sorted(texts)]))
    orders = _orders(article)
    votes = ArticleVote.objects.filter(version__in=[t.current_id for t in texts.values()])
    return ArticlePage(
        article=article,
        title=title_of(article, list(texts.values())),
        texts=[_row(article, texts, code, orders) for code in wanted],
        links=broken_links(article),
        votes=Votes(
            **votes.aggregate(
                yes=Count("pk", filter=Q(helpful=True)), no=Count("pk", filter=Q(helpful=False))
            )
        ),
        words=list(votes.filter(helpful=False).exclude(words="").order_by("-at")[:5]),
        changes=[
            (str(FACTS.get(one.what, one.what)), one)
            for one in article.changes.select_related("by").order_by("-at", "-pk")[
                :CHANGES_SHOWN
            ]
        ],
        old=[f"/{one.language}/{one.slug}" for one in article.old_addresses.order_by("slug")],
        has_official=official is not None and official.current is not None,
    )


def broken_links(article: Article | None = None) -> list[LinkRow]:
    """Return the links that lead nowhere, of one article or of all."""
    broken = ArticleLink.objects.exclude(reason="").filter(text__article__removed_at=None)
    if article:
        broken = broken.filter(text__article=article)
    found = broken.select_related("text__article", "text__current")
    return [
        LinkRow(link, why(link.reason, link.values)) for link in found.order_by("since", "pk")
    ]


def _texts(article: Article) -> Sequence[ArticleText]:
    texts = article.texts.select_related("current__source", "current__checked_by")
    return list(texts.prefetch_related("drafts__writer"))


def _orders(article: Article) -> dict[str, TranslationOrder]:
    """Return the newest order of each language that is not done."""
    mine = TranslationOrder.objects.filter(version__text__article=article).order_by("pk")
    return {one.language: one for one in mine}


def _row(
    article: Article,
    texts: dict[str, ArticleText],
    code: str,
    orders: dict[str, TranslationOrder],
) -> TextRow:
    text, order = texts.get(code), orders.get(code)
    is_open = order is not None and order.state != TranslationOrder.State.DONE
    return TextRow(
        language=code,
        name=language_name(code),
        text=text,
        state=state_of(article, text),
        is_official=code == article.official,
        is_outdated=is_outdated(text, texts.get(article.official)),
        drafts=list(text.drafts.all()) if text else [],
        order=order if is_open else None,
        trouble=trouble.why(order.reason, order.values)
        if order and is_open and order.reason
        else "",
    )
