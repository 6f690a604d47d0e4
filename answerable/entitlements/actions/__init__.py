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
from answerable.entitlements.actions.drafting import (
    NewerVersion,
    begin_plan_draft,
    discard_plan_draft,
    hold_for_draft,
    keep_draft_file,
    rebase_plan_draft,
    save_plan_draft,
)
from answerable.entitlements.actions.feeding import (
    compare_feeds,
    dismiss_feed_change,
    refresh_feed,
    refresh_feeds,
)
from answerable.entitlements.actions.naming import (
    LimitReached,
    RoleMissing,
    name_contact,
    undo_naming,
    unname_contact,
    unname_everywhere,
)
from answerable.entitlements.actions.publishing import (
    AT_ONCE,
    Release,
    adopt,
    publish_plan,
)
from answerable.entitlements.actions.retiring import PlanInUse, delete_plan, retire_plan
from answerable.entitlements.actions.seats import set_seats
from answerable.entitlements.actions.telling import (
    NotPublished,
    PlanDiffers,
    Told,
    tell_contract,
)
from answerable.entitlements.files import SHIPPED, read_plan_file, read_plan_text

__all__ = [
    "AT_ONCE",
    "SHIPPED",
    "LimitReached",
    "NewerVersion",
    "NotPublished",
    "PlanDiffers",
    "PlanInUse",
    "PlanRetired",
    "Release",
    "RoleMissing",
    "Told",
    "add_subscription",
    "adopt",
    "begin_plan_draft",
    "compare_feeds",
    "delete_plan",
    "designate",
    "discard_plan_draft",
    "dismiss_feed_change",
    "end_designation",
    "hold_for_draft",
    "keep_draft_file",
    "name_contact",
    "publish_plan",
    "read_plan_file",
    "read_plan_text",
    "rebase_plan_draft",
    "refresh_feed",
    "refresh_feeds",
    "retire_plan",
    "save_plan_draft",
    "set_seats",
    "sign_contract",
    "suspend",
    "tell_contract",
    "undo_naming",
    "unname_contact",
    "unname_everywhere",
]
