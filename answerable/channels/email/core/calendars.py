"""A calendar part in words: what, when, where, and who answers what. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

KINDS = {"text/calendar", "application/ics"}
LONGEST = 200_000
FOLDED = re.compile(r"\n[ \t]")
ESCAPED = re.compile(r"\\(.)")
STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z?))?")
PARAMETER = re.compile(r";([\w-]{1,30})=\"?([^;:\"]{0,200})")
METHODS = {
    "REQUEST": "Invitation",
    "CANCEL": "Cancelled",
    "COUNTER": "Another time is proposed",
    "REPLY": "Answer",
}
ANSWERS = {"ACCEPTED": "Accepted", "DECLINED": "Declined", "TENTATIVE": "Accepted perhaps"}
EVENTS = {"VEVENT", "VTODO"}


def in_words(calendar: str) -> str:
    """Return the first event of a calendar as lines of text; empty when it has none."""
    first: dict[str, str] = {}
    for name, line in _lines(calendar[:LONGEST].replace("\r\n", "\n")):
        first.setdefault(name, line)
    if "BEGIN" not in first:
        return ""
    said = (_headline(first), _when(first), _after(first, "LOCATION", "Where: "))
    return "\n".join([*filter(None, said), *filter(None, ["", _value(first, "DESCRIPTION")])])


def _lines(calendar: str) -> Iterator[tuple[str, str]]:
    """Give the names and lines of the first event, and of the method above it."""
    within = False
    for line in FOLDED.sub("", calendar).split("\n"):
        name = re.split("[;:]", line, maxsplit=1)[0].upper()
        value = line.rpartition(":")[2].strip().upper()
        if name == "END" and within and value in EVENTS:
            return
        within = within or (name == "BEGIN" and value in EVENTS)
        if within or name == "METHOD":
            yield name, line


def _value(first: Mapping[str, str], name: str) -> str:
    line = first.get(name, "")
    value = line.partition(":")[2].strip()
    return ESCAPED.sub(lambda m: "\n" if m.group(1) in "nN" else m.group(1), value)


def _after(first: Mapping[str, str], name: str, word: str) -> str:
    value = _value(first, name)
    return word + value if value else ""


def _headline(first: Mapping[str, str]) -> str:
    method = METHODS.get(_value(first, "METHOD").upper(), "Event")
    if method == "Answer":
        answer = _parameters(first, "ATTENDEE").get("PARTSTAT", "").upper()
        method = ANSWERS.get(answer, method)
    return f"{method}: {_value(first, 'SUMMARY') or '(without a title)'}"


def _when(first: Mapping[str, str]) -> str:
    begin, end = _instant(first, "DTSTART"), _instant(first, "DTEND")
    if begin[:10] == end[:10]:
        end = end[11:]
    zone = _parameters(first, "DTSTART").get("TZID", "")
    words = " \u2013 ".join(filter(None, (begin, end)))
    return f"When: {words}{f' ({zone})' if zone else ''}" if words else ""


def _instant(first: Mapping[str, str], name: str) -> str:
    found = STAMP.search(_value(first, name))
    if not found:
        return ""
    year, month, day, hour, minute, universal = found.groups()
    time = f" {hour}:{minute}{' UTC' if universal else ''}" if hour else ""
    return f"{year}-{month}-{day}{time}"


def _parameters(first: Mapping[str, str], name: str) -> dict[str, str]:
    found = PARAMETER.findall(first.get(name, ""))
    return {key.upper(): value for key, value in found}
