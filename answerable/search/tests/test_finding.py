"""What a search looks through, and where it stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.search import finding
from answerable.search.actions import follow_log, renew_documents
from answerable.search.models import Document
from answerable.search.queries import Found, Question, search
from answerable.tickets.actions import add_note, assign, resolve
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

Saying = Callable[[str], Ticket]


def looked_for(text: str, below: int | None = None) -> Found:
    return search(Question(text, "en", now(), ZoneInfo("Europe/Berlin"), below=below))


@pytest.fixture
def saying(cast_now: Cast) -> Saying:
    """Gives a function that makes an indexed ticket which says something."""

    def made(words: str) -> Ticket:
        ticket = opened(cast_now.dana, now() - timedelta(minutes=1))
        add_note(ticket, agent=cast_now.ben, body=words, at=now())
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
