"""What a ticket is about, and how serious its requester says it is."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.tickets.actions import (
    About,
    NothingToAnswer,
    OtherCustomer,
    Said,
    answer_another_look,
    ask_for_another_look,
    correct_facts,
    is_look_open,
    rate,
)
from answerable.tickets.events import PUBLIC
from answerable.tickets.models import Rating
from answerable.tickets.tests.openings import opened, verbs


def test_a_ticket_keeps_what_it_is_about(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at, product="smart_\x00crm", environment="e" * 50)
    assert (ticket.product, ticket.environment) == ("smart_crm", "e" * 40)
    other = opened(cast.dana, at)
    assert (other.product, other.environment) == ("", "")


def test_a_rating_is_kept_as_it_was_said_last(cast: Cast, at: datetime) -> None:
    first = Said(severity="s1", answers=(("Since when?", "Nine\x00"),))
    ticket = opened(cast.tom, at, said=first)
    assert ticket.rating.answers == [{"asks": "Since when?", "says": "Nine"}]
    rate(ticket, Said(severity="s2"), by=cast.tom, at=at)
    rating = Rating.objects.get()
    assert (rating.severity, rating.answers) == ("s2", [])


def test_a_correction_is_a_line_in_the_log_that_the_customer_sees(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(cast.dana, at, environment="staging")
    about = About(product="service", environment="production")
    correct_facts(
        ticket, about, severity="standard", reason=" She said so. ", agent=cast.ana, at=at
    )
    ticket.refresh_from_db()
    assert (ticket.product, ticket.environment) == ("service", "production")
    event = ticket.events.get(verb="facts_corrected")
    assert (event.agent, event.data["reason"]) == (cast.ana, "She said so.")
    assert "severity" not in event.data
    assert "facts_corrected" in PUBLIC


def test_another_look_is_open_from_the_question_to_the_answer(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    assert not is_look_open(ticket)
    for _ in range(2):
        ask_for_another_look(ticket, contact=cast.dana, reason="It grows.", at=at)
    assert verbs(ticket).count("another_look_asked") == 1
    message = ticket.messages.get()
    answer_another_look(ticket, agent=cast.lena, before="standard", message=message, at=at)
    assert not is_look_open(ticket)
    with pytest.raises(NothingToAnswer):
        answer_another_look(ticket, agent=cast.lena, before="low", message=message, at=at)
    ask_for_another_look(ticket, contact=cast.dana, reason="It grows more.", at=at)
    assert is_look_open(ticket)


def test_it_is_asked_for_by_the_tickets_own_customer(cast: Cast, at: datetime) -> None:
    with pytest.raises(OtherCustomer):
        ask_for_another_look(opened(cast.dana, at), contact=cast.olive, reason="Mine", at=at)
