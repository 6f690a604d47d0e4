"""Writes what was answered as a document that reads as the same: how answers are kept. Pure."""

from __future__ import annotations

from typing import Any

from answerable.cards.core.parts import (
    Answer,
    Badge,
    Evidence,
    Facts,
    Items,
    Link,
    Part,
    Text,
    Time,
    Value,
)


def document_of(answer: Answer) -> dict[str, Any]:
    """Return an answer as reading.read() takes it: plain values for JSON."""
    cards = [
        {"title": card.title, "parts": [_part(part) for part in card.parts]}
        for card in answer.cards
    ]
    if answer.evidence is None:
        return {"cards": cards}
    return {"cards": cards, "evidence": [_line(line) for line in answer.evidence]}


def _line(line: Evidence) -> dict[str, Any]:
    time = {"time": line.at.isoformat()} if line.at else {}
    return {"text": line.text, "holds": line.holds, **time}


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Facts(rows=rows):
            written = [{"name": row.name, **_value(row.value)} for row in rows]
            return {"type": part.kind, "rows": written}
        case Items(items=items):
            return {"type": part.kind, "items": [_value(item) for item in items]}
        case Badge():
            return {"type": part.kind, "text": part.text, "tone": part.tone.value}
        case _:
            return {"type": part.kind, **_value(part)}


def _value(value: Value) -> dict[str, Any]:
    match value:
        case Time(at=at, text=text):
            return {"time": at.isoformat(), **({"text": text} if text else {})}
        case Badge(text=text, tone=tone):
            return {"badge": text, "tone": tone.value}
        case Link(text=text, url=url):
            return {"text": text, "url": url}
        case Text(text=text):
            return {"text": text}
