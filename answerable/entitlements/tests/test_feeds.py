"""Feeds are fetched at publishing and later on; what they change waits for a decision."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.entitlements import actions
from answerable.entitlements.actions import Release
from answerable.entitlements.actions.feeding import FORGOTTEN_AFTER, GOOD_FOR
from answerable.entitlements.core.places import change_of, places_in
from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.feeds import fetching, kept_for_draft, kept_with
from answerable.entitlements.jobs import refresh_feeds
from answerable.entitlements.models import Feed, FeedChange, PlanVersion, VersionFile
from answerable.entitlements.sources import nowhere
from answerable.entitlements.tests.ics import ics
from answerable.lib.tests.web import Handler, Web

pytestmark = pytest.mark.django_db

PREMIUM = actions.read_plan_file(actions.SHIPPED / "premium.toml")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def plan(**source: str) -> dict[str, Any]:
    document = copy.deepcopy(PREMIUM)
    document["calendars"]["office"]["holidays"] = ["canton"]
    return document | {"holidays": {"canton": source}}


def published(web: Web, at: datetime, *days: str) -> PlanVersion:
    """Publish a plan whose days off are those of a feed."""
    url = web.put("/days.ics", ics(*days), ETag='"1"')
    release = Release(source=fetching(nowhere, at=at))
    return actions.publish_plan(plan(feed=url), at=at, release=release)


def days_off(version: PlanVersion) -> list[str]:
    return [str(day) for day in version.terms.calendars["office"].special_days()]


def news(version: PlanVersion) -> list[tuple[str, bool]]:
    change = FeedChange.objects.filter(version=version).first()
    return [
        (str(day.on), day.is_added) for day in map(change_of, change.days if change else ())
    ]


def test_it_fetches_a_feed_when_a_plan_is_published(web: Web, at: datetime) -> None:
    version = published(web, at, "2025-12-24", "2026-12-24")
    assert days_off(version) == ["2025-12-24", "2026-12-24"]
    assert Feed.objects.get().got_at == at
    assert len(web.asked) == 1


def test_it_asks_for_what_is_new(web: Web, at: datetime) -> None:
    version = published(web, at, "2025-12-24")
    assert actions.refresh_feeds(at=at + HOUR) == 0
    assert actions.refresh_feeds(at=at + GOOD_FOR) == 1
    web.put("/days.ics", b"", status=304)
    assert actions.refresh_feeds(at=at + 2 * GOOD_FOR) == 1
    assert web.asked[-1][2]["If-None-Match"] == '"1"'
    feed = Feed.objects.get()
    assert (feed.got_at, feed.why, bytes(feed.data or b"")) == (
        at + 2 * GOOD_FOR,
        "",
        ics("2025-12-24"),
    )
    assert news(version) == []


def test_a_changed_feed_changes_no_promise(web: Web, at: datetime) -> None:
    version = published(web, at, "2025-12-24", "2025-12-31")
    web.put("/days.ics", ics("2025-12-24", "2026-01-06"))
    actions.refresh_feeds(at=at + DAY)
    assert PlanVersion.objects.filter(plan=version.plan).count() == 1
    assert days_off(PlanVersion.objects.get(pk=version.pk)) == ["2025-12-24", "2025-12-31"]
    assert news(version) == [("2025-12-31", False), ("2026-01-06", True)]


def test_publishing_again_settles_it(web: Web, at: datetime) -> None:
    version = published(web, at, "2025-12-24")
    web.put("/days.ics", ics("2025-12-24", "2026-01-06"))
    actions.refresh_feeds(at=at + DAY)
    release = Release(source=kept_with(version))
    newer = actions.publish_plan(
        plan(feed=f"{web.origin}/days.ics"), at=at + DAY, release=release
    )
    assert (newer.number, days_off(newer)) == (2, ["2025-12-24", "2026-01-06"])
    actions.compare_feeds(at=at + DAY)
    assert news(newer) == []


def test_days_that_are_over_or_far_ahead_are_no_news(web: Web, at: datetime) -> None:
    version = published(web, at, "2025-10-01", "2025-12-24", "2027-12-24")
    web.put("/days.ics", ics("2025-12-24", "2027-12-24", "2028-12-24"))
    actions.refresh_feeds(at=at + DAY)
    assert news(version) == []
    web.put("/days.ics", ics("2025-12-24"), name="Other name")
    actions.refresh_feeds(at=at + 2 * DAY)
    assert news(version) == [("2027-12-24", False)]


def test_a_change_that_is_taken_back_is_no_news(web: Web, at: datetime) -> None:
    version = published(web, at, "2025-12-24")
    web.put("/days.ics", ics("2025-12-24", "2026-01-06"))
    actions.refresh_feeds(at=at + DAY)
    web.put("/days.ics", ics("2025-12-24"))
    actions.refresh_feeds(at=at + 2 * DAY)
    assert not FeedChange.objects.exists()
    assert news(version) == []


def test_days_that_were_dismissed_stay_so_until_they_are_others(
    web: Web, cast: Cast, at: datetime
) -> None:
    version = published(web, at, "2025-12-24")
    web.put("/days.ics", ics("2025-12-24", "2026-01-06"))
    actions.refresh_feeds(at=at + DAY)
    change = FeedChange.objects.get()
    actions.dismiss_feed_change(change, agent=cast.ida, at=at + DAY)
    actions.refresh_feeds(at=at + 2 * DAY)
    change.refresh_from_db()
    assert (change.dismissed_by, change.found_at) == (cast.ida, at + DAY)
    web.put("/days.ics", ics("2025-12-24", "2026-01-06", "2026-02-02"))
    actions.refresh_feeds(at=at + 3 * DAY)
    change.refresh_from_db()
    assert (change.dismissed_at, change.found_at) == (None, at + 3 * DAY)
    assert len(news(version)) == 2


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (503, b"", "localhost answered with status 503."),
        (404, b"", "localhost answered with status 404."),
        (304, b"", "localhost answered with status 304."),
        (200, b"<p>Sign in", "localhost sent nothing that can be used here: This is not an"),
        (200, ics(), "localhost sent nothing that can be used here: It has no days from 2024"),
    ],
)
def test_a_feed_that_fails_keeps_what_it_said(
    web: Web, at: datetime, status: int, body: bytes, why: str
) -> None:
    version = published(web, at, "2025-12-24")
    Feed.objects.update(etag="")
    web.put("/days.ics", body, status=status)
    if status == 304:
        Feed.objects.update(data=None)
    actions.refresh_feeds(at=at + DAY)
    actions.refresh_feeds(at=at + DAY + HOUR)
    feed = Feed.objects.get()
    assert feed.why.startswith(why)
    assert (feed.got_at, feed.failing_since, feed.tried_at) == (at, at + DAY, at + DAY + HOUR)
    assert news(version) == []
    web.put("/days.ics", ics("2025-12-24"))
    actions.refresh_feeds(at=at + DAY + 2 * HOUR)
    feed.refresh_from_db()
    assert (feed.why, feed.failing_since, feed.got_at) == ("", None, at + DAY + 2 * HOUR)


def test_a_feed_that_nobody_names_any_more_is_forgotten(web: Web, at: datetime) -> None:
    published(web, at, "2025-12-24")
    actions.publish_plan(PREMIUM, at=at + DAY)
    actions.refresh_feeds(at=at + DAY)
    assert Feed.objects.exists()
    actions.refresh_feeds(at=at + FORGOTTEN_AFTER + 2 * DAY)
    assert not Feed.objects.exists()
    assert len(web.asked) == 1


def test_who_cannot_fetch_is_told_what_to_write_instead(web: Web, at: datetime) -> None:
    source = fetching(nowhere, at=at)
    for _ in range(2):
        with pytest.raises(PlanError) as error:
            actions.publish_plan(
                plan(feed=f"{web.origin}/gone.ics"), at=at, release=Release(source=source)
            )
        assert str(error.value) == (
            f"In holidays.canton: {web.origin}/gone.ics cannot be fetched. localhost answered "
            "with status 404. Write what it holds as 'ical', or keep it as a file and name "
            "that as 'ics'."
        )
        assert error.value.path == ("holidays", "canton", "feed")
    assert len(web.asked) == 1


def test_an_address_inside_is_not_fetched(at: datetime) -> None:
    release = Release(source=fetching(nowhere, at=at))
    for url, why in (
        ("https://127.0.0.1/days.ics", "127.0.0.1 is at 127.0.0.1, which is not on the public"),
        ("http://example.com/days.ics", "http is not encrypted. Write https"),
        ("webcal://example.com/days.ics", "Addresses with webcal are not fetched. Write one"),
    ):
        with pytest.raises(PlanError, match=why):
            actions.publish_plan(plan(feed=url), at=at, release=release)


def test_the_file_of_a_version_is_kept_for_its_next_writer(cast: Cast, at: datetime) -> None:
    files = {"days.ics": ics("2025-12-24")}
    release = Release(source=files.get)
    version = actions.publish_plan(plan(ics="days.ics"), at=at, release=release)
    assert bytes(version.files.get().data) == files["days.ics"]
    draft = actions.begin_plan_draft(
        "premium", writer=cast.ida, text="", based_on=version, at=at
    )
    read = kept_for_draft(draft, version)
    assert read("days.ics") == files["days.ics"]
    actions.keep_draft_file(draft, "days.ics", ics("2025-12-31"), at=at)
    assert read("days.ics") == ics("2025-12-31")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        VersionFile.objects.all().update(data=b"")


def test_a_file_that_is_no_calendar_is_not_kept(cast: Cast, at: datetime) -> None:
    draft = actions.begin_plan_draft("care", writer=cast.ida, text="", based_on=None, at=at)
    with pytest.raises(PlanError, match="not an iCalendar"):
        actions.keep_draft_file(draft, "days.ics", b"hello", at=at)
    with pytest.raises(PlanError, match=r"There is no file days\.ics here\. Upload it"):
        kept_for_draft(draft, None)("days.ics")
    with pytest.raises(PlanError, match=r"has not been fetched yet\. Fetch it under"):
        kept_for_draft(draft, None)("https://example.com/days.ics")


def test_a_plan_that_was_never_sold_takes_its_files_along(at: datetime) -> None:
    files = {"days.ics": ics("2025-12-24")}
    gold = plan(ics="days.ics") | {"key": "gold"}
    version = actions.publish_plan(gold, at=at, release=Release(source=files.get))
    actions.delete_plan(version.plan, at=at)
    assert not VersionFile.objects.exists()


def test_a_slow_feed_holds_up_nobody_for_long(
    web: Web, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(handler: Handler) -> None:
        handler.connection.recv(1)

    version = published(web, at, "2025-12-24")
    web.pages["/days.ics"] = waits
    monkeypatch.setattr("answerable.entitlements.feeds.SECONDS", 0.2)
    actions.refresh_feeds(at=at + DAY)
    assert Feed.objects.get().why == "localhost took longer than 0.2 seconds."
    assert news(version) == []


@pytest.mark.parametrize("place", ["https://a/" + "x" * 2000, "https://a/\0", "\0", "x" * 501])
def test_what_cannot_be_a_place_is_not_kept(place: str, at: datetime) -> None:
    document = plan(feed=place, ics=place)
    assert places_in(document) == ([] if len(place) != 501 else places_in(plan(feed=place)))
    assert kept_with(None)(place) is None
    with pytest.raises(PlanError):
        kept_for_draft(None, None)(place)


def test_the_job_fetches_what_is_due(web: Web) -> None:
    url = web.put("/days.ics", ics(f"{now().year + 1}-12-24"))
    release = Release(source={url: ics(f"{now().year + 1}-12-25")}.get)
    version = actions.publish_plan(plan(feed=url), at=now() - DAY, release=release)
    refresh_feeds(0)
    assert [is_added for _on, is_added in news(version)] == [True, False]
