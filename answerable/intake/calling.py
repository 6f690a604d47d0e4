"""Whether somebody can be called back now, and what may be promised of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from answerable.accounts.models import Agent
from answerable.entitlements.core.eligibility import decide
from answerable.entitlements.core.plan import Channel, Metric, Target, Terms
from answerable.intake.offers import Asker, Offers, ask_for
from answerable.routing.models import Offer
from answerable.routing.room import Room, room_for
from answerable.sla.calendars import calendar_of
from answerable.sla.core.hours import NeverOpen
from answerable.sla.due import due_of
from answerable.tickets.core.calling import USUAL, Rules
from answerable.tickets.models import STANDARD

CALLBACK = "callback"
# Stretches too short to call in that lie between now and one that is long enough.
MOST_STRETCHES = 50


@dataclass(frozen=True, slots=True)
class Calling:
    """What is known of calls for one person now.

    `kind` and `within` are what the plan says of a call, "" and None where it says nothing.
    """

    is_offered: bool = False
    is_open: bool = False
    opens_at: datetime | None = None
    kind: str = ""
    within: timedelta | None = None
    due_at: datetime | None = None
    desk: Room = field(default_factory=Room)
    number: str = ""
    countries: tuple[str, ...] = ()

    @property
    def can_keep(self) -> bool:
        """Whether what the plan says of a call can be kept now: somebody has room, or most of
        the last ones were called in time (ux.md 3.1)."""
        usual = self.desk.usual
        return self.desk.has_room or bool(usual and self.within and usual <= self.within)


def calling_for(asker: Asker, offers: Offers) -> Calling:
    """Return what is known of calls for somebody now."""
    terms = offers.own_terms
    channel = terms.channels.get(CALLBACK) if terms else None
    if terms is None or channel is None or not offers.is_shown(channel):
        return Calling()
    desk = room_for(Offer.Kind.CALLBACK, asker.at)
    opens_at = _opening(terms, channel, asker.at)
    # Who is on duty calls later, too: whether soon, is what the desk has room for.
    is_open = opens_at is not None and opens_at <= asker.at and Agent.objects.on_duty().exists()
    row, version = _row(asker, offers)
    due = due_of(version, row.key, row.metric, asker.at) if row and version else None
    return Calling(
        is_offered=True,
        is_open=is_open,
        opens_at=opens_at if opens_at and opens_at > asker.at else None,
        kind=row.kind if row else "",
        within=row.within if row else None,
        due_at=due.at if due and not due.doubt else None,
        desk=desk,
        number=channel.number or "",
        countries=channel.countries,
    )


def is_open_at(offers: Offers, at: datetime) -> bool:
    """Say whether calls are made at an instant, by the hours of the person's plan."""
    terms = offers.own_terms
    channel = terms.channels.get(CALLBACK) if terms else None
    return bool(terms and channel and _opening(terms, channel, at) == at)


def _row(asker: Asker, offers: Offers) -> tuple[Target | None, Terms | None]:
    ask = replace(ask_for(offers.asking, STANDARD, asker.at), channel=CALLBACK)
    verdict = decide(asker.facts, ask)
    row = next((one for one in verdict.others if one.metric == Metric.CALLBACK_START), None)
    return row, verdict.bought.terms if verdict.bought else None


def rules_by(terms: Terms | None) -> Rules:
    """Return what a plan says of calls, as it goes with each."""
    if terms is None:
        return USUAL
    calls = terms.calls
    return Rules(
        attempts=calls.attempts,
        gap=int(calls.gap.total_seconds()),
        ring=int(calls.ring.total_seconds()),
        kept_by=calls.kept_by,
        voicemail=calls.voicemail,
        exhausted=calls.exhausted,
    )


def _opening(terms: Terms, channel: Channel, at: datetime) -> datetime | None:
    """Return when calls are taken next, now where they are; None where the hours never come.

    Shortly before the hours end none is taken that could not be made any more (domain.md E76).
    """
    if channel.hours is None:
        return at
    calendar, rest = calendar_of(terms.calendars[channel.hours]), terms.calls.last_before
    try:
        opens_at = calendar.opening(at)
        for _ in range(MOST_STRETCHES):
            last = calendar.spans(opens_at, opens_at + rest)
            if not rest or calendar.open_time(opens_at, opens_at + rest) >= rest:
                return opens_at
            opens_at = calendar.opening(last[0].end)
    except (NeverOpen, OverflowError, ValueError):
        return None
    return None
