"""Keeps feeds fresh, and what their days off say otherwise than the versions that name them.

Nothing here changes a promise: a version has the dates of when it was published, and whoever
administers plans decides whether a changed feed makes the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from answerable.accounts.models import Agent
from answerable.entitlements.core.places import FEED, DayChange, changed_days, places_in
from answerable.entitlements.core.reading import published_terms
from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.feeds import (
    Fetched,
    feeds_in_use,
    fetch,
    kept_with,
    newest_versions,
)
from answerable.entitlements.models import Feed, FeedChange, PlanVersion
from answerable.entitlements.publishing import with_dates
from answerable.lib.outbound.words import Unfetched

# The job runs each hour: a feed is asked again at its sixth run, one that failed at the next.
GOOD_FOR = timedelta(hours=5, minutes=50)
AGAIN_AFTER = timedelta(minutes=50)
FORGOTTEN_AFTER = timedelta(days=30)


def refresh_feed(url: str, *, at: datetime) -> Feed:
    """Fetch a feed, and keep what it says, or else why it says nothing. It does not raise."""
    known = Feed.objects.filter(url=url).first()
    try:
        fetched = fetch(url, at=at, known=known)
    except Unfetched as error:
        return _keep_trouble(url, error, at)
    return keep_feed(url, fetched, at=at)


def refresh_feeds(*, at: datetime) -> int:
    """Fetch the feeds of all plans that are due to be asked again; return how many that were.

    Then the versions that name them are compared with what is known now.
    """
    urls = feeds_in_use()
    known = {feed.url: feed for feed in Feed.objects.filter(url__in=urls)}
    due = [url for url in urls if url not in known or _is_due(known[url], at)]
    for url in due:
        refresh_feed(url, at=at)
    compare_feeds(at=at)
    Feed.objects.filter(tried_at__lt=at - FORGOTTEN_AFTER).exclude(url__in=urls).delete()
    return len(due)


def compare_feeds(*, at: datetime) -> None:
    """Note for the newest version of each plan which days its feeds have otherwise by now."""
    for version in newest_versions():
        compare_version(version, at=at)


def compare_version(version: PlanVersion, *, at: datetime) -> None:
    """Note which days the feeds of a version have otherwise by now, or that there are none.

    Days that somebody dismissed stay so until they are others.
    """
    try:
        days = [change.row for change in _changes(version, at)]
    except PlanError:
        return  # A country that the library has no more: publishing says so.
    if not days:
        FeedChange.objects.filter(version=version).delete()
        return
    change, _ = FeedChange.objects.get_or_create(
        version=version, defaults={"days": days, "found_at": at}
    )
    if change.days != days:
        FeedChange.objects.filter(pk=change.pk).update(
            days=days, found_at=at, dismissed_at=None, dismissed_by=None
        )


def dismiss_feed_change(change: FeedChange, *, agent: Agent, at: datetime) -> None:
    """Keep a version as it is: these days of its feeds are not to become days off."""
    FeedChange.objects.filter(pk=change.pk).update(dismissed_at=at, dismissed_by=agent)


def keep_feed(url: str, fetched: Fetched, *, at: datetime) -> Feed:
    """Keep what a feed says, as of an instant. What went wrong before is over."""
    values = {
        "data": fetched.data,
        "got_at": at,
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "tried_at": at,
        "trouble": None,
        "failing_since": None,
    }
    return Feed.objects.update_or_create(url=url, defaults=values)[0]


def keep_feeds(found: Iterable[tuple[str, bytes]], *, at: datetime) -> None:
    """Keep what feeds said to whoever publishes, where that is news."""
    for url, data in found:
        known = Feed.objects.filter(url=url).first()
        if known is None or known.data is None or bytes(known.data) != data:
            keep_feed(url, Fetched(data), at=at)


def _keep_trouble(url: str, error: Unfetched, at: datetime) -> Feed:
    """Keep why a feed was not fetched; what it said before stays."""
    trouble = {"reason": error.reason, "values": error.values}
    feed, _ = Feed.objects.get_or_create(url=url, defaults={"tried_at": at})
    feed.tried_at, feed.trouble, feed.failing_since = at, trouble, feed.failing_since or at
    feed.save(update_fields=["tried_at", "trouble", "failing_since"])
    return feed


def _is_due(feed: Feed, at: datetime) -> bool:
    return feed.tried_at <= at - (AGAIN_AFTER if feed.trouble else GOOD_FOR)


def _changes(version: PlanVersion, at: datetime) -> list[DayChange]:
    """Return what would be a day off, or none, if the version were published again now."""
    keys = {one.holidays for one in places_in(version.document) if one.kind == FEED}
    if not keys:
        return []
    now_known = with_dates(version.document, at=at, source=kept_with(version))
    return changed_days(version.terms, published_terms(now_known), keys, at.date())
