"""Everything that writes what is sold and what was bought."""

from __future__ import annotations

from answerable.entitlements.actions.contracts import (
    PlanRetired,
    add_subscription,
    designate,
    end_designation,
    sign_contract,
    suspend,
)
from answerable.entitlements.actions.publishing import (
    AT_ONCE,
    Release,
    adopt,
    publish_plan,
)
from answerable.entitlements.actions.retiring import PlanInUse, delete_plan, retire_plan
from answerable.entitlements.files import SHIPPED, read_plan_file, read_plan_text

__all__ = [
    "AT_ONCE",
    "SHIPPED",
    "PlanInUse",
    "PlanRetired",
    "Release",
    "add_subscription",
    "adopt",
    "delete_plan",
    "designate",
    "end_designation",
    "publish_plan",
    "read_plan_file",
    "read_plan_text",
    "retire_plan",
    "sign_contract",
    "suspend",
]
