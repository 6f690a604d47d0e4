"""From a question to what came of it: what visitors do is kept, and no cookie for it."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

from django.test import Client

from answerable.cast import Cast
from answerable.cast.articles import Articles
from answerable.help.tests.conftest import ENGLISH, reader
from answerable.knowledge.models import Reading, Story, Visit

HERE = {"origin": "http://testserver"}
RESULT = re.compile(r'href="(/help/en/export-ends-with-e-4012/\?[^"#]*)')
CONTACT = re.compile(r'class="button" href="(/contact/\?[^"]*)"')


def follow(client: Client, path: str, link: re.Pattern[str]) -> str:
    """Open a page, and return where a link on it leads."""
    found = link.search(client.get(path).content.decode())
    assert found
    return unescape(found[1])


def test_a_strangers_visit_goes_on_from_page_to_page_without_a_cookie(
    articles: Articles, at: datetime
) -> None:
    client = reader(None, at)
    article = follow(client, "/help/en/?q=E-4012", RESULT)
    contact = follow(client, article, CONTACT)
    client.get(contact)
    story = Story.objects.get()
    assert (story.words, story.visit.contact, story.hits) == ("E-4012", None, 2)
    assert Reading.objects.get().version.text.slug == "export-ends-with-e-4012"
    assert story.contact_at is not None
    assert f"visit={story.visit.token}" in contact
    assert set(client.cookies) <= {"csrftoken"}  # Which the form of a request has.


def test_a_contacts_visit_ends_with_their_ticket(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    client = reader(cast.dana, at)
    article = follow(client, "/help/en/?q=E-4012", RESULT)
    contact = follow(client, article, CONTACT)
    assert "visit=" not in contact
    client.get(contact)
    client.post("/contact/", {"body": "It still ends.", "language": "en"})
    story = Story.objects.get()
    assert story.visit.contact == cast.dana
    assert story.ticket is not None
    assert (story.ticket.requester, story.outcome) == (cast.dana, "ticket")


def test_what_a_reader_says_of_an_article_is_in_their_story(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    client = reader(cast.dana, at)
    article = follow(client, "/help/en/?q=E-4012", RESULT)
    client.get(article)
    client.post(article.split("?")[0] + "helpful/", {"helpful": "yes"}, headers=HERE)
    assert Reading.objects.get().helpful is True


def test_words_that_are_typed_on_are_one_question(articles: Articles, at: datetime) -> None:
    client = reader(None, at)
    part = {"hx-request": "true"}
    typed = client.get("/help/en/?q=exp", headers=part).content.decode()
    found = re.search(r'name="visit" value="([0-9a-f]{32})"', typed)
    assert found
    client.get(f"/help/en/?q=export&visit={found[1]}", headers=part)
    assert Story.objects.get().words == "export"


def test_nothing_is_kept_of_agents_nor_of_who_reads_without_a_question(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    reader(None, at).get(ENGLISH)
    agent = reader(cast.ana, at)
    agent.get("/help/en/?q=export")
    agent.get(ENGLISH)
    assert not Visit.objects.exists()


def test_what_names_no_visit_is_none(articles: Articles, at: datetime) -> None:
    for named in ("x", "\x00", "A" * 32, "0" * 33):
        answer = reader(None, at).get(ENGLISH, {"visit": named, "asked": "²"})
        assert answer.status_code == 200
    assert not Visit.objects.exists()
