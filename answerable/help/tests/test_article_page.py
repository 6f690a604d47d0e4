"""An article's page: checks K-01 to K-04, K-06 and K-10 of ux.md that need no browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.cast.articles import Articles
from answerable.entitlements.models import Adoption, PlanText
from answerable.help.tests.conftest import ENGLISH, GERMAN, reader
from answerable.knowledge.actions import (
    Written,
    change_facts,
    check_translation,
    move,
    publish_article,
    remove_article,
)
from answerable.knowledge.actions.facts import facts_of
from answerable.knowledge.models import Article, ArticleText, ReadingDay
from answerable.sla.actions import publish_text

NOTICE = (
    "Dieser Artikel wurde automatisch übersetzt und möglicherweise nicht geprüft. "
    "Maßgeblich ist die Fassung auf Englisch."
)


def page(path: str, person: Contact | Agent | None, at: datetime) -> str:
    answer = reader(person, at).get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def text_of(article: Article, language: str) -> ArticleText:
    return ArticleText.objects.select_related("current").get(article=article, language=language)


def change(article: Article, cast: Cast, at: datetime, **words: str) -> None:
    current = text_of(article, "en").current
    assert current
    written = Written(current.title, words.get("body", "New words."), current.summary)
    publish_article(article, "en", written, by=cast.ana, at=at)


def test_k_01_a_machines_translation_says_so_before_its_title(
    articles: Articles, at: datetime
) -> None:
    html = page(GERMAN, None, at)
    assert '<html lang="de">' in html
    assert html.index('role="note"') < html.index("<h1>")
    assert NOTICE in html
    assert f'href="{ENGLISH}" hreflang="en">Auf Englisch lesen</a>' in html
    for language, path in (("de", GERMAN), ("en", ENGLISH), ("x-default", ENGLISH)):
        address = f"{settings.ANSWERABLE_URL}{path}"
        assert f'<link rel="alternate" hreflang="{language}" href="{address}">' in html
    # Both have the same anchors, so that the link can lead to the same part.
    english = page(ENGLISH, None, at)
    assert re.findall(r'<h2 id="([a-z-]+)">', html) == re.findall(
        r'<h2 id="([a-z-]+)">', english
    )


def test_k_01_a_part_that_fell_back_says_its_language(articles: Articles, at: datetime) -> None:
    assert '<div lang="en"> <div class="callout callout--important"' in page(GERMAN, None, at)


def test_k_02_a_checked_translation_has_no_notice(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    german = text_of(articles.contact, "de").current
    assert german
    check_translation(german, by=cast.ben, at=at)
    html = page(GERMAN, None, at)
    assert 'class="notice translated"' not in html
    assert "Auf Englisch lesen" not in html


@pytest.mark.parametrize("checked", [True, False])
def test_k_02_a_newer_official_version_is_told_with_its_day(
    articles: Articles, cast: Cast, at: datetime, checked: bool
) -> None:
    german = text_of(articles.contact, "de").current
    assert german
    if checked:
        check_translation(german, by=cast.ben, at=at)
    change(articles.contact, cast, datetime(2025, 9, 3, 12, tzinfo=at.tzinfo))
    html = page(GERMAN, None, at)
    newer = (
        "Die Fassung auf Englisch wurde am 3. September 2025 geändert. "
        "Diese Übersetzung enthält das noch nicht."
    )
    assert newer in html
    assert (NOTICE in html) is not checked
    assert "Auf Englisch lesen" in html


def test_k_03_the_day_is_of_the_words_not_of_what_is_known_about_them(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    change(articles.contact, cast, datetime(2025, 8, 21, 12, tzinfo=at.tzinfo))
    said = 'Last updated <time datetime="2025-08-21">21 August 2025</time>'
    assert said in page(ENGLISH, None, at)
    about = replace(facts_of(articles.contact), products=("sales",), owner=cast.lena)
    assert change_facts(articles.contact, about, by=cast.lena, at=at) == ("products", "owner")
    assert said in page(ENGLISH, None, at)


def test_it_lists_the_last_five_changes(articles: Articles, cast: Cast, at: datetime) -> None:
    for day in range(6):
        change(articles.contact, cast, at - timedelta(days=6 - day), body=f"Words {day}")
    html = page(ENGLISH, None, at)
    listed = html[html.index("<summary>Changes") : html.index("</details>")]
    assert listed.count("<li>") == 5
    assert "Added what counts as business-critical" not in listed


LINES = {
    "dana": "Your plan includes this.",
    "tom": "Your plan (Professional) does not include this.",
    "nobody": "",
    "ana": "",
}


@pytest.mark.parametrize("who", LINES)
def test_k_04_what_it_comes_with_is_a_list_and_a_line_for_its_reader(
    articles: Articles, cast: Cast, at: datetime, who: str
) -> None:
    html = page(ENGLISH, getattr(cast, who, None), at)
    box = html[html.index('class="available"') : html.index("</aside>")]
    assert "<li>Marketing Enterprise</li><li>Sales Enterprise</li>" in box
    assert ("Your plan" in box) is bool(LINES[who])
    assert LINES[who] in box


def test_k_06_the_promises_are_those_of_the_plan_as_it_is(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    before = page(ENGLISH, cast.dana, at)
    assert "What your plan, Premium, promises now" in before
    assert "<td>Guaranteed within 1 hour, " in before
    assert "What Premium promises now" in page(ENGLISH, None, at)
    text = PlanText.objects.get(version=cast.premium).text.replace(
        'within = "1h"', 'within = "45m"'
    )
    newer = publish_text(_without_examples(text), at=at)
    assert "<td>Guaranteed within 45 minutes, " in page(ENGLISH, None, at)
    # Dana's contract goes on with what it has, until it follows the newer version.
    assert page(ENGLISH, cast.dana, at).count("45 minutes") == 0
    Adoption.objects.create(contract=cast.contract, plan_version=newer, from_at=at)
    assert "<td>Guaranteed within 45 minutes, " in page(ENGLISH, cast.dana, at)


def _without_examples(text: str) -> str:
    return text[: text.index("[[examples]]")]


def test_k_10_it_is_readable_outside_the_plan_and_says_so_before_the_steps(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    html = page(ENGLISH, cast.tom, at)
    line = html.index("Your plan (Professional) does not include this.")
    assert line < html.index('<article class="article">') < html.index("<ol>", line)


def test_an_article_of_a_plan_is_not_there_for_others(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    path = "/help/en/reach-the-lead-on-duty/"
    for person in (None, cast.tom, cast.mara):
        assert reader(person, at).get(path).status_code == 404
    html = page(path, cast.sam, at)
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html
    assert "Only customers of these plans can read this: premium." in page(path, cast.ben, at)


def test_a_removed_article_says_when_and_what_replaced_it(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    day = datetime(2025, 5, 2, 12, tzinfo=at.tzinfo)
    remove_article(articles.contact, by=cast.ana, at=day, replaced_by=articles.export)
    answer = reader(None, at).get(ENGLISH)
    assert answer.status_code == 410
    html = " ".join(answer.content.decode().split())
    assert "<h1>This article was removed on 2 May 2025</h1>" in html
    replaced = (
        'It was replaced by <a href="/help/en/export-ends-with-e-4012/">'
        "Export ends with E-4012</a>."
    )
    assert replaced in html


def test_a_removed_article_does_not_name_what_its_reader_may_not_read(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    remove_article(articles.contact, by=cast.ana, at=at, replaced_by=articles.escalation)
    assert b"replaced" not in reader(None, at).get(ENGLISH).content
    assert b"replaced" in reader(cast.dana, at).get(ENGLISH).content


def test_an_old_address_leads_on_for_good(articles: Articles, cast: Cast, at: datetime) -> None:
    move(text_of(articles.contact, "en"), "contact-us", by=cast.ana, at=at)
    answer = reader(None, at).get(f"{ENGLISH}?q=call")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/help/en/contact-us/?q=call"


def test_it_describes_itself_to_search_engines(articles: Articles, at: datetime) -> None:
    html = page("/help/en/export-ends-with-e-4012/", None, at)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    kinds = {one["@type"]: one for one in json.loads(found[1])["@graph"]}
    assert kinds["TechArticle"]["headline"] == "Export ends with E-4012"
    assert [one["name"] for one in kinds["FAQPage"]["mainEntity"]] == [
        "What does E-4012 mean?",
        "How do I export a large list?",
    ]
    assert kinds["BreadcrumbList"]["itemListElement"][1]["name"] == "Exports"
    assert "FAQPage" not in page(ENGLISH, None, at)


def test_its_structured_data_cannot_end_its_element(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    words = Written("</script><script>alert(1)</script>", "Words")
    publish_article(articles.export, "en", words, by=cast.ana, at=at)
    html = page("/help/en/export-ends-with-e-4012/", None, at)
    assert "<script>alert" not in html


def test_it_is_kept_by_browsers_until_it_changes(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    client = reader(None, at)
    first = client.get(ENGLISH)
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert not first.cookies
    again = client.get(ENGLISH, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    change(articles.contact, cast, at)
    changed = client.get(ENGLISH, headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_what_somebody_sees_who_is_signed_in_is_never_kept(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    answer = reader(cast.dana, at).get(ENGLISH)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    ("who", "queries"), [("nobody", 7), ("ana", 8), ("dana", 26), ("tom", 27)]
)
def test_it_takes_as_many_queries_however_long_it_is(
    articles: Articles,
    cast: Cast,
    at: datetime,
    who: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = reader(getattr(cast, who, None), at)
    client.get(ENGLISH)  # A contact's visit begins with their first page.
    for body in (
        "{promise table premium}",
        "{promise table premium}\n\n" * 3 + "## More\n" * 9,
    ):
        change(articles.contact, cast, at, body=body + "\n\n{available service enterprise}")
        with django_assert_num_queries(queries):
            client.get(ENGLISH)


def test_it_counts_who_reads_and_no_machine(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    reader(None, at).get(ENGLISH)
    reader(cast.dana, at).get(ENGLISH)
    reader(cast.ana, at).get(ENGLISH)
    reader(None, at).get(ENGLISH, headers={"user-agent": "Examplebot/2.1"})
    assert ReadingDay.objects.get(text__slug="contact-premium-support").times == 2


def test_an_article_that_is_not_there_is_not_found(articles: Articles, at: datetime) -> None:
    for path in ("/help/en/nothing/", "/help/fr/", "/help/de/contact-premium-support/"):
        assert reader(None, at).get(path).status_code == 404
