"""What a lead asks of the reader, as cards beside what is offered to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from answerable.accounts.models import Agent
from answerable.desk.words import first_name
from answerable.forecast.models import Suggestion
from answerable.forecast.queries import asked_of
from answerable.lib.times import clock_time

What = Suggestion.What


@dataclass(frozen=True, slots=True)
class SuggestedCard:
    """What is asked, in words, and the ticket that it is about."""

    pk: int
    words: str
    ticket: int | None

    @property
    def number(self) -> str:
        """What the page knows the card by."""
        return f"asked-{self.pk}"


def suggested_to(agent: Agent, at: datetime, zone: tzinfo) -> list[SuggestedCard]:
    """Return what leads ask of an agent, and what they have not answered. One query."""
    return [
        SuggestedCard(one.pk, _words(one, zone), one.ticket_id) for one in asked_of(agent, at)
    ]


def answered_words(suggestion: Suggestion, answer: str) -> str:
    """Return what is said to whoever answered."""
    lead = first_name(suggestion.by.name)
    if answer == Suggestion.Answer.NO:
        return _("{name} is told that you cannot now.").format(name=lead)
    words = {
        What.EMAIL: _("{name} is told. You are finishing: nothing new is offered to you."),
        What.BACK: _("{name} is told. You are available."),
        What.HELP: _("{name} is told that you help."),
    }[What(suggestion.what)]
    return words.format(name=lead)


def _words(one: Suggestion, zone: tzinfo) -> str:
    words = {
        What.EMAIL: _("{name} asks: can you leave chats and calls until {time}, and write?"),
        What.BACK: _("{name} asks: can you be available until {time}?"),
        What.HELP: _("{name} asks: can you help with #{number}: {subject}?"),
    }[What(one.what)]
    return words.format(
        name=first_name(one.by.name),
        time=clock_time(one.until, zone),
        number=one.ticket_id,
        subject=one.ticket.subject if one.ticket else "",
    )
