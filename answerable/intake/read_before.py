"""What somebody read and searched before they write to us: it comes along in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from answerable.knowledge.access import Person, allowed_to
from answerable.knowledge.actions import Visitor, follow, remember_reading
from answerable.knowledge.actions.votes import LONGEST_SEARCH
from answerable.knowledge.models import ArticleVersion
from answerable.tickets.models import Ticket
from answerable.tickets.text import clean

MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Before:
    """The version of an article that somebody came from, if any, and what they searched."""

    version: ArticleVersion | None = None
    searched: str = ""


def before_in(values: Mapping[str, object], person: Person, at: datetime) -> Before:
    """Return what an address or a form says of it (`about`, `q`). At most two queries.

    An article that this person may not read is none.
    """
    searched = searched_in(values)
    key = str(values.get("about", ""))
    if not (key.isascii() and key.isdecimal()) or len(key) > MOST_DIGITS:
        return Before(searched=searched)
    may = ArticleVersion.objects.filter(allowed_to(person, at, "text__article__"), pk=int(key))
    return Before(may.select_related("text").defer("body").first(), searched)


def searched_in(values: Mapping[str, object]) -> str:
    """Return the words of a search as they can be kept, in one line; "" for none."""
    return " ".join(clean(str(values.get("q", ""))).split())[:LONGEST_SEARCH]


def remember(before: Before, ticket: Ticket, visitor: Visitor | None, *, at: datetime) -> None:
    """Keep with a ticket what its requester had read, and that their visit ended so."""
    if before.version:
        remember_reading(ticket, before.version, searched=before.searched, at=at)
    if visitor:
        follow(ticket, visitor, at=at)
