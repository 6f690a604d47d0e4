"""A link that leads nowhere is found, with since when; no site is asked too often."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from answerable.cast import Cast
from answerable.knowledge.actions import (
    Written,
    add_article,
    ask_outside,
    lead_on,
    look_at_links,
    publish_article,
    remove_article,
)
from answerable.knowledge.linking import why
from answerable.knowledge.models import ArticleLink, ArticleVersion
from answerable.lib.tests.web import Web, allowed_web

A_DAY = timedelta(days=1)


@pytest.fixture
def web(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    with allowed_web(tmp_path, settings, monkeypatch) as served:
        yield served


def publish(cast: Cast, at: datetime, title: str, body: str) -> ArticleVersion:
    article = add_article(title, by=cast.ana, at=at)
    return publish_article(article, "en", Written(title, body), by=cast.ana, at=at)


def wrong() -> dict[str, str]:
    return {one.target: one.reason for one in ArticleLink.objects.exclude(reason="")}


def test_it_finds_links_of_our_own_that_lead_nowhere(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    gone = publish(cast, at, "Gone", "Text")
    remove_article(gone.text.article, by=cast.ana, at=at)
    lead_on(english.text.article, "en", "old-one")
    good = (
        "[1](/help/en/contact-premium-support/) "
        "[2](/help/en/contact-premium-support/#channels) "
        "[3](/help/en/old-one/) [4](#below) [5](mailto:a@b.example) [6](/desk/) "
        "[7](http://127.0.0.1:8000/help/en/contact-premium-support/)\n\n## Below\n"
    )
    bad = (
        "[a](/help/en/nothing/) [b](/help/en/gone/) [c](/help/en/contact-premium-support/#no) "
        "![d](file:99) [e](/nowhere/at/all/) [f](other.md) `[g](code.md)`"
    )
    publish(cast, at, "Links", f"{good}\n{bad}")
    assert look_at_links(at=at) == 0
    assert wrong() == {
        "/help/en/nothing/": "no_article",
        "/help/en/gone/": "removed",
        "/help/en/contact-premium-support/#no": "no_heading",
        "file:99": "no_file",
        "/nowhere/at/all/": "no_page",
        "other.md": "relative",
    }
    for link in ArticleLink.objects.exclude(reason=""):
        assert "{" not in why(link.reason, link.values)


def test_it_remembers_since_when_and_forgets_what_was_put_right(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    version = publish(cast, at, "Links", "[a](/help/en/later/)")
    look_at_links(at=at)
    look_at_links(at=at + A_DAY)
    assert ArticleLink.objects.get(text=version.text).since == at
    publish(cast, at, "Later", "Here now.")
    look_at_links(at=at + 2 * A_DAY)
    link = ArticleLink.objects.get(text=version.text)
    assert (link.reason, link.since) == ("", None)


def test_it_forgets_links_that_are_no_longer_there(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    version = publish(cast, at, "Links", "[a](/help/en/x/) [b](/help/en/y/)")
    look_at_links(at=at)
    publish_article(
        version.text.article, "en", Written("Links", "[b](/help/en/y/)"), by=cast.ana, at=at
    )
    look_at_links(at=at)
    assert list(wrong()) == ["/help/en/y/"]
    remove_article(version.text.article, by=cast.ana, at=at)
    look_at_links(at=at)
    assert wrong() == {}


def test_it_asks_other_sites_for_their_pages(web: Web, cast: Cast, at: datetime) -> None:
    there = web.put("/there", b"page")
    no_head = web.put("/no-head", b"page")
    moved = web.put("/moved", b"", status=301, Location="/there")
    robot = web.put("/robot", b"", status=403)
    big = web.put("/big", b"x" * 600_000)
    broken = web.put("/broken", b"", status=500)
    gone = f"{web.origin}/gone"
    links = " ".join(
        f"[x]({url}#a)" for url in (there, no_head, moved, robot, big, broken, gone)
    )
    publish(cast, at, "Links", f"{links} [h](http://plain.example/)")
    assert look_at_links(at=at) == 8
    assert ask_outside(at=at, of_a_host=20) == 8
    assert wrong() == {
        f"{broken}#a": "status",
        f"{gone}#a": "gone",
        "http://plain.example/": "http",
    }


def test_it_asks_a_site_no_more_than_it_should(web: Web, cast: Cast, at: datetime) -> None:
    urls = [web.put(f"/{number}", b"page") for number in range(8)]
    publish(cast, at, "One", " ".join(f"[x]({url})" for url in urls))
    publish(cast, at, "Two", f"[x]({urls[0]})")
    look_at_links(at=at)
    assert ask_outside(at=at) == 5
    assert ask_outside(at=at) == 3
    assert ask_outside(at=at + A_DAY) == 0
    assert ask_outside(at=at + 8 * A_DAY) == 5
    assert len([path for _method, path, _ in web.asked if path == "/0"]) <= 4


def test_it_looks_at_a_broken_page_sooner(web: Web, cast: Cast, at: datetime) -> None:
    publish(cast, at, "One", f"[x]({web.origin}/later)")
    look_at_links(at=at)
    ask_outside(at=at)
    assert list(wrong().values()) == ["gone"]
    web.put("/later", b"page")
    assert ask_outside(at=at + 2 * A_DAY) == 1
    assert wrong() == {}
