"""How it stands with those who are to be told: what they want, whether they are there, and what
sounded for them lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from answerable.accounts.models import Agent
from answerable.notices.core.levels import (
    NO_WISHES,
    TOGETHER,
    WITHIN,
    Kind,
    Level,
    Moment,
    Way,
    Wishes,
)
from answerable.notices.core.quiet import For, Quiet, is_quiet
from answerable.notices.models import Notice, PushSubscription, Wish
from answerable.routing.core.being import LOST_AFTER
from answerable.routing.models import Ability, OpenPage
from answerable.routing.on_call import on_call_at

NO_QUIET = Quiet()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be told, as they are at an instant."""

    agent: Agent
    wishes: Wishes = NO_WISHES
    quiet: Quiet = NO_QUIET
    is_there: bool = False
    phone: str = ""
    browsers: Sequence[int] = field(default_factory=list)
    sounded: int = 0
    sounded_lately: bool = False
    on_call: bool = False

    def moment(self, at: datetime, *, is_critical: bool) -> Moment:
        """Return how it stands with them for a ticket that is critical, or not."""
        local = at.astimezone(ZoneInfo(self.agent.zone))
        return Moment(
            is_quiet=is_quiet(self.quiet, local, is_critical=is_critical),
            on_duty=self.agent.on_duty or self.on_call,
            sounded=self.sounded,
            sounded_lately=self.sounded_lately,
        )

    def after_a_sound(self) -> Person:
        """Return them once something has sounded for them."""
        return replace(self, sounded=self.sounded + 1, sounded_lately=True)


def persons(numbers: Collection[int], at: datetime) -> dict[int, Person]:
    """Return these agents, those of them who are active, by number.

    Six queries; four more where somebody off duty has quiet hours: these do not hold for what
    insists while they are on call.
    """
    agents = Agent.objects.active().filter(pk__in=numbers).in_bulk()
    wishes = Wish.objects.in_bulk(agents)
    there = set(
        OpenPage.objects.filter(agent__in=agents, heard_at__gt=at - LOST_AFTER).values_list(
            "agent", flat=True
        )
    )
    phones = dict(Ability.objects.filter(agent__in=agents).values_list("agent_id", "own_phone"))
    browsers: dict[int, list[int]] = {}
    for number, agent in PushSubscription.objects.filter(agent__in=agents).values_list(
        "pk", "agent_id"
    ):
        browsers.setdefault(agent, []).append(number)
    heard, lately = _heard(agents, at)
    off_duty = {pk for pk, agent in agents.items() if not agent.on_duty}
    is_asked = any(quiet_of(wishes.get(pk)).holds_for != For.NONE for pk in off_duty)
    called = on_call_at(at).values() if is_asked else ()
    return {
        pk: Person(
            agent,
            wishes_of(agent, wishes.get(pk)),
            quiet_of(wishes.get(pk)),
            pk in there,
            phones.get(pk, ""),
            browsers.get(pk, []),
            heard[pk],
            bool(lately[pk]),
            pk in called,
        )
        for pk, agent in agents.items()
    }


def wishes_of(agent: Agent, wish: Wish | None) -> Wishes:
    """Return what somebody chose. Who wants no mails gets neither mails nor digests."""
    levels = {Kind(kind): Level(level) for kind, level in wish.levels.items()} if wish else {}
    chosen = wish.ways if wish else {}
    ways = {
        level: frozenset(Way(way) for way in chosen[str(level.value)])
        if str(level.value) in chosen
        else NO_WISHES.ways_at(level)
        for level in Level
    }
    if not agent.notified_by_mail:
        ways = {level: some - {Way.MAIL, Way.DIGEST} for level, some in ways.items()}
    return Wishes(levels, ways)


def quiet_of(wish: Wish | None) -> Quiet:
    """Return somebody's quiet hours; none where they chose none."""
    if wish is None:
        return NO_QUIET
    return Quiet(
        wish.quiet_begins, wish.quiet_ends, frozenset(wish.quiet_days), For(wish.quiet_for)
    )


def next_in_turn(holder: int, at: datetime) -> list[Agent]:
    """Return who is told when somebody does not answer: one lead who is there and on duty, else
    all leads, else the administrators; never the one who does not answer."""
    agents = list(Agent.objects.active().exclude(pk=holder).order_by("pk"))
    leads = [a for a in agents if a.role == Agent.Role.LEAD]
    there = set(
        OpenPage.objects.filter(agent__in=leads, heard_at__gt=at - LOST_AFTER).values_list(
            "agent", flat=True
        )
    )
    present = [a for a in leads if a.pk in there and a.on_duty]
    return present[:1] or leads or [a for a in agents if a.role == Agent.Role.ADMINISTRATOR]


def _heard(agents: Collection[int], at: datetime) -> tuple[Counter[int], Counter[int]]:
    """Return how much sounded at level 3 for each in the last hour, and in the last seconds."""
    rows = Notice.objects.filter(
        agent__in=agents, level=Level.AUDIBLE, sounded=True, at__gt=at - WITHIN
    ).values_list("agent_id", "at")
    heard = list(rows)
    lately = Counter(agent for agent, when in heard if at - when < TOGETHER)
    return Counter(agent for agent, _when in heard), lately
