"""The funnel's pages: each number opens just the stories that it counts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from answerable.authoring.queries import funnel
from answerable.authoring.queries.funnel import COUNTED, Asked
from answerable.authoring.tests.conftest import TODAY
from answerable.cast import Cast
from answerable.knowledge.actions import (
    Feedback,
    Visitor,
    ask,
    follow,
    go_for_contact,
    read,
    say_helpful,
    settle_stories,
    vote,
)
from answerable.knowledge.models import Article, ArticleVersion, Story
from answerable.knowledge.searching import Question
from answerable.tickets.actions import Opening, Sender, open_ticket

AGO = TODAY - timedelta(days=3)


def asks(words: str, token: str, *, reads: ArticleVersion | None = None) -> Visitor:
    visitor = Visitor(token)
    found = ask(Question(words, "en"), visitor, at=AGO)
    if reads:
        read(reads, visitor, at=AGO, log_id=found.log_id)
    return visitor


@pytest.fixture
def stories(here: Cast, article: Article) -> ArticleVersion:
    """Six people: one is helped, one reads and is gone, one sends a request, one presses
    Contact, one finds nothing, and one came without asking."""
    version = ArticleVersion.objects.get(text__article=article, text__language="en")
    helped = asks("exports fail", "helped", reads=version)
    say_helpful(version, helped, helpful=True, at=AGO)
    asks("exports fail", "quiet", reads=version)
    sender = asks("Exports fail", "sender", reads=version)
    say_helpful(version, sender, helpful=False, at=AGO)
    vote(version, Feedback(False, "steps"), contact=None, token="sender", at=AGO)
    said = Opening(sender=Sender(contact=here.dana), body="It still fails.", channel="email")
    follow(open_ticket(said, at=AGO), sender, at=AGO)
    go_for_contact(asks("exports", "contact", reads=version), at=AGO)
    asks("teleport to the moon", "lost")
    read(version, Visitor("linked"), at=AGO)
    settle_stories(at=TODAY)
    return version


def test_it_counts_what_became_of_questions(stories: ArticleVersion) -> None:
    assert funnel.totals(Asked(), TODAY) == {
        "asked": 5,
        "answered": 4,
        "read": 4,
        "helpful": 1,
        "unhelpful": 1,
        "contact": 1,
        "tickets": 1,
        "deflected": 2,
        "open": 0,
        "opened": 1,
    }


def test_every_number_opens_as_many_stories(stories: ArticleVersion) -> None:
    (article,) = funnel.by_article(Asked(), TODAY)
    numbers = funnel.totals(Asked(), TODAY)
    for what in COUNTED:
        assert funnel.stories_that(Asked(what=what), TODAY).count() == numbers[what]
        of_article = Asked(what=what, article=article["article"])
        assert funnel.stories_that(of_article, TODAY).count() == article[what]
        for row in funnel.by_question(Asked(), TODAY):
            of_question = Asked(what=what, group=row["group"])
            assert funnel.stories_that(of_question, TODAY).count() == row[what]
    assert article["read"] == 5


def test_it_takes_the_same_words_for_the_same_question(stories: ArticleVersion) -> None:
    rows = funnel.by_question(Asked(), TODAY)
    assert (rows[0]["group"], rows[0]["asked"], rows[0]["deflected"]) == ("exports fail", 3, 2)


def test_what_is_older_than_the_period_is_left_out(stories: ArticleVersion) -> None:
    Story.objects.update(at=TODAY - timedelta(days=8))
    assert funnel.totals(Asked(days=7), TODAY)["asked"] == 0
    assert funnel.totals(Asked(days=30), TODAY)["asked"] == 5


def test_the_page_shows_what_is_missing_and_what_does_not_help(
    ana: Client, stories: ArticleVersion
) -> None:
    page = ana.get("/articles/answers/").content.decode()
    assert "teleport to the moon" in page
    assert "Steps do not work: 1" in page
    opened = re.findall(r'href="(/articles/answers/stories/[^"]*)"', page)
    assert opened
    for address in opened:
        assert ana.get(address.replace("&amp;", "&")).status_code == 200


def test_a_number_leads_to_the_ticket_that_followed(
    ana: Client, stories: ArticleVersion
) -> None:
    page = ana.get("/articles/answers/stories/?what=tickets").content.decode()
    ticket = Story.objects.get(ticket__isnull=False).ticket
    assert ticket
    assert f'href="/desk/tickets/{ticket.pk}/"' in page
    assert "sent a request" in page


def test_questions_without_an_answer_open_too(ana: Client, stories: ArticleVersion) -> None:
    page = ana.get("/articles/answers/stories/?what=unanswered").content.decode()
    assert "teleport to the moon" in page
    assert "exports fail" not in page


def test_it_says_when_nobody_asked(ana: Client) -> None:
    assert "Nobody has asked anything" in ana.get("/articles/answers/").content.decode()


@pytest.mark.parametrize("query", ["days=x", "article=x", "what=x", "group=%00", "page=x"])
def test_it_minds_no_nonsense_in_its_address(ana: Client, query: str) -> None:
    assert ana.get(f"/articles/answers/?{query}").status_code == 200
    assert ana.get(f"/articles/answers/stories/?{query}").status_code == 200


def test_it_is_for_agents(client: Client, here: Cast) -> None:
    assert client.get("/articles/answers/").status_code in {302, 404}
    assert client.get("/articles/answers/stories/").status_code in {302, 404}
