"""Reads what a system of the vendor's answered: cards, evidence, or what is wrong. Pure.

What is not known is refused and never guessed at; every length has an end. Nothing of it is
HTML at any time: texts are texts, and a link is an address with https and a host.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from answerable.cards.core.parts import (
    Answer,
    Badge,
    Card,
    Evidence,
    Fact,
    Facts,
    Items,
    Link,
    Part,
    Text,
    Time,
    Tone,
    Value,
)

MOST_BYTES = 64_000
MOST_CARDS, MOST_PARTS, MOST_ROWS, MOST_EVIDENCE = 5, 20, 40, 10
LONGEST_TITLE, LONGEST_NAME, LONGEST_BADGE = 100, 60, 40
LONGEST_TEXT, LONGEST_URL, LONGEST_EVIDENCE = 2000, 2000, 200
# What a text may not hold: control characters but tab and line feed, halves of characters, and
# what turns the direction of the text around it.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
ADDRESS = re.compile(r"https://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?:[/?#][!-~]*)?")
NOT_IN_ADDRESS = re.compile(r"[\"'<>\\`{}|^]")
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class BadAnswer(Exception):
    """An answer is no account card: where in it, why (a key of words), and values for those."""

    def __init__(self, reason: str, place: str = "", **values: object) -> None:
        super().__init__(f"{place}: {reason}")
        self.reason, self.place = reason, place
        self.values = {name: str(value) for name, value in values.items()}


def read_bytes(body: bytes) -> Answer:
    """Return what an answer says as it came. Raises BadAnswer."""
    if len(body) > MOST_BYTES:
        raise BadAnswer("answer_big", limit=MOST_BYTES // 1000)
    try:
        document = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadAnswer("json") from None
    return read(document)


def read(document: object) -> Answer:
    """Return what a document says: {"cards": [...], "evidence": [...]}, of which who has
    evidence may leave the cards out. Raises BadAnswer."""
    found = _object(document, "")
    has_evidence = "evidence" in found
    cards = _list(found.get("cards", [] if has_evidence else None), "cards", MOST_CARDS)
    return Answer(
        tuple(_card(one, f"cards[{number}]") for number, one in enumerate(cards)),
        _evidence(found["evidence"]) if has_evidence else None,
    )


def _evidence(document: object) -> tuple[Evidence, ...]:
    lines = _list(document, "evidence", MOST_EVIDENCE)
    return tuple(_line(one, f"evidence[{number}]") for number, one in enumerate(lines))


def _line(document: object, place: str) -> Evidence:
    found = _object(document, place)
    holds = found.get("holds")
    if not isinstance(holds, bool):
        raise BadAnswer("truth", f"{place}.holds")
    at = _instant(found["time"], place) if found.get("time") is not None else None
    return Evidence(_text(found, "text", place, LONGEST_EVIDENCE), holds, at)


def _card(document: object, place: str) -> Card:
    found = _object(document, place)
    title = _text(found, "title", place, LONGEST_TITLE)
    parts = _list(found.get("parts", []), f"{place}.parts", MOST_PARTS)
    return Card(
        title, tuple(_part(one, f"{place}.parts[{number}]") for number, one in enumerate(parts))
    )


def _part(document: object, place: str) -> Part:
    found = _object(document, place)
    kind = found.get("type")
    reader = PARTS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise BadAnswer("type", f"{place}.type", known=", ".join(PARTS))
    return reader(found, place)


def _said(found: Mapping[str, Any], place: str) -> Text:
    return Text(_text(found, "text", place, LONGEST_TEXT))


def _link(found: Mapping[str, Any], place: str) -> Link:
    return Link(_text(found, "text", place, LONGEST_TEXT), _url(found.get("url"), place))


def _badge(found: Mapping[str, Any], place: str) -> Badge:
    tone = found.get("tone", Tone.NEUTRAL.value)
    if tone not in [one.value for one in Tone]:
        raise BadAnswer("tone", f"{place}.tone", known=", ".join(Tone))
    return Badge(_text(found, "text", place, LONGEST_BADGE), Tone(tone))


def _time(found: Mapping[str, Any], place: str) -> Time:
    words = _text(found, "text", place, LONGEST_NAME) if "text" in found else ""
    return Time(_instant(found.get("time"), place), words)


def _facts(found: Mapping[str, Any], place: str) -> Facts:
    rows = _list(found.get("rows"), f"{place}.rows", MOST_ROWS)
    return Facts(
        tuple(_fact(one, f"{place}.rows[{number}]") for number, one in enumerate(rows))
    )


def _fact(document: object, place: str) -> Fact:
    found = _object(document, place)
    return Fact(_text(found, "name", place, LONGEST_NAME), _value(found, place))


def _value(found: Mapping[str, Any], place: str) -> Value:
    """Return what a fact is: a badge, a link or a time where it says so, else a text."""
    if "time" in found:
        return Time(_instant(found["time"], place))
    if "badge" in found:
        return _badge({**found, "text": found["badge"]}, place)
    if "url" in found:
        return _link(found, place)
    return _said(found, place)


def _items(found: Mapping[str, Any], place: str) -> Items:
    items = _list(found.get("items"), f"{place}.items", MOST_ROWS)
    return Items(
        tuple(_item(one, f"{place}.items[{number}]") for number, one in enumerate(items))
    )


def _item(document: object, place: str) -> Text | Link:
    found = _object({"text": document} if isinstance(document, str) else document, place)
    return _link(found, place) if "url" in found else _said(found, place)


PARTS: Mapping[str, Callable[[Mapping[str, Any], str], Part]] = {
    "text": _said,
    "facts": _facts,
    "badge": _badge,
    "link": _link,
    "time": _time,
    "list": _items,
}


def _object(document: object, place: str) -> Mapping[str, Any]:
    if not isinstance(document, dict):
        raise BadAnswer("object", place)
    return document


def _list(document: object, place: str, most: int) -> list[object]:
    if not isinstance(document, list):
        raise BadAnswer("list", place)
    if len(document) > most:
        raise BadAnswer("many", place, limit=most)
    return document


def _text(found: Mapping[str, Any], name: str, place: str, longest: int) -> str:
    """Return a text without what no text may hold; a number or a truth is written out."""
    given, where = found.get(name), f"{place}.{name}"
    if isinstance(given, bool | int | float):
        given = json.dumps(given)
    if not isinstance(given, str):
        raise BadAnswer("text", where)
    text = UNWANTED.sub("", given).strip()
    if not text:
        raise BadAnswer("empty", where)
    if len(text) > longest:
        raise BadAnswer("long", where, limit=longest)
    return text


def _url(given: object, place: str) -> str:
    where = f"{place}.url"
    if not isinstance(given, str) or len(given) > LONGEST_URL:
        raise BadAnswer("url", where)
    if not ADDRESS.fullmatch(given) or NOT_IN_ADDRESS.search(given):
        raise BadAnswer("url", where)
    try:
        has_host = bool(urlsplit(given).hostname)
    except ValueError:
        has_host = False
    if not has_host:
        raise BadAnswer("url", where)
    return given


def _instant(given: object, place: str) -> datetime:
    where = f"{place}.time"
    try:
        instant = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise BadAnswer("time", where)
    if not EARLIEST <= instant <= LATEST:
        raise BadAnswer("time", where)
    return instant
