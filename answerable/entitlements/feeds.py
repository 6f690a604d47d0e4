"""Fetches iCalendar feeds, and finds what is kept of feeds and files. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from urllib.parse import urlsplit

from django.db.models import Max

from answerable.entitlements.core.places import MOST_BYTES, feeds_in, is_place
from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.models import Feed, FeedChange, Plan, PlanDraft, PlanVersion
from answerable.entitlements.sources import Source
from answerable.lib.outbound.client import Ask, client
from answerable.lib.outbound.words import Unfetched

OK, NOT_MODIFIED = 200, 304
SECONDS = 20.0
FAILS_LONG = timedelta(days=2)
ACCEPT = {"Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1"}
LONGEST_ETAG, LONGEST_DATE = 500, 100
INSTEAD = "Write what it holds as 'ical', or keep it as a file and name that as 'ics'."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a feed said, and by what it knows later whether that is still so."""

    data: bytes
    etag: str = ""
    last_modified: str = ""


def fetch(url: str, *, at: datetime, known: Feed | None = None) -> Fetched:
    """Return what stands at a feed's address; what is known of it, where that is still so.

    Raises Unfetched, also for what is no calendar or has no days off: whoever takes a sign-in
    page for a calendar would take all holidays for working days.
    """
    holds = bytes(known.data) if known and known.data else None
    asked = ACCEPT | (_unless_changed(known) if known and holds is not None else {})
    answer = client().fetch(Ask(url, headers=asked, most_bytes=MOST_BYTES, seconds=SECONDS))
    if answer.status == NOT_MODIFIED and known and holds is not None:
        return Fetched(holds, known.etag, known.last_modified)
    host = urlsplit(url).hostname or ""
    if answer.status != OK:
        raise Unfetched("status", host=host, status=answer.status)
    try:
        # The holidays of all countries, which it loads, are much for whoever fetches nothing.
        import_module("answerable.entitlements.holiday_sets").check(answer.body, at)
    except PlanError as error:
        raise Unfetched("useless", host=host, error=error) from error
    return Fetched(
        answer.body,
        _short(answer.headers, "etag", LONGEST_ETAG),
        _short(answer.headers, "last-modified", LONGEST_DATE),
    )


def fetching(files: Source, *, at: datetime) -> Source:
    """Return what reads files by another source, and fetches feeds: each once, also in vain."""
    got: dict[str, bytes | PlanError] = {}

    def read(place: str) -> bytes | None:
        if "://" not in place:
            return files(place)
        if place not in got:
            got[place] = _fetched_or_why(place, at)
        found = got[place]
        if isinstance(found, PlanError):
            raise PlanError(str(found), found.path)
        return found

    return read


def kept_with(version: PlanVersion | None, draft: PlanDraft | None = None) -> Source:
    """Return what reads the feeds as they were last fetched, and the files that are kept.

    A draft's own files come before those of the version. It returns None for the others.
    """

    def read(place: str) -> bytes | None:
        if not is_place(place):
            return None
        if "://" in place:
            data = Feed.objects.filter(url=place).values_list("data", flat=True).first()
        else:
            data = _file(place, version, draft)
        return None if data is None else bytes(data)

    return read


def kept_for_draft(draft: PlanDraft | None, base: PlanVersion | None) -> Source:
    """Return what reads what is kept for a draft. It raises PlanError for what is not there."""
    kept = kept_with(base, draft)

    def read(place: str) -> bytes:
        data = kept(place)
        if data is not None:
            return data
        if "://" not in place:
            raise PlanError(
                f"There is no file {place} here. Upload it under 'Days off from elsewhere', or "
                "write what it holds as 'ical'."
            )
        feed = Feed.objects.filter(url=place).first() if is_place(place) else None
        if feed:
            raise PlanError(f"{place} cannot be fetched. {feed.why} {INSTEAD}")
        raise PlanError(
            f"{place} has not been fetched yet. Fetch it under 'Days off from elsewhere', or "
            "write what it holds as 'ical'."
        )

    return read


def newest_versions() -> list[PlanVersion]:
    """Return the newest version of each plan that is sold."""
    plans = Plan.objects.filter(retired_at=None).annotate(newest=Max("versions__pk"))
    keys = plans.values_list("newest", flat=True)
    return list(PlanVersion.objects.filter(pk__in=list(keys)).select_related("plan"))


def feeds_in_use() -> list[str]:
    """Return the feeds that the newest versions of plans name."""
    urls = (url for version in newest_versions() for url in feeds_in(version.document))
    return list(dict.fromkeys(urls))


def failing_urls(at: datetime) -> set[str]:
    """Return the feeds that were not fetched for days."""
    failing = Feed.objects.filter(failing_since__lte=at - FAILS_LONG)
    return set(failing.values_list("url", flat=True))


def versions_with_news() -> set[int]:
    """Return the newest versions whose feeds say otherwise, where nobody has decided."""
    waiting = FeedChange.objects.filter(version__in=newest_versions(), dismissed_at=None)
    return set(waiting.values_list("version_id", flat=True))


def _unless_changed(known: Feed) -> dict[str, str]:
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: words for name, words in asked.items() if words}


def _short(headers: Mapping[str, str], name: str, most: int) -> str:
    """Return a header; nothing where it is longer than any that is meant."""
    words = headers.get(name, "")
    return words if len(words) <= most else ""


def _fetched_or_why(url: str, at: datetime) -> bytes | PlanError:
    try:
        return fetch(url, at=at).data
    except Unfetched as error:
        return PlanError(f"{url} cannot be fetched. {error} {INSTEAD}")


def _file(place: str, version: PlanVersion | None, draft: PlanDraft | None) -> bytes | None:
    """Return a file of a draft, or else of the version before it."""
    for owner in (draft, version):
        found = owner.files.filter(place=place).first() if owner else None
        if found:
            return bytes(found.data)
    return None
