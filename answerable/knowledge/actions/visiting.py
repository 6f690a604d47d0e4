"""Keeps what people ask and read, and what came of it. Nothing else writes stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Contact
from answerable.knowledge.core.asked import LONGEST, continues
from answerable.knowledge.core.words import tokens
from answerable.knowledge.models import ArticleVersion, Reading, Story, Visit
from answerable.knowledge.searching import Found, Question, search
from answerable.tickets.models import Ticket

LONGEST_TOKEN, LONGEST_GROUP = 64, 200
TYPING = timedelta(seconds=60)  # within which a longer form of a question is the same one
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks for help: their visit's token, who they are if we know, and where they do."""

    token: str
    contact: Contact | None = None
    surface: str = "web"


def visit_of(visitor: Visitor, *, at: datetime) -> Visit:
    """Return a visitor's visit; a new one for a token that nobody has had.

    Who signs in during their visit is known from then on. Raises ValueError without a token.
    """
    if not visitor.token:
        raise ValueError("A visit needs a token.")
    visit, is_new = Visit.objects.get_or_create(
        token=visitor.token[:LONGEST_TOKEN],
        defaults={"contact": visitor.contact, "surface": visitor.surface, "began_at": at},
    )
    if not is_new and visitor.contact and visit.contact_id != visitor.contact.pk:
        if visit.contact_id:  # Another person at the same browser has another visit.
            token = f"{visitor.contact.pk}-{visitor.token}"[:LONGEST_TOKEN]
            return visit_of(replace(visitor, token=token), at=at)
        visit.contact = visitor.contact
        visit.save(update_fields=["contact"])
    return visit


@transaction.atomic
def ask(question: Question, visitor: Visitor, *, at: datetime) -> Found:
    """Search, and keep what was asked and whether anything was found.

    What is typed on within a minute is the same question, and kept once, as it was last.
    """
    found = search(question, at)
    if found.too_short:
        return found
    visit = visit_of(visitor, at=at)
    words = question.words.strip()[:LONGEST]
    values = {
        "words": words,
        "group": " ".join(each.folded for each in tokens(words))[:LONGEST_GROUP],
        "language": question.language,
        "product": question.product,
        "hits": len(found.hits),
        "answered": found.answer is not None,
        "at": at,
        "last_at": at,
    }
    lately = visit.stories.select_for_update(of=("self",)).asked().lasting(at, TYPING)
    story = lately.filter(readings=None, contact_at=None, ticket=None).order_by("-at").first()
    if story and continues(story.words, words):
        for name, value in values.items():
            setattr(story, name, value)
        story.save(update_fields=list(values))
    else:
        story = visit.stories.create(is_question=True, **values)
    return replace(found, log_id=story.pk)


@transaction.atomic
def read(
    version: ArticleVersion, visitor: Visitor, *, at: datetime, log_id: int | None = None
) -> Reading:
    """Keep that a visitor read an article: in the story of what they asked.

    `log_id` names that story, as search returned it; without one it is the visit's story of the
    last hour. An article that was opened without any question begins a story. Read again in the
    same story, it is the same reading.
    """
    visit = visit_of(visitor, at=at)
    stories = visit.stories.filter(pk=log_id) if log_id else visit.stories.lasting(at, AN_HOUR)
    story = stories.order_by("-at").first() or visit.stories.create(
        is_question=False, language=version.text.language, at=at, last_at=at
    )
    reading, _ = Reading.objects.update_or_create(
        story=story, version=version, defaults={"at": at}
    )
    Story.objects.filter(pk=story.pk, last_at__lt=at).update(last_at=at)
    return reading


def say_helpful(
    version: ArticleVersion, visitor: Visitor, *, helpful: bool, at: datetime
) -> None:
    """Keep what a visitor says of an article with their last reading of it, if there is one."""
    visit = visit_of(visitor, at=at)
    readings = Reading.objects.filter(story__visit=visit, version=version)
    last = readings.order_by("-at").values("pk")[:1]
    Reading.objects.filter(pk__in=list(last.values_list("pk", flat=True))).update(
        helpful=helpful
    )


def go_for_contact(visitor: Visitor, *, at: datetime) -> None:
    """Keep that a visitor pressed Contact, with what they last asked or read in a day."""
    visit = visit_of(visitor, at=at)
    story = visit.stories.lasting(at, A_DAY).order_by("-last_at").first()
    if story and story.contact_at is None:
        story.contact_at = at
        story.save(update_fields=["contact_at"])


@transaction.atomic
def follow(ticket: Ticket, visitor: Visitor, *, at: datetime) -> list[Story]:
    """Link a ticket with what its sender asked and read in the day before; return that.

    What they last asked comes first. A ticket that was sent without a visit is found when the
    day of a story is over (`settle`).
    """
    visit = visit_of(visitor, at=at)
    stories = visit.stories.select_for_update().lasting(at, A_DAY).filter(ticket=None)
    found = list(stories.order_by("-last_at"))
    _link(found, ticket)
    return found


def _link(stories: Iterable[Story], ticket: Ticket) -> None:
    for story in stories:
        story.ticket, story.outcome = ticket, "ticket"
        story.save(update_fields=["ticket", "outcome"])
