"""Where a plan's days off come from: its files and feeds, and what these changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.entitlements.core.calendars import covers_until
from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.places import (
    FEED,
    DayChange,
    Named,
    change_of,
    feeds_in,
    places_in,
)
from answerable.entitlements.core.reading import published_terms
from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.feeds import failing_urls, kept_with
from answerable.entitlements.models import Feed, FeedChange, PlanDraft, PlanVersion
from answerable.entitlements.publishing import with_dates
from answerable.entitlements.sources import Source

MOST_SAID = 5
PLUS, MINUS = "+", "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A file or feed that a plan names: since when what is there of it, or why nothing is."""

    place: str
    is_feed: bool
    is_there: bool
    at: datetime | None
    kept_by: str
    why: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A date that would become a day off, or would be none any more."""

    sign: str
    on: str
    name: str
    is_added: bool


@dataclass(frozen=True, slots=True)
class News:
    """What the feeds of a plan say otherwise than its newest version."""

    change: FeedChange
    days: list[DayRow]

    @property
    def dismissed_by(self) -> Agent | None:
        """Who decided that the version stays as it is."""
        return self.change.dismissed_by

    @property
    def note(self) -> str:
        """What the next version is for: “Feeds: + Wed 6 Jan 2027, …”."""
        said = [f"{day.sign} {day.on}" for day in self.days[:MOST_SAID]]
        rest = len(self.days) - len(said)
        if rest:
            said.append(_("{count} more").format(count=rest))
        return _("Feeds: {days}").format(days=", ".join(said))


def named_in(text: str) -> Mapping[str, Any]:
    """Return the document of a text; an empty one for what is no TOML."""
    try:
        return read_document(text)
    except PlanRefused:
        return {}


def source_rows(
    document: Mapping[str, Any], base: PlanVersion | None, draft: PlanDraft | None = None
) -> list[SourceRow]:
    """Return the files and feeds that a document names, each once, as they are kept."""
    places = {named.place: named for named in places_in(document)}
    feeds = {feed.url: feed for feed in Feed.objects.filter(url__in=places).defer("data")}
    return [
        _feed(feeds.get(place), place) if named.kind == FEED else _file(named, base, draft)
        for place, named in places.items()
    ]


def digest(document: Mapping[str, Any], source: Source) -> str:
    """Return what stands for all that files and feeds say now: other words, another digest."""
    held = []
    for named in places_in(document):
        with suppress(PlanError):
            held.append(sha256(source(named.place) or b"").digest())
    return sha256(b"".join(held)).hexdigest()


def news_of(version: PlanVersion | None) -> News | None:
    """Return what the feeds of a version say otherwise than it; None when they do not."""
    changes = FeedChange.objects.select_related("dismissed_by")
    change = changes.filter(version=version).first() if version else None
    if change is None:
        return None
    return News(change, [_day(change_of(row)) for row in change.days])


def failing_feeds(version: PlanVersion, at: datetime) -> list[Feed]:
    """Return the feeds of a version that were not fetched for days."""
    urls = failing_urls(at) & set(feeds_in(version.document))
    return list(Feed.objects.filter(url__in=urls).defer("data").order_by("url"))


def calendars_to_extend(version: PlanVersion, at: datetime) -> set[str]:
    """Return the calendars of a version whose days off are known for longer by now."""
    old = {key: covers_until(one) for key, one in version.terms.calendars.items()}
    if not any(old.values()):
        return set()
    try:
        known = with_dates(version.document, at=at, source=kept_with(version))
    except PlanError:
        return set()
    new = {key: covers_until(one) for key, one in published_terms(known).calendars.items()}
    return {key for key, until in old.items() if until and (new[key] or date.max) > until}


def versions_that_fail(versions: Iterable[PlanVersion], at: datetime) -> set[int]:
    """Return the keys of versions that name a feed which was not fetched for days."""
    urls = failing_urls(at)
    return {one.pk for one in versions if urls & set(feeds_in(one.document))}


def day_words(on: date) -> str:
    """Return “Wed 6 Jan 2027”."""
    return dateformat.format(on, _("D j M Y"))


def _feed(feed: Feed | None, place: str) -> SourceRow:
    if feed is None:
        return SourceRow(place, True, False, None, "", "")
    return SourceRow(place, True, feed.got_at is not None, feed.got_at, "", feed.why)


def _file(named: Named, base: PlanVersion | None, draft: PlanDraft | None) -> SourceRow:
    own = draft.files.filter(place=named.place).first() if draft else None
    if own:
        return SourceRow(named.place, False, True, own.kept_at, "", "")
    if base and base.files.filter(place=named.place).exists():
        return SourceRow(named.place, False, True, base.published_at, f"v{base.number}", "")
    return SourceRow(named.place, False, False, None, "", "")


def _day(change: DayChange) -> DayRow:
    sign = PLUS if change.is_added else MINUS
    return DayRow(sign, day_words(change.on), change.name, change.is_added)
