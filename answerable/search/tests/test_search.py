"""Tickets, accounts and people are found by what was said and by whom."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.search.actions import follow_log, index_tickets
from answerable.search.queries import Found, Question, search
from answerable.tickets.actions import add_note, assign, resolve
from answerable.tickets.models import Message, Ticket
from answerable.tickets.tests.openings import opened

MINUTE = timedelta(minutes=1)


def looked_for(text: str, *, as_typed: bool = False) -> Found:
    """Follow the log, and look for something."""
    while follow_log(at=now()):
        pass
    return search(Question(text, "en", now(), ZoneInfo("Europe/Berlin"), as_typed))


def said(ticket: Ticket, cast: Cast, words: str) -> None:
    add_note(ticket, agent=cast.ben, body=words, at=now())


@pytest.fixture
def tickets(cast_now: Cast) -> tuple[Ticket, Ticket]:
    first = opened(cast_now.dana, now() - 2 * MINUTE)
    second = opened(cast_now.sam, now() - MINUTE)
    said(first, cast_now, "The certificates of the identity provider expired on Saturday")
    said(second, cast_now, "Webhooks are delivered twice. Größe stimmt nicht.")
    return first, second


def test_it_finds_other_forms_of_a_word(tickets: tuple[Ticket, Ticket]) -> None:
    assert looked_for("certificate expire").tickets == [tickets[0].pk]
    assert looked_for("webhook delivering").tickets == [tickets[1].pk]


def test_accents_make_no_difference(tickets: tuple[Ticket, Ticket]) -> None:
    for typed in ("Größe", "größe", "GRÖẞE", "große"):
        assert looked_for(typed).tickets == [tickets[1].pk]


def test_it_finds_what_is_still_being_typed(tickets: tuple[Ticket, Ticket]) -> None:
    assert looked_for("certif", as_typed=True).tickets == [tickets[0].pk]


def test_it_finds_what_was_mistyped_and_says_so(tickets: tuple[Ticket, Ticket]) -> None:
    found = looked_for("certifcates")
    assert found.tickets == [tickets[0].pk]
    assert found.corrected == {"certifcates": ["certificates"]}


def test_a_phrase_stands_together(tickets: tuple[Ticket, Ticket]) -> None:
    assert looked_for('"identity provider"').tickets == [tickets[0].pk]
    assert looked_for('"provider identity"').tickets == []


def test_a_number_leads_to_its_ticket(tickets: tuple[Ticket, Ticket]) -> None:
    assert looked_for(f"#{tickets[1].pk}").tickets[0] == tickets[1].pk


def test_it_is_narrowed_down(cast_now: Cast, tickets: tuple[Ticket, Ticket]) -> None:
    first, second = tickets
    assign(first, agent=cast_now.ana, to=cast_now.ana, at=now())
    resolve(second, agent=cast_now.ben, contact=None, reason="Done.", at=now())
    everyone = {first.pk, second.pk}
    assert set(looked_for("from:nordwind").tickets) == everyone
    assert looked_for("from:dana").tickets == [first.pk]
    assert looked_for("from:kestrel").tickets == []
    assert set(looked_for("by:ben").tickets) == everyone
    assert looked_for("by:ana").tickets == []
    assert looked_for("owner:ana").tickets == [first.pk]
    assert looked_for("is:resolved").tickets == [second.pk]
    assert looked_for("is:open").tickets == [first.pk]
    assert looked_for("has:file").tickets == []
    assert set(looked_for("has:note").tickets) == everyone
    assert looked_for("before:2020-01-01").tickets == []
    assert set(looked_for("after:2020-01-01 -nonsense").tickets) == everyone
    assert looked_for("after:2020-01-01 webhooks").tickets == [second.pk]


def test_late_ones_are_found_by_their_clock(cast_now: Cast) -> None:
    late = opened(cast_now.dana, now() - timedelta(days=20))
    opened(cast_now.sam, now())
    assert looked_for("is:late").tickets == [late.pk]


def test_a_reply_that_was_taken_back_is_not_found(
    cast_now: Cast, tickets: tuple[Ticket, Ticket]
) -> None:
    Message.objects.filter(body__startswith="Webhooks").update(kind="taken_back")
    index_tickets([tickets[1].pk])
    assert looked_for("webhooks").tickets == []


def test_accounts_and_people_are_found_by_the_beginning_of_their_names(cast_now: Cast) -> None:
    found = looked_for("nord")
    assert [each.name for each in found.customers] == [cast_now.nordwind.name]
    assert looked_for("dana wo").contacts == [cast_now.dana]


def test_what_comes_later_is_followed(cast_now: Cast, tickets: tuple[Ticket, Ticket]) -> None:
    assert looked_for("kaleidoscope").tickets == []
    said(tickets[0], cast_now, "It looks like a kaleidoscope")
    assert looked_for("kaleidoscope").tickets == [tickets[0].pk]


def test_it_costs_few_statements(tickets: tuple[Ticket, Ticket]) -> None:
    looked_for("certificates")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        search(Question("certificates expired from:nordwind", "en", now(), ZoneInfo("UTC")))
    assert len(asked) <= 9
