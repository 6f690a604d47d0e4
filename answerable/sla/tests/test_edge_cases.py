"""Every case of domain.md (d) is tested by its number, or it says here why not yet."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
ALL = range(1, 101)
ELSEWHERE = {
    34: "Only the customer's mail brings others along: channels.email test_edge_mail",
    33: "A mail domain that many share proves nothing: test_eligibility, a stranger",
    69: "A day off that is added later: test_moving",
}
NOT_YET = {
    16: "There is no import yet; a request counts from when it was stored",
    30: "A contact belongs to one customer; agencies come with the account pages",
    35: "How many may be named is not limited yet",
    44: "An emergency that refers to a ticket comes with the emergency form",
    45: "The same",
    46: "A judgement of people, not of clocks",
    48: "Reminders come with the automations",
    50: "Each ticket has a ladder of its own; nobody looks for a second owner",
    51: "Counted in the reports",
    58: "Reminders come with the automations",
    76: "Hours of the telephone come with the calls",
    78: "Who calls is asked by the calls",
    83: "Chats become tickets with the chats; their clocks are those of E80 to E84",
    86: "A ladder that stops resolves nothing: notices test_ladder",
    87: "Who is on call hands over (routing test_rota), tickets do not by themselves",
    88: "The same",
    89: "Rotas know zones, and no regions",
    90: "A judgement of people; E96 is its clock",
    91: "Excuses come with the remedies",
    92: "Counted in the reports",
    93: "Remedies are computed with the reports",
    94: "The same",
    97: "Private tickets come with the portal's visibility",
    100: "Security reports come with the emergency form",
}
NAMED = re.compile(r"^def test_e(\d+)_", re.MULTILINE)


def covered() -> set[int]:
    texts = (file.read_text() for file in HERE.glob("test_edge_*.py"))
    return {int(number) for text in texts for number in NAMED.findall(text)}


def test_every_case_is_tested_or_says_why_not() -> None:
    assert covered() | set(ELSEWHERE) | set(NOT_YET) == set(ALL)


def test_no_case_that_is_tested_is_called_missing() -> None:
    assert not covered() & set(NOT_YET)
