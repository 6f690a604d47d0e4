"""What people ask and read is kept with what came of it, and forgotten in time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.knowledge.actions import (
    Visitor,
    ask,
    follow,
    forget_words,
    go_for_contact,
    read,
    say_helpful,
    settle_stories,
)
from answerable.knowledge.core.outcomes import Outcome
from answerable.knowledge.models import ArticleVersion, Story, Visit
from answerable.knowledge.searching import Found, Question
from answerable.knowledge.tests.help_centre import open_help_centre
from answerable.tickets.actions import Opening, Sender, open_ticket
from answerable.tickets.models import Ticket

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STRANGER = Visitor("a-random-token")


@pytest.fixture(autouse=True)
def _articles(cast: Cast, at: datetime) -> None:
    open_help_centre(at)


def asks(words: str, visitor: Visitor = STRANGER, *, at: datetime) -> Found:
    return ask(Question(words, "en", contact=visitor.contact), visitor, at=at)


def exports() -> ArticleVersion:
    return ArticleVersion.objects.select_related("text").get(title="Exports")


def sends(cast: Cast, at: datetime) -> Ticket:
    sender = Sender(contact=cast.dana)
    return open_ticket(Opening(sender=sender, body="It fails.", channel="email"), at=at)


def only_story() -> Story:
    return Story.objects.get()


def test_it_keeps_what_was_asked_and_what_was_found(at: datetime) -> None:
    found = asks("Export fails", at=at)
    story = only_story()
    assert found.log_id == story.pk
    assert (story.words, story.group) == ("Export fails", "export fails")
    assert (story.hits, story.answered, story.outcome) == (1, True, Outcome.OPEN)


def test_it_keeps_a_question_once_however_it_was_typed(at: datetime) -> None:
    for second, typed in enumerate(["ex", "expo", "export", "export fa", "export fails"]):
        asks(typed, at=at + timedelta(seconds=second))
    assert only_story().words == "export fails"
    asks("invoices", at=at + MINUTE)
    asks("export fails", Visitor("another"), at=at + MINUTE)
    assert Story.objects.count() == 3


def test_it_keeps_nothing_of_what_is_too_short(at: datetime) -> None:
    assert asks("x", at=at).log_id is None
    assert not Story.objects.exists()


def test_a_reading_belongs_to_what_was_asked(at: datetime) -> None:
    first = asks("export", at=at)
    asks("invoices", at=at + MINUTE)
    read(exports(), STRANGER, at=at + 2 * MINUTE, log_id=first.log_id)
    assert Story.objects.earliest("at").readings.count() == 1
    read(exports(), STRANGER, at=at + 3 * MINUTE)
    assert Story.objects.latest("at").readings.count() == 1


def test_an_article_opened_without_a_question_is_a_story_of_its_own(at: datetime) -> None:
    read(exports(), STRANGER, at=at)
    read(exports(), STRANGER, at=at + MINUTE)
    story = only_story()
    assert not story.is_question
    assert story.readings.count() == 1
    read(exports(), STRANGER, at=at + 2 * HOUR)
    assert Story.objects.count() == 2


def test_nobody_reads_in_the_story_of_another(at: datetime) -> None:
    found = asks("export", at=at)
    read(exports(), Visitor("another"), at=at, log_id=found.log_id)
    assert not Story.objects.get(words="export").readings.exists()


def test_who_reads_and_does_not_come_back_was_deflected(at: datetime) -> None:
    asks("export", at=at)
    read(exports(), STRANGER, at=at + MINUTE)
    assert settle_stories(at=at + DAY) == 0
    assert settle_stories(at=at + DAY + MINUTE) == 1
    assert only_story().outcome == Outcome.QUIET


def test_who_says_that_it_helped_was(at: datetime) -> None:
    asks("export", at=at)
    read(exports(), STRANGER, at=at)
    say_helpful(exports(), STRANGER, helpful=True, at=at + MINUTE)
    asks("invoices", at=at + HOUR)
    settle_stories(at=at + 2 * DAY)
    assert set(Story.objects.values_list("words", "outcome")) == {
        ("export", Outcome.HELPED),
        ("invoices", Outcome.UNREAD),
    }


def test_who_asks_again_was_not(at: datetime) -> None:
    asks("export", at=at)
    read(exports(), STRANGER, at=at)
    asks("invoices", at=at + HOUR)
    settle_stories(at=at + 2 * DAY)
    assert Story.objects.get(words="export").outcome == Outcome.AGAIN


def test_who_presses_contact_was_not(at: datetime) -> None:
    asks("export", at=at)
    read(exports(), STRANGER, at=at)
    go_for_contact(STRANGER, at=at + MINUTE)
    settle_stories(at=at + 2 * DAY)
    assert only_story().outcome == Outcome.CONTACT


def test_a_ticket_of_the_same_visit_is_linked_at_once(cast: Cast, at: datetime) -> None:
    asks("export", at=at)
    read(exports(), STRANGER, at=at)
    ticket = sends(cast, at + MINUTE)
    assert [story.words for story in follow(ticket, STRANGER, at=at + MINUTE)] == ["export"]
    assert (only_story().ticket, only_story().outcome) == (ticket, Outcome.TICKET)


def test_a_ticket_by_mail_is_found_by_its_sender(cast: Cast, at: datetime) -> None:
    dana = Visitor("danas", contact=cast.dana)
    asks("export", dana, at=at)
    read(exports(), dana, at=at)
    say_helpful(exports(), dana, helpful=True, at=at)
    ticket = sends(cast, at + 20 * HOUR)
    sends(cast, at + 22 * HOUR)
    settle_stories(at=at + 2 * DAY)
    assert (only_story().ticket, only_story().outcome) == (ticket, Outcome.TICKET)


def test_a_question_from_another_browser_counts_for_a_person_we_know(
    cast: Cast, at: datetime
) -> None:
    asks("export", Visitor("at-work", contact=cast.dana), at=at)
    read(exports(), Visitor("at-work", contact=cast.dana), at=at)
    asks("export again", Visitor("at-home", contact=cast.dana), at=at + HOUR)
    settle_stories(at=at + 2 * DAY)
    assert Story.objects.get(words="export").outcome == Outcome.AGAIN


def test_another_person_at_the_same_browser_has_another_visit(cast: Cast, at: datetime) -> None:
    asks("export", Visitor("shared"), at=at)
    asks("export", Visitor("shared", contact=cast.dana), at=at + HOUR)
    asks("export", Visitor("shared", contact=cast.sam), at=at + 2 * HOUR)
    found = set(Visit.objects.values_list("contact__name", flat=True))
    assert found == {"Dana Wolf", "Sam Ortiz"}


def test_words_are_forgotten_and_what_came_of_them_is_not(cast: Cast, at: datetime) -> None:
    dana = Visitor("danas", contact=cast.dana)
    asks("export of Nordwind", dana, at=at)
    read(exports(), dana, at=at)
    settle_stories(at=at + 2 * DAY)
    assert forget_words(at=at + 90 * DAY, days=90) == 0
    assert forget_words(at=at + 90 * DAY + MINUTE, days=90) == 1
    story = only_story()
    assert (story.words, story.group, story.outcome) == ("", "", Outcome.QUIET)
    assert story.visit.contact is None


def test_settling_asks_the_database_as_often_for_many(
    at: datetime, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        asks("export", Visitor(f"token-{number}"), at=at)
        read(exports(), Visitor(f"token-{number}"), at=at)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert settle_stories(at=at + 2 * DAY) == 12
