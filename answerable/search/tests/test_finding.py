"""What a search looks through, and where it stops."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.search import finding, statements
from answerable.search.actions import follow_log, renew_documents
from answerable.search.models import Document, Part
from answerable.search.queries import Found, Question, search
from answerable.tickets.actions import Sender, add_message, add_note, assign, resolve
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened


class Saying(Protocol):
    """Makes an indexed ticket which said something some days ago."""

    def __call__(self, words: str, days: int = 0) -> Ticket: ...


def looked_for(text: str, below: int | None = None) -> Found:
    return search(Question(text, "en", now(), ZoneInfo("Europe/Berlin"), below=below))


@pytest.fixture
def saying(cast_now: Cast) -> Saying:
    """Gives a function that makes an indexed ticket which said something some days ago."""

    def made(words: str, days: int = 0) -> Ticket:
        at = now() - timedelta(days=days)
        ticket = opened(cast_now.dana, at - timedelta(minutes=1))
        add_note(ticket, agent=cast_now.ben, body=words, at=at)
        while follow_log(at=now()):
            pass
        return ticket

    return made


def test_a_phrase_of_three_words_is_more_than_its_pairs(saying: Saying) -> None:
    saying("The red door. A door bell. A red one.")
    wanted = saying("The red door bell rings.")
    assert looked_for('"red door bell"').tickets == [wanted.pk]


def test_a_phrase_is_found_within_a_word_with_a_hyphen(saying: Saying) -> None:
    ticket = saying("Sign-in fails since noon.")
    assert looked_for('"sign in"').tickets == [ticket.pk]


def test_a_phrase_goes_with_what_is_not_there(saying: Saying) -> None:
    ticket, other = saying("The red door."), saying("The red door in Berlin.")
    assert set(looked_for('"red door"').tickets) == {ticket.pk, other.pk}
    assert looked_for('"red door" -berlin').tickets == [ticket.pk]


def test_it_says_where_it_stopped_and_goes_on_there(
    saying: Saying, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_RANKED", 1)
    monkeypatch.setattr(finding, "MOST_LOOKED", 2)
    wanted = saying("The red door bell rings.")
    for _ in range(3):
        last = saying("The red door. A door bell.")
    first = looked_for('"red door bell"')
    assert first.tickets == []
    assert first.below == last.pk - 1
    monkeypatch.undo()
    rest = looked_for('"red door bell"', below=first.below)
    assert (rest.tickets, rest.below) == ([wanted.pk], 0)


def test_all_steps_together_find_all(saying: Saying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "FEW", 0)
    monkeypatch.setattr(finding, "MOST_RANKED", 2)
    tickets = [saying("Kaleidoscopes turn.").pk for _ in range(5)]
    assert looked_for("kaleidoscope").tickets == tickets[::-1]


def test_what_has_changed_since_it_was_indexed_is_not_found_as_it_was(
    cast_now: Cast, saying: Saying
) -> None:
    ticket = saying("The red door.")
    assign(ticket, agent=cast_now.ana, to=cast_now.ana, at=now())
    while follow_log(at=now()):
        pass
    assert looked_for("owner:ana is:open").tickets == [ticket.pk]
    resolve(ticket, agent=cast_now.ana, contact=None, reason="Done.", at=now())
    assert looked_for("owner:ana is:open").tickets == []


def test_documents_from_before_there_were_pairs_are_made_anew(saying: Saying) -> None:
    ticket = saying("The red door bell rings.")
    Document.objects.update(pairs=None)
    assert looked_for('"door bell"').tickets == []
    assert not renew_documents()
    assert looked_for('"door bell"').tickets == [ticket.pk]


def test_parts_without_a_ticket_of_that_time_are_passed_over(
    saying: Saying, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (finding, statements):
        monkeypatch.setattr(module, "PART", 1)
    monkeypatch.setattr(finding, "FEW", 0)
    old = saying("Kaleidoscopes turn.", days=400).pk
    new = [saying("Kaleidoscopes turn.").pk for _ in range(5)]
    day = (now() - timedelta(days=200)).date()
    with CaptureQueriesContext(connection) as asked:
        assert looked_for(f"kaleidoscope before:{day}").tickets == [old]
    assert sum("candidate AS MATERIALIZED" in query["sql"] for query in asked) == 1
    assert set(looked_for(f"kaleidoscope after:{day}").tickets) == set(new)


def test_a_part_is_as_wide_as_its_tickets_were(saying: Saying, cast_now: Cast) -> None:
    ticket = saying("Kaleidoscopes turn.", days=400)
    day = (now() - timedelta(days=200)).date()
    assert looked_for(f"kaleidoscope before:{day}").tickets == [ticket.pk]
    add_message(ticket, sender=Sender(contact=cast_now.dana), body="They do.", at=now())
    while follow_log(at=now()):
        pass
    (part,) = Part.objects.all()
    today = now().astimezone(UTC).date()
    assert (part.since, part.until) == (today - timedelta(days=400), today)
    assert looked_for(f"kaleidoscope after:{day}").tickets == [ticket.pk]
