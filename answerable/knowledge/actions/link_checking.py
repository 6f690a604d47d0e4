"""Looks at the links of what readers see, and remembers what is wrong, since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, Min, Q

from answerable.knowledge.care_models import LONGEST_TARGET
from answerable.knowledge.core.links import links_in
from answerable.knowledge.linking import Inside, Judged, asked, is_outside
from answerable.knowledge.models import ArticleLink, ArticleText

# What was found is believed for so long; what was broken is looked at sooner.
FINE_FOR, BROKEN_FOR = timedelta(days=7), timedelta(days=1)
# One run asks a site no more than so often, and all sites together.
OF_A_HOST, OF_A_RUN = 5, 60


def look_at_links(*, at: datetime) -> int:
    """Find the links of texts that changed, judge those to our own pages, and return how many
    links lead to other sites."""
    _gather()
    _judge_inside(at)
    return ArticleLink.objects.filter(is_outside=True).count()


def ask_outside(*, at: datetime, most: int = OF_A_RUN, of_a_host: int = OF_A_HOST) -> int:
    """Ask other sites for pages that are due to be looked at; return how many were asked for.

    A page that many articles lead to is asked for once.
    """
    targets = _due(at, most, of_a_host)
    for target in targets:
        _write(ArticleLink.objects.filter(target=target, is_outside=True), asked(target), at)
    return len(targets)


def outside_left(*, at: datetime) -> int:
    """Return how many pages of other sites are due to be asked for."""
    return len(_due(at, 1_000_000, 1_000_000))


def _gather() -> None:
    seen = ArticleText.objects.filter(article__removed_at=None, current__isnull=False)
    ArticleLink.objects.exclude(text__in=seen).delete()
    changed = seen.exclude(links__version=F("current")).select_related("current")
    for text in changed.iterator(chunk_size=200):
        _of_text(text)


@transaction.atomic
def _of_text(text: ArticleText) -> None:
    """Let a text have the links of its version; what is known of one that stays, stays."""
    version = text.current
    if version is None:
        return
    targets = {link.target for link in links_in(version.body)}
    targets = {target for target in targets if 0 < len(target) <= LONGEST_TARGET}
    mine = ArticleLink.objects.filter(text=text)
    mine.exclude(target__in=targets).delete()
    mine.update(version=version)
    ArticleLink.objects.bulk_create(
        (
            ArticleLink(
                text=text, version=version, target=target, is_outside=is_outside(target)
            )
            for target in sorted(targets)
        ),
        ignore_conflicts=True,
    )


def _judge_inside(at: datetime) -> None:
    inside = Inside()
    ours = ArticleLink.objects.filter(is_outside=False).select_related("text__current__source")
    for link in ours.iterator(chunk_size=500):
        judged = inside.judged(link.text, link.target)
        if link.checked_at is None or link.reason != judged.reason:
            _write(ArticleLink.objects.filter(pk=link.pk), judged, at)


def _write(links: Iterable[ArticleLink], judged: Judged, at: datetime) -> None:
    for link in links:
        is_known = bool(link.reason) and bool(judged.reason)
        link.since = (link.since if is_known else at) if judged.reason else None
        link.reason, link.values = judged.reason, dict(judged.values or {})
        link.checked_at = at
        link.save(update_fields=["since", "reason", "values", "checked_at"])


def _due(at: datetime, most: int, of_a_host: int) -> Sequence[str]:
    never = Q(checked_at=None)
    old = Q(reason="", checked_at__lt=at - FINE_FOR)
    broken = ~Q(reason="") & Q(checked_at__lt=at - BROKEN_FOR)
    outside = ArticleLink.objects.filter(never | old | broken, is_outside=True)
    found = outside.values("target").annotate(last=Min("checked_at"))
    oldest_first = found.order_by(F("last").asc(nulls_first=True), "target")
    asked_of: Counter[str] = Counter()
    due = []
    for target in oldest_first.values_list("target", flat=True):
        host = _host(target)
        if asked_of[host] < of_a_host:
            asked_of[host] += 1
            due.append(target)
        if len(due) == most:
            break
    return due


def _host(target: str) -> str:
    try:
        return urlsplit(target).hostname or ""
    except ValueError:
        return ""
