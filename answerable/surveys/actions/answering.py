"""Keeps what somebody answers, on whichever page, and what a lead did about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.surveys.actions.asking import tell_pages
from answerable.surveys.core.scales import Counts, answers_on, counts_as
from answerable.surveys.models import Survey
from answerable.tickets.actions.held import TooLong, hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent
from answerable.tickets.text import clean

LONGEST_COMMENT = 2000


class Closed(Exception):
    """Nobody is asked any more: the time to answer is over."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says: how it went, in their words, and whether a lead should read it."""

    value: int
    comment: str = ""
    wants_lead: bool = False


@transaction.atomic
def answer(survey: Survey, said: Answer, *, via: str, at: datetime) -> Survey:
    """Keep an answer, the first one or another, and put it on the ticket for agents to see.

    The same answer sent again changes nothing. A lead can be asked for with a bad answer that
    has a comment. Raises Closed, TooLong, or ValueError for none of the scale's answers.
    """
    ticket = hold(survey.ticket)
    survey = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if survey.asked_at is None or survey.ends_at is None or at >= survey.ends_at:
        raise Closed
    said = _checked(survey, said)
    before = Answer(survey.answer or 0, survey.comment, survey.wants_lead)
    if said == before:
        return survey
    _keep(survey, said, via, at)
    data = {
        "survey": survey.pk,
        "scale": survey.terms.scale,
        "answer": said.value,
        "counts": counts_as(survey.terms.scale, said.value),
        "comment": said.comment,
        "changed": before.value > 0,
        "via": via,
        **_told(before, said, survey),
    }
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.SURVEY_ANSWERED, contact=survey.contact, at=at, data=data
        )
    )
    tell_pages(survey)
    return survey


def mark_read(survey: Survey, *, agent: Agent, at: datetime) -> None:
    """Note that a lead has read an answer that asks for one."""
    Survey.objects.filter(pk=survey.pk, read_at=None).update(read_by=agent, read_at=at)


def _checked(survey: Survey, said: Answer) -> Answer:
    rules = survey.terms
    if said.value not in answers_on(rules.scale):
        raise ValueError(said.value)
    comment = clean(said.comment).strip() if rules.comment else ""
    if len(comment) > LONGEST_COMMENT:
        raise TooLong(str(len(comment)))
    is_bad = counts_as(rules.scale, said.value) == Counts.BAD
    wants_lead = said.wants_lead and rules.lead and is_bad and bool(comment)
    return Answer(said.value, comment, wants_lead)


def _keep(survey: Survey, said: Answer, via: str, at: datetime) -> None:
    is_new = said.wants_lead and (not survey.wants_lead or said.comment != survey.comment)
    survey.answer, survey.comment, survey.wants_lead = said.value, said.comment, said.wants_lead
    survey.via, survey.changed_at = via, at
    survey.answered_at = survey.answered_at or at
    if is_new:
        survey.read_by, survey.read_at = None, None
    survey.save(
        update_fields=[
            *("answer", "comment", "wants_lead", "via", "answered_at", "changed_at"),
            *("read_by", "read_at"),
        ]
    )


def _told(before: Answer, said: Answer, survey: Survey) -> dict[str, bool]:
    """Say who must be told: the ticket's owner of words and of what was bad, leads where they
    are asked for; each time there is something new to them."""
    is_bad = counts_as(survey.terms.scale, said.value) == Counts.BAD
    words = said.comment != before.comment and bool(said.comment)
    lead = said.wants_lead and (words or not before.wants_lead)
    return {"lead": lead, "owner": words or (is_bad and said.value != before.value)}
