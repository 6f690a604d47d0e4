"""The first page, the shelves, and what search engines are told."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.cast.articles import Articles
from answerable.help.tests.conftest import ENGLISH, GERMAN, reader
from answerable.knowledge.actions import Written, add_article, count_reading, publish_article
from answerable.knowledge.models import ArticleText


def page(path: str, at: datetime, person: Contact | None = None) -> str:
    return " ".join(reader(person, at).get(path).content.decode().split())


def test_it_shows_shelves_with_what_their_reader_may_read(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    shelf = 'href="/help/en/topics/premium-support/">Premium Support</a>'
    assert f'{shelf}<p class="muted small">1 article</p>' in page("/help/en/", at)
    assert f'{shelf}<p class="muted small">2 articles</p>' in page("/help/en/", at, cast.dana)
    assert "Premium-Support</a>" in page("/help/de/", at)


def test_what_is_read_most_comes_first(articles: Articles, at: datetime) -> None:
    text = ArticleText.objects.get(article=articles.contact, language="en")
    count_reading(text, at=at)
    html = page("/help/en/", at)
    read = html[html.index("Most read") :]
    assert read.index("Contact Premium Support") < read.index("Export ends with E-4012")


def test_a_shelf_lists_what_is_in_no_other_language_as_well(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    path = "/help/de/topics/premium-support/"
    html = page(path, at, cast.dana)
    assert "Premium-Support kontaktieren" in html
    assert 'lang="en">Reach the lead on duty</a> <span class="tag">Englisch</span>' in html
    assert "Reach the lead on duty" not in page(path, at)


def test_a_shelf_takes_as_many_queries_however_much_stands_on_it(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    client, counts = reader(None, at), []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/help/en/topics/exports/")
            client.get("/help/en/")
        counts.append(len(queries))
        about = add_article(f"more-{number}", at=at)
        about.category = articles.export.category
        about.save()
        publish_article(about, "en", Written(f"More {number}", "Words"), by=cast.ana, at=at)
    assert counts[0] == counts[1]


def test_an_empty_shelf_is_not_there(articles: Articles, at: datetime) -> None:
    assert reader(None, at).get("/help/en/topics/nothing/").status_code == 404


def test_a_sitemap_has_what_everybody_may_read_in_every_language(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    for person in (None, cast.dana):
        html = page("/help/sitemap.xml", at, person)
        assert f"<loc>{settings.ANSWERABLE_URL}{ENGLISH}</loc>" in html
        address = f"{settings.ANSWERABLE_URL}{GERMAN}"
        assert f'<xhtml:link rel="alternate" hreflang="de" href="{address}"/>' in html
        assert "reach-the-lead" not in html


def test_robots_have_the_help_centre_and_nothing_else(db: None, at: datetime) -> None:
    text = page("/robots.txt", at)
    assert "Allow: /help/ Allow: /static/ Disallow: /" in text
    assert f"Sitemap: {settings.ANSWERABLE_URL}/help/sitemap.xml" in text
