"""What the API answers with."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class Step(Schema):
    """One step to a due time: rule, start, counted, closed, paused or due."""

    kind: str
    name: str
    text: str
    sum: str


class Why(Schema):
    """Why a ticket is due when it is, as values and in words."""

    ticket: int
    title: str
    due_at: datetime | None
    outcome: str | None
    refused: str
    steps: list[Step]
    changes: list[str]
    result: str
    text: str


class Said(Schema):
    """Why there is no answer, in plain words."""

    says: str
