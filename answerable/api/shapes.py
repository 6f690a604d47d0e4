"""What the API answers with."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime


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


class ToldContract(Schema):
    """A contract as another system has it.

    `account` is what your product calls the account (its key), or a mail domain that one
    account has alone. `plan` is the plan's key. Instants have a zone. Without `ends_at` it has
    no end, without `seats` any number of paid seats.
    """

    account: str = Field(max_length=253)
    plan: str = Field(max_length=50)
    starts_at: AwareDatetime
    ends_at: AwareDatetime | None = None
    status: Literal["active", "suspended", "cancelled"] = "active"
    seats: int | None = Field(default=None, ge=0, le=1_000_000)


class Contract(Schema):
    """A contract as it is kept. `source` is the name of the token that told of it, and
    `confirmed_at` when it did so last: agents read that beside tickets."""

    reference: str = Field(validation_alias="order_ref")
    account: str = Field(validation_alias="customer.name")
    plan: str = Field(validation_alias="plan_version.plan.key")
    starts_at: datetime
    ends_at: datetime | None
    status: str
    seats: int | None
    source: str
    confirmed_at: datetime


class Said(Schema):
    """Why there is no answer, in plain words."""

    says: str
