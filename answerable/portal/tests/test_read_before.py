"""What somebody read and searched before they write comes along with their request."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from answerable.cast import Cast
from answerable.cast.articles import Articles, write_articles
from answerable.knowledge.models import ArticleText, ArticleVersion, ReadBefore


@pytest.fixture
def articles(cast: Cast, at: datetime) -> Articles:
    return write_articles(cast, at=at)


def version_of(slug: str) -> ArticleVersion:
    version = ArticleText.objects.select_related("current").get(slug=slug).current
    assert version
    return version


def test_k_08_the_form_has_the_search_and_names_the_article(
    articles: Articles, dana: Client
) -> None:
    version = version_of("export-ends-with-e-4012")
    html = dana.get(f"/contact/?about={version.pk}&q=exports+fail").content.decode()
    assert ">\nexports fail</textarea>" in html
    assert "You come from the article" in html
    assert f'name="about" value="{version.pk}"' in html


def test_k_08_the_request_is_kept_with_the_article(articles: Articles, dana: Client) -> None:
    version = version_of("export-ends-with-e-4012")
    sent = {
        "body": "It still ends.",
        "language": "en",
        "about": version.pk,
        "q": "exports fail",
    }
    answer = dana.post("/contact/", sent)
    assert answer.status_code == 302
    read = ReadBefore.objects.get()
    assert (read.version, read.searched) == (version, "exports fail")
    assert answer.headers["Location"] == f"/requests/{read.ticket_id}/?sent=1"


@pytest.mark.parametrize("about", ["", "x", "0", "99999999999999999999", "\x00", "²"])
def test_what_names_no_article_is_none(articles: Articles, dana: Client, about: str) -> None:
    assert dana.get("/contact/", {"about": about, "q": "a\x00b"}).status_code == 200
    sent = {"body": "It still ends.", "language": "en", "about": about}
    assert dana.post("/contact/", sent).status_code == 302
    assert not ReadBefore.objects.exists()


def test_an_article_that_they_may_not_read_is_none(
    articles: Articles, cast: Cast, client: Client
) -> None:
    secret = version_of("reach-the-lead-on-duty")
    html = client.get(f"/contact/?about={secret.pk}").content.decode()
    assert "Reach the lead on duty" not in html


def test_an_address_fills_in_nothing_else(articles: Articles, dana: Client) -> None:
    token = "0" * 32
    html = dana.get(f"/contact/?submission={token}&body=Words").content.decode()
    assert f'value="{token}"' not in html
    assert "Words</textarea>" not in html
