"""Who else is on a ticket, by what their open pages say: they view it, or write on it. Pure.

A page says it with each beat, and at once when it changes. What was not heard for a while is
called lost and keeps nobody from the ticket (ux.md 8.7, checks D-03 and D-15).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from answerable.routing.core.being import GIVES_BACK_AFTER

# One beat may be missed, and a killed browser is noticed within half a minute.
FRESH_FOR = timedelta(seconds=25)
# For how long it is said that somebody was there and is lost.
SAID_FOR = GIVES_BACK_AFTER


class Doing(StrEnum):
    """What somebody does on a ticket."""

    VIEWS = "view"
    REPLIES = "reply"
    NOTES = "note"
    CHATS = "chat"
    CALLS = "call"
    ASIDE = "side"


@dataclass(frozen=True, slots=True)
class PageHeard:
    """An open page: whose it is, on which ticket it is if any, and when it was last heard."""

    agent: int
    name: str
    ticket: int | None
    doing: str
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who is on a ticket. `is_lost`: none of their pages has been heard lately."""

    ticket: int
    agent: int
    name: str
    doing: Doing
    heard_at: datetime
    is_lost: bool


def company(pages: Iterable[PageHeard], at: datetime) -> list[Companion]:
    """Return who is on which ticket at an instant, by ticket and name, each once a ticket.

    Of several pages of one person, the one on which they write counts. A silent page of
    somebody whose other page is heard was closed without a word, and counts for nothing.
    """
    known = list(pages)
    heard = {page.agent for page in known if is_fresh(page.heard_at, at)}
    best: dict[tuple[int, int], Companion] = {}
    for page in known:
        one = _companion(page, heard, at)
        if one is None:
            continue
        key = (one.ticket, one.agent)
        if key not in best or _weight(one) > _weight(best[key]):
            best[key] = one
    return sorted(best.values(), key=lambda one: (one.ticket, one.name, one.agent))


def is_fresh(heard_at: datetime, at: datetime) -> bool:
    """Say whether a page that was heard then still counts as open."""
    return at - heard_at <= FRESH_FOR


def _companion(page: PageHeard, heard: set[int], at: datetime) -> Companion | None:
    if page.ticket is None or page.doing not in list(Doing):
        return None
    fresh = is_fresh(page.heard_at, at)
    if not fresh and (page.agent in heard or at - page.heard_at > SAID_FOR):
        return None
    doing = Doing(page.doing)
    return Companion(page.ticket, page.agent, page.name, doing, page.heard_at, not fresh)


def _weight(one: Companion) -> tuple[bool, bool, datetime]:
    return not one.is_lost, one.doing != Doing.VIEWS, one.heard_at
