"""Writes drafts of plans: kept for each writer, so that nothing that is typed is lost."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.entitlements.models import Plan, PlanDraft, PlanVersion


class NewerVersion(Exception):
    """Somebody published a version since a draft was begun."""

    def __init__(self, version: PlanVersion) -> None:
        self.version = version
        super().__init__(f"{version} was published meanwhile.")


def begin_plan_draft(
    key: str, *, writer: Agent, text: str, based_on: PlanVersion | None, at: datetime
) -> PlanDraft:
    """Begin a draft of a plan; the one that its writer has already stays as it is."""
    return PlanDraft.objects.get_or_create(
        plan_key=key,
        writer=writer,
        defaults={"text": text, "based_on": based_on, "saved_at": at},
    )[0]


def save_plan_draft(draft: PlanDraft, *, text: str, at: datetime) -> PlanDraft:
    """Keep what its writer has typed so far."""
    draft.text, draft.saved_at = text, at
    draft.save(update_fields=["text", "saved_at"])
    return draft


@transaction.atomic
def keep_draft_file(draft: PlanDraft, place: str, data: bytes, *, at: datetime) -> None:
    """Keep an iCalendar file for a place that the text of a draft names, in place of another.

    Raises PlanError for what is no iCalendar, or has no days off.
    """
    holiday_sets = import_module("answerable.entitlements.holiday_sets")
    holiday_sets.check(data, at)
    draft.files.update_or_create(place=place, defaults={"data": data, "kept_at": at})


def discard_plan_draft(draft: PlanDraft) -> None:
    """Throw a draft away."""
    draft.delete()


def rebase_plan_draft(draft: PlanDraft, onto: PlanVersion) -> None:
    """Let a draft come after a version that was published since. Its text stays."""
    draft.based_on = onto
    draft.save(update_fields=["based_on"])


def hold_for_draft(draft: PlanDraft) -> PlanVersion | None:
    """Return a plan's newest version, and let nobody publish another while the caller works.

    Raises NewerVersion when somebody has done so since the draft was begun.
    """
    plan = Plan.objects.select_for_update(no_key=True).filter(key=draft.plan_key).first()
    newest = plan.versions.order_by("-number").first() if plan else None
    if newest and newest.pk != draft.based_on_id:
        raise NewerVersion(newest)
    return newest
