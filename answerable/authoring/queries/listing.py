"""The list of articles: what was asked for, and a page of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from answerable.accounts.models import Agent
from answerable.authoring.words import is_language, is_outdated, language_name, ours, state_of
from answerable.knowledge import caring
from answerable.knowledge.models import Article, ArticleDraft, ArticleLink, ArticleText
from answerable.lib.paging import Page, page_of

SIZE = 50
LONGEST = 100
Articles = QuerySet[Article]
STATES = ("published", "drafts", "removed")
NEEDS: Mapping[str, Callable[[Articles, date], Articles]] = {
    "review": caring.due_for_review,
    "outdated": lambda articles, today: caring.outdated(articles),
    "unchecked": lambda articles, today: caring.unchecked(articles),
    "links": lambda articles, today: caring.with_broken_links(articles),
    "unhelpful": lambda articles, today: caring.unhelpful(articles),
    "owner": lambda articles, today: caring.without_owner(articles),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for. What is not understood is not asked for."""

    words: str = ""
    state: str = ""
    needs: str = ""
    language: str = ""
    missing: str = ""
    owner: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether anything was asked for."""
        return any(
            (self.words, self.state, self.needs, self.language, self.missing, self.owner)
        )


@dataclass(frozen=True, slots=True)
class TextMark:
    """A text in the row of its article: its language, and its state as a word."""

    language: str
    name: str
    state: str
    outdated: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list."""

    article: Article
    title: str
    shelf: str
    texts: list[TextMark]
    broken: int
    has_draft: bool
    is_due: bool = field(default=False)


def asked_in(sent: Mapping[str, str], agent: Agent) -> Asked:
    """Return what an address asks for; `me` is the reader themselves."""
    language, missing = sent.get("language", ""), sent.get("missing", "")
    owner = sent.get("owner", "")
    return Asked(
        words=sent.get("q", "").strip()[:LONGEST],
        state=sent.get("state", "") if sent.get("state") in STATES else "",
        needs=sent.get("needs", "") if sent.get("needs") in NEEDS else "",
        language=language if is_language(language) else "",
        missing=missing if is_language(missing) else "",
        owner=str(agent.pk) if owner == "me" else owner if owner.isdecimal() else "",
    )


def page(asked: Asked, number: str, agent: Agent, today: date) -> Page[Article]:
    """Return a page of the articles that were asked for, the newest first."""
    texts = ArticleText.objects.select_related("current").order_by("language")
    found = _found(asked, today).select_related("category", "owner")
    whole = found.prefetch_related(
        Prefetch("texts", texts),
        "category__names",
        Prefetch("texts__links", ArticleLink.objects.exclude(reason="")),
        Prefetch("texts__drafts", ArticleDraft.objects.filter(writer=agent)),
    )
    return page_of(whole.order_by("-pk"), number, size=SIZE)


def rows(articles: list[Article], today: date) -> list[Row]:
    """Return the rows of articles, which have what `page` prefetched."""
    return [_row(article, today) for article in articles]


def _found(asked: Asked, today: date) -> Articles:
    found = Article.objects.all()
    found = found.exclude(removed_at=None) if asked.state == "removed" else caring.there()
    published = ArticleText.objects.filter(article=OuterRef("pk"), current__isnull=False)
    if asked.state == "published":
        found = found.filter(Exists(published))
    if asked.state == "drafts":
        found = found.exclude(Exists(published))
    if asked.words:
        found = found.filter(Exists(_saying(asked.words)))
    if asked.language:
        found = found.filter(Exists(published.filter(language=asked.language)))
    if asked.missing:
        found = caring.untranslated(found, asked.missing)
    if asked.owner:
        found = found.filter(owner=int(asked.owner))
    return NEEDS[asked.needs](found, today) if asked.needs else found


def _saying(words: str) -> QuerySet[ArticleText]:
    """Return texts whose title or address has these words, as readers or writers see it."""
    of_article = ArticleText.objects.filter(article=OuterRef("pk"))
    title = Q(current__title__icontains=words) | Q(drafts__title__icontains=words)
    return of_article.filter(title | Q(slug__icontains=words))


def _row(article: Article, today: date) -> Row:
    texts = list(article.texts.all())
    official = next((text for text in texts if text.language == article.official), None)
    return Row(
        article=article,
        title=title_of(article, texts),
        shelf=_shelf(article),
        texts=[_mark(article, text, official) for text in texts],
        broken=sum(len(text.links.all()) for text in texts),
        has_draft=any(text.drafts.all() for text in texts),
        is_due=article.review_on is not None and article.review_on <= today,
    )


def title_of(article: Article, texts: list[ArticleText]) -> str:
    """Return what an article is called: officially, else by any text, else by its key."""
    official_first = sorted(texts, key=lambda text: text.language != article.official)
    published = [text.current.title for text in official_first if text.current]
    return next(iter(published), article.key)


def _mark(article: Article, text: ArticleText, official: ArticleText | None) -> TextMark:
    return TextMark(
        text.language,
        language_name(text.language),
        state_of(article, text),
        is_outdated(text, official),
    )


def _shelf(article: Article) -> str:
    if article.category is None:
        return ""
    names = {one.language: one.name for one in article.category.names.all()}
    first = [names[code] for code in ours() if code in names]
    return next(iter([*first, *names.values()]), article.category.key)
