"""What a rule can say: when it looks, what it asks of a ticket, and what it does. Pure.

Everything else in this room reads these tables: the editor, the sentence, the judging.
"""

from __future__ import annotations

from dataclasses import dataclass

from answerable.routing.core import filters

# How a rule is woken: by lines of the log (their verbs), or by time.
EVENTS: dict[str, tuple[str, ...]] = {
    "created": ("opened", "admitted"),
    "wrote": ("wrote",),
    "answered": ("answered",),
    "noted": ("noted",),
    "resolved": ("resolved",),
    "reopened": ("reopened",),
    "held": ("held",),
    "hold_ended": ("hold_ended",),
    "severity": ("severity_changed",),
    "claimed": ("claim_made",),
    "priority": ("priority_set",),
    "tagged": ("tagged",),
    "untagged": ("untagged",),
    "field": ("fields_set",),
    "assigned": ("taken", "assigned"),
    "given_back": ("given_back",),
    "late": ("clock_missed",),
    "met": ("clock_met",),
    "look_asked": ("another_look_asked",),
    "incident": ("incident_linked",),
    "surveyed": ("survey_answered",),
}
UNTOUCHED, WAITING, UNASSIGNED = "untouched", "waiting", "unassigned"
DUE, SPENT, AT_RISK = "due", "spent", "at_risk"
TIMES = (UNTOUCHED, WAITING, UNASSIGNED, DUE, SPENT, AT_RISK)
TIMED = frozenset({UNTOUCHED, WAITING, UNASSIGNED, DUE})  # those that need a length of time
IN_HOURS = frozenset({UNTOUCHED, WAITING, UNASSIGNED})  # those that may count support hours
# Those that may name what it is about: a label, a field.
NAMING = {"tagged": "tag", "untagged": "tag", "field": "field", SPENT: "share"}
NEEDS_NAME = frozenset({SPENT})  # of these it is no matter of choice
# Which share of the time of a promise is over, in per cent.
SHARES = ("25", "50", "75", "90")
TRIGGERS = (*EVENTS, *TIMES)

PLAIN, SUPPORT = "plain", "support"
SHORTEST_MINUTES, LONGEST_MINUTES = 1, 365 * 24 * 60

# What is asked of a fact. Of several values one is enough, or, denied, none may be there.
IS, IS_NOT = "is", "is_not"
HAS, LACKS, BEGINS = "contains", "lacks", "begins"
AT_LEAST, AT_MOST = "at_least", "at_most"
FILLED, EMPTY = "filled", "empty"
ALONE = frozenset({FILLED, EMPTY})  # these need no value

SET, TEXT, NUMBER = "set", "text", "number"
ASKS: dict[str, tuple[str, ...]] = {
    SET: (IS, IS_NOT),
    TEXT: (HAS, LACKS, BEGINS, IS, FILLED, EMPTY),
    NUMBER: (AT_LEAST, AT_MOST, FILLED, EMPTY),
}
# The facts of a ticket. Those of a set are what the queue is filtered by, one list for both.
SETS = filters.SETS
FIELD = filters.FIELD
TEXTS = ("subject", "words", "sender")
NUMBERS = ("age", "quiet")  # hours since it was opened, and since somebody last wrote
FACTS: dict[str, str] = {
    **dict.fromkeys(SETS, SET),
    **dict.fromkeys(TEXTS, TEXT),
    **dict.fromkeys(NUMBERS, NUMBER),
}
YES_NO = ("yes", "no")

ASSIGN, TAG, UNTAG, SET_FIELD, PRIORITY = "assign", "tag", "untag", "set_field", "priority"
HOLD, NOTE, REPLY, NOTIFY, FOLLOW = "hold", "note", "reply", "notify", "follow"
WEBHOOK, SEVERITY, RESOLVE, ESCALATE = "webhook", "severity", "resolve", "escalate"


@dataclass(frozen=True, slots=True)
class Needs:
    """What an act cannot be without: a value, words, a length of time."""

    value: bool = False
    words: bool = False
    minutes: bool = False


ACTS: dict[str, Needs] = {
    ASSIGN: Needs(value=True),
    TAG: Needs(value=True),
    UNTAG: Needs(value=True),
    SET_FIELD: Needs(value=True),
    PRIORITY: Needs(value=True),
    HOLD: Needs(words=True, minutes=True),
    NOTE: Needs(words=True),
    REPLY: Needs(value=True),
    NOTIFY: Needs(value=True),
    FOLLOW: Needs(value=True),
    WEBHOOK: Needs(value=True),
    SEVERITY: Needs(value=True, words=True),
    RESOLVE: Needs(words=True),
    ESCALATE: Needs(),
}
MAY_HAVE_WORDS = frozenset({SET_FIELD, NOTIFY, ESCALATE})
# What wakes rules again: an act, and the way in which a rule is woken by what it does.
CAUSES = {
    ASSIGN: "assigned",
    TAG: "tagged",
    UNTAG: "untagged",
    SET_FIELD: "field",
    PRIORITY: "priority",
    ESCALATE: "priority",
    HOLD: "held",
    NOTE: "noted",
    SEVERITY: "severity",
    RESOLVE: "resolved",
}
# To whom a ticket is given, or who is told, without naming a person.
NOBODY, MANAGER, LEADS, HOLDER = "nobody", "manager", "leads", "holder"
AGENT, TEAM = "agent:", "team:"
LEAST, IN_TURN = "least", "turn"  # who of a team that is there: has least, or comes next

MOST_CONDITIONS, MOST_ACTS, MOST_VALUES = 20, 10, 50
LONGEST_VALUE, LONGEST_WORDS = 200, 2000


def is_trigger(kind: str) -> bool:
    """Say whether a rule can be woken so."""
    return kind in EVENTS or kind in TIMES


def sort_of(fact: str, kinds: dict[str, str] | None = None) -> str:
    """Return whether a fact is a set, a text or a number; "" where there is no such fact.

    `kinds` says it of the vendor's own fields, by key; one that it does not name is a text.
    """
    if fact.startswith(FIELD) and fact != FIELD:
        return (kinds or {}).get(fact.removeprefix(FIELD), TEXT)
    return FACTS.get(fact, "")
