"""Who is there, how much room they have, and what waits for them: chats and calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent
from answerable.forecast.crew import Crew
from answerable.lib.phones import shown_phone
from answerable.routing.core.being import Standing
from answerable.routing.core.room import CALL, CHAT, CRITICAL
from answerable.routing.models import Ability
from answerable.routing.on_call import on_call_at
from answerable.routing.queries_of_presence import AgentStanding
from answerable.routing.waiting import callbacks_waiting, chats_waiting
from answerable.sla.models import Clock
from answerable.tickets.models import Callback

NAMES: dict[str, Promise] = {
    Standing.AVAILABLE: gettext_lazy("Available"),
    Standing.ON_CALL: gettext_lazy("On a call"),
    Standing.FINISHING: gettext_lazy("Finishing"),
    Standing.AWAY: gettext_lazy("Away"),
    Standing.LOST: gettext_lazy("Lost connection"),
}
ALWAYS = (Standing.AVAILABLE, Standing.ON_CALL, Standing.FINISHING)


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is called where nobody is available: their name and their telephone."""

    name: str
    phone: str = ""

    @property
    def first_name(self) -> str:
        """What colleagues call them."""
        return self.name.split(maxsplit=1)[0]

    @property
    def shown(self) -> str:
        """The number as people read it."""
        return shown_phone(self.phone) if self.phone else ""


@dataclass(frozen=True, slots=True)
class People:
    """How many stand how, and how many more chats, calls and critical tickets they could
    have."""

    counts: Sequence[tuple[Promise, int]]
    room: Mapping[str, int]
    on_call: OnCall | None  # only where nobody is available

    @property
    def has_room(self) -> Sequence[tuple[str, int]]:
        """Room by kind, in the order in which it is said."""
        return [(kind, self.room.get(kind, 0)) for kind in (CHAT, CALL, CRITICAL)]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody just now."""

    chats: int
    since: datetime | None
    callbacks: int
    callback_due: datetime | None


def people(crew: Crew, at: datetime) -> People:
    """Return how everybody on duty stands. Six queries more where nobody is available."""
    counted = Counter(str(one.status) for one in crew.standing)
    room: Counter[str] = Counter()
    for one in crew.standing:
        if one.is_offered:
            room += Counter({kind: had.most - had.has for kind, had in one.rooms.items()})
    counts = [
        (NAMES[status], counted[status])
        for status in NAMES
        if counted[status] or status in ALWAYS
    ]
    nobody = not any(counted[status] for status in ALWAYS)
    return People(counts, room, on_call_now(at) if nobody else None)


def on_call_now(at: datetime) -> OnCall | None:
    """Return who is called: who is on call and has a telephone, the first person before the
    second, else somebody on duty who has one, else a lead."""
    reachable = Ability.objects.exclude(own_phone="").filter(agent__user__is_active=True)
    called = list(on_call_at(at).values())
    order = {Agent.Role.AGENT: 0, Agent.Role.LEAD: 1, Agent.Role.ADMINISTRATOR: 2}
    found = sorted(
        reachable.select_related("agent").order_by("agent"),
        key=lambda one: (
            called.index(one.pk) if one.pk in called else len(called),
            not one.agent.on_duty,
            order[Agent.Role(one.agent.role)],
        ),
    )
    if found:
        return OnCall(found[0].agent.name, found[0].own_phone)
    agents = Agent.objects.active()
    lead = agents.filter(pk__in=[pk for pk in called if pk]).order_by("pk").first()
    lead = lead or agents.filter(role=Agent.Role.LEAD).order_by("pk").first()
    return OnCall(lead.name) if lead else None


def waiting(at: datetime) -> Waiting:
    """Return what waits, and since when. Five queries."""
    chats = chats_waiting()
    longest = chats.values_list("asked_at", flat=True).first()
    calls = callbacks_waiting(at)
    numbers = list(calls.values_list("ticket", flat=True)[:100])
    due = Clock.objects.awaited().filter(ticket__in=numbers, metric=Clock.Metric.CALLBACK_START)
    return Waiting(
        chats=chats.count() if longest else 0,
        since=longest,
        callbacks=calls.count() if numbers else 0,
        callback_due=due.order_by("due_at").values_list("due_at", flat=True).first()
        if numbers
        else _next_wanted(at),
    )


def _next_wanted(at: datetime) -> datetime | None:
    later = Callback.objects.waiting().filter(again_at__gt=at).order_by("again_at")
    return later.values_list("again_at", flat=True).first()


def by_number(crew: Crew) -> dict[int, AgentStanding]:
    """Return how everybody on duty stands, by agent."""
    return {one.agent.pk: one for one in crew.standing}
