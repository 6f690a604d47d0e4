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


class File(Schema):
    """A file of a ticket's message. `url` hands it out for 15 minutes, without a token.

    `type` is told by its content. Of a file that is held back, `held` says why.
    """

    id: int
    message: int
    name: str
    type: str
    size: int
    sha256: str
    url: str
    held: str


class Called(Schema):
    """Who is on call at a place that ladders name: `on_call_1`, `on_call_2`, `head_of_support`.

    `agent` and `name` are null where nobody is; `until` is null where no end is in sight.
    """

    place: str
    agent: int | None
    name: str | None
    until: datetime | None


class Said(Schema):
    """Why there is no answer, in plain words."""

    says: str
