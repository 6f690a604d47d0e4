"""How loudly one person is told of something: the four levels of ux.md 8.12. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType

# At most so many sounds of level 3 in an hour for one person; what comes together sounds once.
MOST_SOUNDS = 6
WITHIN = timedelta(hours=1)
TOGETHER = timedelta(seconds=20)


class Level(IntEnum):
    """How insistent it is."""

    QUIET = 1
    VISIBLE = 2
    AUDIBLE = 3
    INSISTENT = 4


class Kind(StrEnum):
    """What somebody is told of."""

    MENTION = "mention"
    FOLLOWED = "followed"
    CHANGED = "changed"
    MESSAGE = "message"
    ASSIGNED = "assigned"
    REVIEW = "review"
    DUTY = "duty"
    RETURNED = "returned"
    LATE = "late"
    SOON = "soon"
    RISK = "risk"
    HURRY = "hurry"
    NEXT = "next"
    CRITICAL = "critical"
    OFFER = "offer"


class Way(StrEnum):
    """By which way somebody is told. The list has everything."""

    LINE = "line"
    CARD = "card"
    SOUND = "sound"
    DESKTOP = "desktop"
    PUSH = "push"
    MAIL = "mail"
    DIGEST = "digest"
    PHONE = "phone"
    SMS = "sms"


USUAL: Mapping[Kind, Level] = MappingProxyType(
    {
        Kind.MENTION: Level.QUIET,
        Kind.FOLLOWED: Level.QUIET,
        Kind.CHANGED: Level.QUIET,
        Kind.MESSAGE: Level.VISIBLE,
        Kind.ASSIGNED: Level.VISIBLE,
        Kind.REVIEW: Level.VISIBLE,
        Kind.DUTY: Level.VISIBLE,
        Kind.SOON: Level.VISIBLE,
        Kind.RETURNED: Level.AUDIBLE,
        Kind.LATE: Level.AUDIBLE,
        Kind.RISK: Level.AUDIBLE,
        Kind.OFFER: Level.AUDIBLE,
        Kind.HURRY: Level.INSISTENT,
        Kind.NEXT: Level.INSISTENT,
        Kind.CRITICAL: Level.INSISTENT,
    }
)
# Who is on call for these cannot make them quieter; one's own hurry may be made a single sound.
LEAST: Mapping[Kind, Level] = MappingProxyType(
    {
        Kind.CRITICAL: Level.INSISTENT,
        Kind.NEXT: Level.INSISTENT,
        Kind.HURRY: Level.AUDIBLE,
        Kind.OFFER: Level.VISIBLE,
    }
)
# No kind that waits can be made insistent: level 4 is for promises about to break.
MOST: Mapping[Kind, Level] = MappingProxyType(
    {kind: max(level, Level.AUDIBLE) for kind, level in USUAL.items()}
)
# Told by mail at once, however quiet the desk is about it: they say what only a person mends.
PROMPT = frozenset({Kind.CRITICAL, Kind.NEXT, Kind.LATE, Kind.RETURNED, Kind.DUTY, Kind.REVIEW})
CHOICES = (Way.DESKTOP, Way.PUSH, Way.MAIL, Way.DIGEST, Way.PHONE, Way.SMS)
USUAL_WAYS: Mapping[Level, frozenset[Way]] = MappingProxyType(
    {
        Level.QUIET: frozenset({Way.DIGEST}),
        Level.VISIBLE: frozenset({Way.DIGEST}),
        Level.AUDIBLE: frozenset({Way.DESKTOP, Way.PUSH, Way.MAIL}),
        Level.INSISTENT: frozenset({Way.DESKTOP, Way.PUSH, Way.MAIL, Way.PHONE, Way.SMS}),
    }
)
SHOWN: Mapping[Level, frozenset[Way]] = MappingProxyType(
    {
        Level.QUIET: frozenset(),
        Level.VISIBLE: frozenset({Way.LINE}),
        Level.AUDIBLE: frozenset({Way.CARD}),
        Level.INSISTENT: frozenset({Way.CARD}),
    }
)


@dataclass(frozen=True, slots=True)
class Moment:
    """How it stands with a person just then.

    `sounded` counts what sounded at level 3 in the last hour, `sounded_lately` says that
    something did in the last seconds.
    """

    looks_at_it: bool = False
    is_quiet: bool = False
    on_duty: bool = True
    sounded: int = 0
    sounded_lately: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person chose: a level for a kind, ways for a level. What is not named is usual."""

    levels: Mapping[Kind, Level] = field(default_factory=dict)
    ways: Mapping[Level, frozenset[Way]] = field(default_factory=dict)

    def level(self, kind: Kind) -> Level:
        """Return the level of a kind, within what may be chosen for it."""
        chosen = self.levels.get(kind, USUAL[kind])
        return min(max(chosen, LEAST.get(kind, Level.QUIET)), MOST[kind])

    def ways_at(self, level: Level) -> frozenset[Way]:
        """Return the ways beside the desk by which a level is told."""
        return self.ways.get(level, USUAL_WAYS[level])


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Telling:
    """How somebody is told: the level, whether it sounds by itself, and the ways."""

    level: Level
    is_grouped: bool
    ways: frozenset[Way]

    @property
    def sounds(self) -> bool:
        """Whether it makes a sound."""
        return Way.SOUND in self.ways


def decide(kind: Kind, *, is_mine: bool, moment: Moment, wishes: Wishes = NO_WISHES) -> Telling:
    """Return how a person is told of something of a kind (ux.md 8.12).

    `is_mine`: it is about a ticket of theirs, or they themselves are asked. Nothing sounds
    that is not. Quiet hours make everything quiet but level 4 of who is on duty; what somebody
    looks at does not sound, unless it is of level 4.
    """
    level = wishes.level(kind)
    if not is_mine:
        level = min(level, Level.VISIBLE)
    if moment.is_quiet and not (level == Level.INSISTENT and moment.on_duty):
        level = Level.QUIET
    if level == Level.AUDIBLE and moment.looks_at_it:
        level = Level.VISIBLE
    is_grouped = level == Level.AUDIBLE and (
        moment.sounded >= MOST_SOUNDS or moment.sounded_lately
    )
    return Telling(level, is_grouped, _ways(kind, level, is_grouped, wishes))


def _ways(kind: Kind, level: Level, is_grouped: bool, wishes: Wishes) -> frozenset[Way]:
    ways = SHOWN[level] | wishes.ways_at(level)
    if level >= Level.AUDIBLE and not is_grouped:
        ways |= {Way.SOUND}
    if is_grouped:
        ways -= {Way.DESKTOP, Way.PUSH}
    if kind in PROMPT and Way.DIGEST in ways:
        ways |= {Way.MAIL}
    return ways - {Way.DIGEST} if Way.MAIL in ways else ways
