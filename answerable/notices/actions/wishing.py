"""What a person wants to be told, and the browsers that take push messages for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.notices.core.levels import LEAST, MOST, USUAL, USUAL_WAYS, Kind, Level, Way
from answerable.notices.core.quiet import Quiet
from answerable.notices.models import PushSubscription, Wish

MOST_BROWSERS = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """A level for each kind, ways for each level, and quiet hours."""

    levels: dict[Kind, Level]
    ways: dict[Level, frozenset[Way]]
    quiet: Quiet


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser says so that it can be sent push messages."""

    endpoint: str
    p256dh: str
    auth: str
    name: str = ""


@transaction.atomic
def save_wishes(agent: Agent, wanted: Wanted) -> Wish:
    """Keep what somebody wants: what is as usual is not named, so that it goes on as usual."""
    wish, _made = Wish.objects.get_or_create(agent=agent)
    wish.levels = {
        kind.value: min(max(level, LEAST.get(kind, Level.QUIET)), MOST[kind]).value
        for kind, level in wanted.levels.items()
        if level != USUAL[kind]
    }
    wish.ways = {
        str(level.value): sorted(way.value for way in ways)
        for level, ways in wanted.ways.items()
        if ways != USUAL_WAYS[level]
    }
    wish.quiet_for = wanted.quiet.holds_for.value
    wish.quiet_begins, wish.quiet_ends = wanted.quiet.begins, wanted.quiet.ends
    wish.quiet_days = sorted(wanted.quiet.days)
    wish.save()
    return wish


@transaction.atomic
def keep_as_loud(agent: Agent, *, at: datetime) -> None:
    """Note that somebody wants what needed no action to stay as loud as it is, for a week."""
    wish, _made = Wish.objects.get_or_create(agent=agent)
    wish.asked_at = at
    wish.save(update_fields=["asked_at"])


@transaction.atomic
def make_quieter(agent: Agent, kind: Kind, *, at: datetime) -> Level:
    """Lower a kind by one level, as far as it goes, and return the new level."""
    wish, _made = Wish.objects.get_or_create(agent=agent)
    now_at = Level(wish.levels.get(kind.value, USUAL[kind].value))
    level = Level(max(now_at - 1, LEAST.get(kind, Level.QUIET)))
    wish.levels = {**wish.levels, kind.value: level.value}
    wish.asked_at = at
    wish.save(update_fields=["levels", "asked_at"])
    return level


@transaction.atomic
def subscribe(
    agent: Agent, browser: Browser, session: str | None, *, at: datetime
) -> PushSubscription:
    """Send push messages to a browser of an agent until they sign out there. It is its last
    signed-in person's; of more than ten of one person the oldest are forgotten."""
    return keep_browser(browser, session, agent=agent, at=at)


def keep_browser(
    browser: Browser,
    session: str | None,
    *,
    agent: Agent | None = None,
    contact: Contact | None = None,
    at: datetime,
) -> PushSubscription:
    """Let a browser be one person's, whoever had it before; the oldest of too many go."""
    said = {
        "agent": agent,
        "contact": contact,
        "session_id": session,
        "p256dh": browser.p256dh,
        "auth": browser.auth,
        "browser": browser.name[:100],
        "made_at": at,
    }
    row, _made = PushSubscription.objects.update_or_create(
        endpoint=browser.endpoint, defaults=said
    )
    theirs = PushSubscription.objects.filter(agent=agent, contact=contact)
    old = list(theirs.order_by("-made_at", "-pk").values_list("pk", flat=True)[MOST_BROWSERS:])
    PushSubscription.objects.filter(pk__in=old).delete()
    return row


@transaction.atomic
def unsubscribe(agent: Agent, number: int) -> None:
    """Send no more push messages to a browser of somebody's."""
    PushSubscription.objects.filter(agent=agent, pk=number).delete()
