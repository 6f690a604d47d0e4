"""What one was told, as the page, the rail and the corner of cards show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.accounts.models import Agent
from answerable.lib.paging import Page, page_of
from answerable.notices import queries
from answerable.notices.core.levels import LEAST, Kind, Level
from answerable.notices.models import Notice
from answerable.notices.words import KINDS, notice_words

SIZE = 40
LEAVES = {Kind.RISK.value, Kind.HURRY.value}


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as the list has it."""

    notice: Notice
    words: str
    level: str

    @property
    def is_read(self) -> bool:
        """Whether it was read."""
        return self.notice.read_at is not None


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """A page of what one was told."""

    rows: list[NoticeRow]
    page: Page[Notice]
    shows: str  # unread, all or useless
    unread: int
    question: str
    quieter: list[tuple[str, Promise, int]]


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """A notice on a card in the corner."""

    notice: Notice
    words: str

    @property
    def number(self) -> str:
        """What the page knows the card by."""
        return f"n{self.notice.pk}"

    @property
    def insists(self) -> bool:
        """Whether it sounds until somebody takes note."""
        return self.notice.level == Level.INSISTENT

    @property
    def may_hand_over(self) -> bool:
        """Whether it is about a ticket that its reader may give to somebody else."""
        return self.notice.kind in LEAVES

    @property
    def is_next(self) -> bool:
        """Whether a colleague does not answer."""
        return self.notice.kind == Kind.NEXT.value


def notices_page(agent: Agent, asked: Mapping[str, str], at: datetime) -> NoticesPage:
    """Return a page of what somebody was told: unread, all, or what needed no action."""
    shows = asked.get("show", "")
    shows = shows if shows in {"all", "useless"} else "unread"
    rows = (
        queries.useless_of(agent, at)
        if shows == "useless"
        else queries.notices_of(agent, unread=shows == "unread")
    )
    page, zone = page_of(rows, asked.get("page", "1"), size=SIZE), get_current_timezone()
    useless = queries.useless(agent, at)
    quieter = sorted(useless.kinds.items(), key=lambda one: -one[1]) if useless else []
    return NoticesPage(
        rows=[_row(notice, at, zone) for notice in page.rows],
        page=page,
        shows=shows,
        unread=queries.unread_count(agent),
        question=_question(useless.count) if useless else "",
        quieter=[(kind.value, KINDS[kind], many) for kind, many in quieter if _can(kind)],
    )


def news_of(agent: Agent, after: int | None, at: datetime) -> dict[str, Any]:
    """Return how many notices somebody has not read, and the lines that came after one. Who
    asks for the first time is told no lines."""
    count = queries.unread_count(agent)
    words = ngettext("Notices: {count} unread", "Notices: {count} unread", count)
    lines = queries.lines_after(agent, after) if after is not None else []
    zone = get_current_timezone()
    return {
        "count": count,
        "label": words.format(count=count) if count else _("Notices"),
        "newest": queries.newest(agent),
        "tickets": queries.unread_tickets(agent),
        "lines": [
            {
                "text": notice_words(line, at, zone),
                "url": reverse("desk:queue_ticket", args=["all", line.ticket_id]),
                "ticket": line.ticket_id,
            }
            for line in lines
        ],
    }


def notice_cards(agent: Agent, at: datetime, zone: tzinfo) -> list[NoticeCard]:
    """Return the cards of notices. One query."""
    return [NoticeCard(one, notice_words(one, at, zone)) for one in queries.cards_of(agent)]


def _row(notice: Notice, at: datetime, zone: tzinfo) -> NoticeRow:
    return NoticeRow(notice, notice_words(notice, at, zone), Level(notice.level).name.lower())


def _question(count: int) -> str:
    words = ngettext(
        "{count} notice needed no action from you. Make them quieter?",
        "{count} notices needed no action from you. Make them quieter?",
        count,
    )
    return words.format(count=count)


def _can(kind: Kind) -> bool:
    return LEAST.get(kind, Level.QUIET) < Level.AUDIBLE
