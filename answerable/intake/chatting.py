"""Whether somebody can chat now, and what may be promised of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from answerable.channels.chat.queries import line_is_open
from answerable.entitlements.core.eligibility import decide
from answerable.entitlements.core.plan import Channel, Metric, Terms
from answerable.intake.offers import Asker, Offers, ask_for
from answerable.routing.models import Offer
from answerable.routing.room import Room, room_for
from answerable.sla.calendars import calendar_of
from answerable.sla.core.hours import NeverOpen
from answerable.tickets.models import STANDARD

CHAT = "chat"
# Above this a chat is no good choice (ux.md 5.4).
LONGEST_WAIT = timedelta(minutes=30)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chatting:
    """What is known of chats for one person now.

    `kind` and `within` are what the plan says of how soon somebody comes, "" and None where it
    says nothing.
    """

    is_offered: bool = False
    is_open: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    kind: str = ""
    within: timedelta | None = None
    desk: Room = field(default_factory=Room)

    @property
    def can_keep(self) -> bool:
        """Whether what the plan says can be kept now: somebody has room, or most of the last
        ones were met in time (ux.md 3.1)."""
        usual = self.desk.usual
        return self.desk.has_room or bool(usual and self.within and usual <= self.within)

    @property
    def is_too_long(self) -> bool:
        """Whether a chat would be waited for so long that another way is better."""
        usual = self.desk.usual
        return not self.desk.has_room and usual is not None and usual > LONGEST_WAIT


def chatting_for(asker: Asker, offers: Offers) -> Chatting:
    """Return what is known of chats for somebody now."""
    terms = offers.own_terms
    channel = terms.channels.get(CHAT) if terms else None
    if terms is None or channel is None or not offers.is_shown(channel):
        return Chatting()
    desk = room_for(Offer.Kind.CHAT, asker.at)
    opens_at, closes_at = _hours(terms, channel, asker.at)
    ask = replace(ask_for(offers.asking, STANDARD, asker.at), channel=CHAT)
    others = decide(asker.facts, ask).others
    row = next((one for one in others if one.metric == Metric.CHAT_PICKUP), None)
    return Chatting(
        is_offered=True,
        is_open=opens_at == asker.at and desk.there > 0 and line_is_open(),
        opens_at=opens_at if opens_at != asker.at else None,
        closes_at=closes_at,
        kind=row.kind if row else "",
        within=row.within if row else None,
        desk=desk,
    )


def _hours(
    terms: Terms, channel: Channel, at: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return when chats begin next, `at` itself where they do now, and when they end then.

    None where that never comes, or is so far away that nobody waits for it.
    """
    if channel.hours is None or terms.calendars[channel.hours].always:
        return at, None
    try:
        calendar = calendar_of(terms.calendars[channel.hours])
        opens_at = calendar.opening(at)
        spans = calendar.spans(opens_at, opens_at + A_DAY)
    except (NeverOpen, OverflowError, ValueError):
        return None, None
    return opens_at, spans[0].end if spans else None
