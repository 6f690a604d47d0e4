"""Drafts of plans are kept by their writers; who publishes second is told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements import actions
from answerable.entitlements.models import PlanDraft

HOUR = timedelta(hours=1)


def begun(cast: Cast, at: datetime) -> PlanDraft:
    return actions.begin_plan_draft(
        "premium", writer=cast.ida, text="one", based_on=cast.premium, at=at
    )


def test_each_writer_has_one_draft_of_a_plan(cast: Cast, at: datetime) -> None:
    draft = begun(cast, at)
    again = actions.begin_plan_draft(
        "premium", writer=cast.ida, text="two", based_on=None, at=at + HOUR
    )
    other = actions.begin_plan_draft(
        "premium", writer=cast.lena, text="three", based_on=cast.premium, at=at
    )
    assert (again.pk, again.text) == (draft.pk, "one")
    assert other.pk != draft.pk


def test_it_keeps_what_is_typed_and_when(cast: Cast, at: datetime) -> None:
    actions.save_plan_draft(begun(cast, at), text="two", at=at + HOUR)
    kept = PlanDraft.objects.get()
    assert (kept.text, kept.saved_at, kept.based_on) == ("two", at + HOUR, cast.premium)


def test_a_version_that_came_between_is_said_until_the_draft_follows_it(
    cast: Cast, at: datetime
) -> None:
    draft = begun(cast, at)
    assert actions.hold_for_draft(draft) == cast.premium
    version = actions.publish_plan({**cast.premium.document, "changelog": "x"}, at=at)
    with pytest.raises(actions.NewerVersion) as newer:
        actions.hold_for_draft(draft)
    assert newer.value.version == version
    actions.rebase_plan_draft(draft, version)
    assert actions.hold_for_draft(PlanDraft.objects.get()) == version


def test_a_plan_takes_its_drafts_along_when_it_is_deleted(cast: Cast, at: datetime) -> None:
    version = actions.publish_plan({**cast.premium.document, "key": "gold"}, at=at)
    actions.begin_plan_draft("gold", writer=cast.ida, text="one", based_on=version, at=at)
    actions.delete_plan(version.plan, at=at)
    assert not PlanDraft.objects.exists()
