"""What the API answers with."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema


class Step(Schema):
    """One step to a due time: rule, start, counted, closed, paused or due."""

    kind: str
    name: str
    text: str
    sum: str


class Promise(Schema):
    """Why one promise of a ticket is due when it is, as values and in words."""

    title: str
    metric: str
    due_at: datetime | None
    outcome: str
    refused: str
    facts: list[str]
    steps: list[Step]
    near: list[str]
    changes: list[str]
    zones: str
    result: str
    pinned: str
    text: str = Field(validation_alias="as_text")


class Why(Schema):
    """Why a ticket is due when it is: the awaited reply first, then its other clocks.

    `severity` is a key of its plan; `product` and `environment` are empty where nobody said.
    """

    ticket: int
    severity: str
    product: str
    environment: str
    promises: list[Promise]


class Said(Schema):
    """Why there is no answer, in plain words."""

    says: str
