"""The cast, under a plan whose promises fall due within seconds."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.sla.actions import publish

# How long each promise is, as a multiple of the shortest.
LENGTHS = {"standard": 1, "aim": 1.5, "critical": 2}


def make_people(shortest: int) -> Cast:
    """Make the cast in an empty installation; Nordwind buys promises of `shortest` seconds."""
    at = now()
    cast = Cast(at)
    version = publish(_short_plan(shortest), at=at)
    contract = entitlements.sign_contract(cast.nordwind, version, starts_at=at)
    entitlements.suspend(cast.contract)
    for contact in (cast.dana, cast.kim):
        entitlements.designate(contract, contact, at=at)
    return cast


def _short_plan(shortest: int) -> dict[str, Any]:
    document = entitlements.read_plan_file(entitlements.SHIPPED / "premium.toml")
    for target in document["targets"]:
        seconds = int(shortest * LENGTHS[target["key"]])
        target |= {"within": f"{seconds}s", "calendar": "always"}
    del document["examples"]
    return document
