"""The question how it went, as every page shows it, and what is sent from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.entitlements.survey_words import answer_words
from answerable.surveys.actions import LONGEST_COMMENT, Answer, Closed, answer
from answerable.surveys.core.scales import Counts
from answerable.surveys.models import Survey
from answerable.surveys.queries import survey_on
from answerable.surveys.words import Choice, choices_of, question_of
from answerable.tickets.actions import TooLong
from answerable.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Shown:
    """A question, its answers, and what was said so far.

    `seen` is another whenever it changed: what a page has, and need not be told again.
    """

    survey: Survey
    question: str
    choices: list[Choice]
    chosen: int
    said: str
    comment: str
    problem: str = ""

    @property
    def seen(self) -> str:
        """How it stands, in one word."""
        changed = self.survey.changed_at
        return f"{self.survey.pk}-{changed.timestamp() if changed else 0}"

    @property
    def takes_comment(self) -> bool:
        """Whether words are taken: once there is an answer, where the plan has it."""
        return self.survey.terms.comment and bool(self.survey.answer)

    @property
    def offers_lead(self) -> bool:
        """Whether a lead can be asked for."""
        return (
            self.takes_comment and self.survey.terms.lead and self.survey.counts == Counts.BAD
        )


def shown(survey: Survey, *, chosen: int = 0, comment: str = "", problem: str = "") -> Shown:
    """Return a survey for a page; with an answer that is `chosen` and not sent, or a text that
    could not be kept and why."""
    rules = survey.terms
    return Shown(
        survey=survey,
        question=question_of(rules),
        choices=choices_of(rules, chosen or survey.answer or 0),
        chosen=chosen,
        said=answer_words(rules.scale, survey.answer) if survey.answer else "",
        comment=comment or survey.comment,
        problem=problem,
    )


def shown_to(contact: Contact, ticket: Ticket, at: datetime) -> Shown | None:
    """Return what a contact is asked about a request, if anything. One query."""
    survey = survey_on(ticket, contact, at)
    return shown(survey) if survey else None


def answered(
    survey: Survey, values: Mapping[str, str], *, via: str, at: datetime
) -> Shown | None:
    """Keep what a form sends, and return the survey as it is then, with the problem where it
    could not be kept; None when it can be answered no more."""
    value, comment = number_in(values.get("answer", "")), values.get("comment", "")
    said = Answer(value, comment, values.get("lead") == "1")
    try:
        return shown(answer(survey, said, via=via, at=at))
    except Closed:
        return None
    except ValueError:
        return shown(survey, comment=comment, problem=_("Choose an answer"))
    except TooLong:
        words = _("Your words must be {most} characters or fewer. They have {count}.")
        problem = words.format(most=LONGEST_COMMENT, count=len(comment))
        return shown(survey, chosen=value, comment=comment, problem=problem)


def number_in(text: str) -> int:
    """Return the answer that an address or a form names, or 0."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 1 else 0
