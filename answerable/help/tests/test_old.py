"""Links to the help centre that was there before go on to work."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.cast.articles import Articles
from answerable.help.tests.conftest import ENGLISH, GERMAN, reader
from answerable.knowledge.actions import lead_on


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/hc/en-us/articles/360011-Contact-us", ENGLISH),
        ("/hc/en-us/articles/360011", ENGLISH),
        ("/hc/en-us/articles/360011-Another-title", ENGLISH),
        ("/hc/de/articles/360011/", GERMAN),
        ("/hc/fr/articles/360011", ENGLISH),
        ("/hc/en-us/articles/3600", ""),
        ("/nowhere/", ""),
        ("/" + "x" * 400, ""),
    ],
)
def test_an_old_address_leads_to_the_article(
    path: str, leads_to: str, articles: Articles, at: datetime
) -> None:
    lead_on(articles.contact, "en", "hc/en-us/articles/360011-Contact-us")
    lead_on(articles.contact, "en", "hc/en-us/articles/360011")
    lead_on(articles.contact, "de", "hc/de/articles/360011")
    lead_on(articles.contact, "fr", "hc/fr/articles/360011")
    answer = reader(None, at).get(path)
    assert answer.headers.get("Location", "") == leads_to
    assert answer.status_code == (301 if leads_to else 404)


def test_it_tells_nobody_of_an_article_that_they_may_not_read(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    lead_on(articles.escalation, "en", "docs/escalation")
    assert reader(None, at).get("/docs/escalation").status_code == 404
    assert reader(cast.ana, at).get("/docs/escalation").status_code == 301


def test_only_who_reads_is_led_on(articles: Articles, at: datetime) -> None:
    lead_on(articles.contact, "en", "docs/contact")
    assert reader(None, at).post("/docs/contact").status_code == 404
