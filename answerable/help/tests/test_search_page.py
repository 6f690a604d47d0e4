"""The page of search: its states, its filters, and what it carries along."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test.utils import CaptureQueriesContext

from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.cast.articles import Articles
from answerable.help.tests.conftest import reader


def found(query: str, at: datetime, person: Contact | Agent | None = None) -> str:
    return said(reader(person, at).get(f"/help/en/?{query}"))


def said(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_says_how_much_was_found_and_where(articles: Articles, at: datetime) -> None:
    html = found("q=E-4012", at)
    assert '<h2 id="results" tabindex="-1"> 2 results for E-4012 </h2>' in html
    first = html[html.index('<ol class="results">') :]
    assert first.index("export-ends-with-e-4012/?q=E-4012&amp;asked=") < first.index(
        "contact-premium"
    )
    assert "<mark>list</mark>" in found("q=large+list", at)
    updated = (at - timedelta(days=45)).astimezone(ZoneInfo(settings.ANSWERABLE_ZONE))
    assert f'<time datetime="{updated:%Y-%m-%d}">{updated.day} {updated:%B %Y}</time>' in first
    assert '<span class="tag">Service</span>' in first
    assert '<span class="tag">Enterprise</span>' in first


def test_a_typing_error_is_understood(articles: Articles, at: datetime) -> None:
    assert "Export ends with E-4012" in found("q=exprot", at)


def test_nothing_found_has_a_way_on(articles: Articles, at: datetime) -> None:
    html = found("q=zeppelin+%3Cb%3E", at)
    assert "No article matches zeppelin &lt;b&gt;." in html
    assert "Check the spelling, use fewer words, or contact support." in html
    assert 'class="button" href="/contact/?q=zeppelin%20%3Cb%3E&amp;visit=' in html


def test_it_finds_in_another_language_and_says_so(articles: Articles, at: datetime) -> None:
    html = found("q=geschäftskritisch", at)
    assert "No article in English. Showing 1 in German." in html
    assert 'lang="de">Premium-Support kontaktieren</a>' in html


def test_it_says_when_all_is_for_other_plans(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    assert "These articles are for other plans." in found("q=specialist&mine=1", at, cast.tom)
    assert "for other plans" not in found("q=specialist&mine=1", at, cast.dana)


def test_too_short_a_question_is_said_to_be(articles: Articles, at: datetime) -> None:
    assert "Enter at least 2 characters" in found("q=e", at)


def test_when_search_is_down_there_are_topics(articles: Articles, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE knowledge_posting RENAME TO knowledge_posting_gone")
    html = found("q=export", at)
    assert "Search is not answering. Browse by topic, or contact support." in html
    assert "/help/en/topics/exports/" in html


def test_it_finds_only_what_its_asker_may_read(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    assert "Reach the lead on duty" not in found("q=lead+on+duty", at)
    assert "Reach the lead on duty" in found("q=lead+on+duty", at, cast.sam)


def test_it_is_narrowed_by_product_and_language(articles: Articles, at: datetime) -> None:
    assert "Export ends with" not in found("q=E-4012&product=sales", at)
    html = found("q=E-4012&in=de", at)
    assert "Export endet mit E-4012" in html
    assert '<option value="de" selected>German</option>' in html


def test_a_part_is_sent_while_somebody_types(articles: Articles, at: datetime) -> None:
    typed = reader(None, at).get("/help/en/?q=exp", headers={"hx-request": "true"})
    html = said(typed)
    assert html.startswith('<div id="found" class="found">')
    assert '<p id="said" hx-swap-oob="innerHTML"> 2 results for exp </p>' in html


def test_a_results_page_is_for_no_search_engine_and_kept_nowhere(
    articles: Articles, at: datetime
) -> None:
    assert '<meta name="robots" content="noindex">' in found("q=export", at)
    answer = reader(None, at).get("/help/en/?q=export")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_it_leads_to_the_language_of_its_reader_and_keeps_the_question(
    articles: Articles, at: datetime
) -> None:
    answer = reader(None, at).get("/help/?q=a+b", headers={"accept-language": "de"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/help/de/?q=a+b")


def test_it_takes_as_many_queries_however_much_is_found(
    articles: Articles, at: datetime
) -> None:
    client = reader(None, at)
    counts = set()
    for words in ("E-4012", "large list"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/help/en/?q={words}")
        counts.add(len(queries))
    assert len(counts) == 1
