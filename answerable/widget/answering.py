"""What the help centre knows on a question: the one place that asks search and articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from answerable.knowledge.access import texts_readable_by
from answerable.knowledge.actions import Feedback, count_reading, vote
from answerable.knowledge.actions.visiting import Visitor, ask, follow, read, say_helpful
from answerable.knowledge.actions.votes import remember_reading
from answerable.knowledge.filling import Reading, filled
from answerable.knowledge.models import ArticleText, ArticleVersion
from answerable.knowledge.queries.reading import article_for
from answerable.knowledge.rendering import rendered
from answerable.knowledge.searching import Found, Question, search
from answerable.sla.words import language_names
from answerable.tickets.models import Ticket

MOST, MOST_READ = 5, 10
LINK = re.compile(r'<a (?=[^>]*\bhref="(?!#))')
LOCAL = re.compile(r'\b(href|src)="/(?!/)')
PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as the panel shows it, and where its own page is.

    `notice` is what a reader of a translation should know.
    """

    version: int
    language: str
    slug: str
    title: str
    updated: datetime
    notice: str
    html: SafeString
    address: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says that somebody read, as keys of versions, and had asked."""

    read: Sequence[int]
    asked: str


def answers_to(words: str, language: str, visitor: Visitor, *, at: datetime) -> Found:
    """Return what answers a question as far as it is typed, best first; it is kept as asked."""
    person = visitor.contact
    asked = Question(words=words, language=language, contact=person, limit=MOST, as_typed=True)
    return ask(asked, visitor, at=at) if visitor.token else search(asked, at)


def article(visitor: Visitor, language: str, slug: str, *, at: datetime) -> Shown | None:
    """Return an article for somebody who may read it, else None; that it was opened counts."""
    person = visitor.contact
    text = article_for(person, language, slug, at)
    if text is None or text.current is None:
        return None
    count_reading(text, at=at)
    version = text.current
    if visitor.token:
        read(version, visitor, at=at)
    return Shown(
        version=version.pk,
        language=text.language,
        slug=text.slug,
        title=version.title,
        updated=version.published_at,
        notice=_notice(text, version),
        html=_as_guest(filled(rendered(version), Reading(person, at))),
        address=f"{settings.ANSWERABLE_URL}{reverse('help:article', args=[language, slug])}",
    )


def helped(visitor: Visitor, address: tuple[str, str], *, yes: bool, at: datetime) -> None:
    """Keep whether an article helped; a stranger is known by the token of their visit."""
    person, token = visitor.contact, visitor.token
    text = article_for(person, *address, at)
    if text is None or text.current is None or not token:
        return
    vote(text.current, Feedback(helpful=yes), contact=person, token=token, at=at)
    say_helpful(text.current, visitor, helpful=yes, at=at)


def remember(ticket: Ticket, visitor: Visitor, said: Said, *, at: datetime) -> None:
    """Keep with a ticket what its requester had asked, and read of what they may read."""
    may = texts_readable_by(ticket.requester, at)
    for version in ArticleVersion.objects.filter(pk__in=said.read[:MOST_READ], text__in=may):
        remember_reading(ticket, version, searched=said.asked, at=at)
    if visitor.token:
        follow(ticket, visitor, at=at)


def _notice(text: ArticleText, version: ArticleVersion) -> str:
    if not version.by_software or version.source is None:
        return ""
    return _(
        "This article was translated by software and may not have been checked by a person. "
        "The {language} version is the official one."
    ).format(language=language_names([text.article.official]))


def _as_guest(html: str) -> SafeString:
    """Return an article's HTML for a page that is not ours.

    Links lead to us, in a tab of their own. Pictures become links: a strict page lets none of
    ours in.
    """
    html = PICTURE.sub(r'<a class="picture" href="\1">\2</a>', html)
    html = LOCAL.sub(rf'\1="{settings.ANSWERABLE_URL}/', html)
    return mark_safe(LINK.sub('<a target="_blank" rel="noopener" ', html))  # noqa: S308
