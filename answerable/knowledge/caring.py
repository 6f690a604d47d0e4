"""Which articles need somebody: for the filters of the list, and for the command line."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from answerable.knowledge.models import (
    Article,
    ArticleLink,
    ArticleText,
    ArticleVote,
)

# Fewer votes say nothing of an article.
FEWEST_VOTES, UNHELPFUL_SHARE = 5, 0.5
SOON = timedelta(days=14)


def there() -> QuerySet[Article]:
    """Return the articles that were not removed."""
    return Article.objects.filter(removed_at=None)


def due_for_review(articles: QuerySet[Article], today: date) -> QuerySet[Article]:
    """Return those whose review date has come."""
    return articles.filter(review_on__lte=today)


def without_owner(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return those that nobody looks after: no owner, or one who has left."""
    return articles.filter(Q(owner=None) | Q(owner__user__is_active=False))


def outdated(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return those with a translation that says an older official version."""
    return articles.filter(Exists(outdated_texts().filter(article=OuterRef("pk"))))


def outdated_texts() -> QuerySet[ArticleText]:
    """Return the translations that say an older version than the official one of today."""
    official = ArticleText.objects.filter(
        article=OuterRef("article"), language=OuterRef("article__official")
    )
    translations = ArticleText.objects.filter(current__source__isnull=False)
    return translations.exclude(
        current__source__in=official.filter(current__isnull=False).values("current")
    )


def unchecked(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return those with a translation by software that no person has checked."""
    by_software = ArticleText.objects.filter(current__by_software=True)
    return articles.filter(Exists(by_software.filter(article=OuterRef("pk"))))


def untranslated(articles: QuerySet[Article], language: str) -> QuerySet[Article]:
    """Return the published ones that have no text in a language."""
    published = ArticleText.objects.filter(article=OuterRef("pk"), current__isnull=False)
    return articles.filter(Exists(published)).exclude(
        Exists(published.filter(language=language))
    )


def with_broken_links(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return those with a link that leads nowhere."""
    broken = ArticleLink.objects.exclude(reason="").filter(text__article=OuterRef("pk"))
    return articles.filter(Exists(broken))


def unhelpful(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Return those whose versions of today more people found unhelpful than helpful."""
    votes = ArticleVote.objects.filter(version=F("version__text__current"))
    counted = (
        votes.values("version__text__article")
        .annotate(all=Count("pk"), no=Count("pk", filter=Q(helpful=False)))
        .filter(all__gte=FEWEST_VOTES, no__gt=F("all") * UNHELPFUL_SHARE)
    )
    return articles.filter(pk__in=counted.values("version__text__article"))
