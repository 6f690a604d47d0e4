"""Owners are reminded of what is to be reviewed; a help centre begins with what comes along."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from answerable.authoring.review_mail import send_reminders
from answerable.authoring.tests.conftest import exports
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.knowledge.actions import change_facts
from answerable.knowledge.actions.facts import facts_of
from answerable.knowledge.models import Article, ArticleText

MONDAY = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)  # half past eight in Berlin


@pytest.fixture
def due(cast: Cast) -> Article:
    """“Exports fail”, which Ana was to review last week."""
    made = exports(cast)
    facts = replace(facts_of(made), review_on=date(2026, 3, 2))
    change_facts(made, facts, by=cast.ana, at=MONDAY)
    return made


def test_its_owner_is_reminded_on_monday_morning_once(cast: Cast, due: Article) -> None:
    assert send_reminders(at=MONDAY - timedelta(hours=1)) == 0
    assert send_reminders(at=MONDAY - timedelta(days=1)) == 0
    send_reminders(at=MONDAY)
    send_reminders(at=MONDAY + timedelta(hours=1))
    mail = OutgoingMail.objects.get(agent=cast.ana)
    assert mail.subject == "1 article to review"
    assert "“Exports fail”, by March 2, 2026:" in mail.text
    assert "/articles/one/exports-fail/" in mail.text
    send_reminders(at=MONDAY + timedelta(days=7))
    assert OutgoingMail.objects.filter(agent=cast.ana).count() == 2


def test_nobody_is_reminded_of_what_is_not_due(cast: Cast, due: Article) -> None:
    later = replace(facts_of(due), review_on=date(2026, 4, 1))
    change_facts(due, later, by=cast.ana, at=MONDAY)
    assert send_reminders(at=MONDAY) == 0


def test_another_language_becomes_the_official_one(ana: Client, article: Article) -> None:
    page = ana.get("/articles/one/exports-fail/").content.decode()
    assert "Make it the official one" in page
    ana.post("/articles/one/exports-fail/official/", {"language": "de"})
    article.refresh_from_db()
    assert article.official == "de"


def test_a_help_centre_begins_with_the_articles_that_come_along(ana: Client) -> None:
    assert "Begin with the articles that come along" in ana.get("/articles/").content.decode()
    ana.post("/articles/shipped/")
    english = ArticleText.objects.filter(language="en", current__isnull=False).count()
    assert english == Article.objects.count() > 5
    ana.post("/articles/shipped/")
    assert Article.objects.count() == english
