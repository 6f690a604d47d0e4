"""The cast, under a plan whose promises fall due within seconds."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements

WITHIN = {"critical": "24s", "standard": "12s", "aim": "18s"}


def make_people() -> Cast:
    """Make the cast in an empty installation; Nordwind buys promises of a few seconds."""
    at = now()
    cast = Cast(at)
    version = entitlements.publish_plan(_short_plan(), at=at)
    contract = entitlements.sign_contract(cast.nordwind, version, starts_at=at)
    entitlements.suspend(cast.contract)
    for contact in (cast.dana, cast.kim):
        entitlements.designate(contract, contact, at=at)
    return cast


def _short_plan() -> dict[str, Any]:
    document = entitlements.read_plan_file(entitlements.SHIPPED / "premium.toml")
    for target in document["targets"]:
        target |= {"within": WITHIN[target["key"]], "calendar": "always"}
    return document
