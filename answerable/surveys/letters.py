"""The mail that asks how it went, in the reader's language, with a link for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _

from answerable.channels.email.core.page import Page
from answerable.channels.email.core.rich import PARAGRAPH, plain
from answerable.channels.email.texts import GREETING, Texts
from answerable.channels.email.words import (
    Letter,
    language_of,
    support_name,
    tagged,
    written,
)
from answerable.surveys.addresses import no_more_url, survey_url
from answerable.surveys.models import Survey
from answerable.surveys.words import Choice, choices_of, question_of
from answerable.tickets.models import Ticket

LINK = "display:inline-block;padding:6px 0"


def question_to(survey: Survey, ticket: Ticket, token: str, texts: Texts) -> Letter:
    """Return the mail. It can be answered from its plain text; a program that follows its links
    answers nothing: their page keeps an answer when its button is pressed."""
    contact = survey.contact
    with language_of(contact):
        question, choices = question_of(survey.terms), choices_of(survey.terms)
        begin = "\n".join(
            [
                texts.say(GREETING, name=contact.name),
                "",
                _("Your request “{subject}” is solved.").format(subject=ticket.subject),
                question,
            ]
        )
        end = _end(survey, ZoneInfo(contact.zone))
        page = Page(
            body=f"{begin}\n\n{_as_text(choices, token)}\n\n{end}",
            signature=support_name(),
            footer=_("Ask me no more: {url}").format(url=no_more_url(token)),
            html=f"{plain(begin)}{_as_html(choices, token)}{plain(end)}",
        )
        return written(page, tagged(ticket, question), texts)


def _end(survey: Survey, zone: ZoneInfo) -> str:
    ends_at = survey.ends_at
    until = dateformat.format(ends_at.astimezone(zone), _("j F Y")) if ends_at else ""
    return " ".join(
        [
            _("One click opens a page with your answer; it counts once you send it there."),
            _("You can answer until {time}.").format(time=until),
        ]
    )


def _as_text(choices: Sequence[Choice], token: str) -> str:
    lines = (f"{one.words}:\n{survey_url(token, one.value)}" for one in choices)
    return "\n\n".join(lines)


def _as_html(choices: Sequence[Choice], token: str) -> str:
    links = (
        f'<a href="{escape(url)}" style="{LINK}">{escape(words)}</a>'
        for words, url in ((one.words, survey_url(token, one.value)) for one in choices)
    )
    return f'<p style="{PARAGRAPH}">{"<br>".join(links)}</p>'
