"""Publishes a plan after it was tried: what fails one of its own examples counts for nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.entitlements import actions as entitlements
from answerable.entitlements.actions import AT_ONCE, Release
from answerable.entitlements.core.document import examine_text, read_document
from answerable.entitlements.core.findings import PlanRefused, located
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.models import PlanDraft, PlanVersion
from answerable.entitlements.publishing import filling, with_dates
from answerable.sla.actions.moving import ask_to_move, move_few
from answerable.sla.checking import checked
from answerable.sla.trial_words import failures


def publish_text(text: str, *, at: datetime, release: Release = AT_ONCE) -> PlanVersion:
    """Publish the next version of a plan from its TOML text, which is kept as it is written.

    Raises PlanRefused with the line of everything that is wrong, failed examples among it, and
    PlanError as entitlements.publish_plan does.
    """
    reading = examine_text(text, filling(at, release.source))
    if reading.errors:
        raise PlanRefused(reading.findings)
    try:
        return publish(read_document(text), at=at, release=replace(release, text=text))
    except PlanRefused as refused:
        raise PlanRefused(located(refused.findings, text)) from refused


def publish_draft(
    draft: PlanDraft, *, at: datetime, release: Release, moves_open: bool = False
) -> PlanVersion:
    """Publish what somebody drafted, end the draft, and move open tickets where that is asked.

    Raises NewerVersion when another version was published since it was begun, and PlanRefused
    and PlanError as publish_text does. The draft stays then. Moving is asked for together with
    publishing: what is not done here, as it is too much, a job does within a minute.
    """
    version = _published(draft, at, release, moves_open=moves_open)
    if moves_open:
        move_few(version, agent=release.agent, at=at)
    return version


@transaction.atomic
def _published(
    draft: PlanDraft, at: datetime, release: Release, *, moves_open: bool
) -> PlanVersion:
    newest = entitlements.hold_for_draft(draft)
    before = newest.terms if newest else None
    source, key = release.source, draft.plan_key
    found = checked(draft.text, at=at, source=source, key=key, before=before)
    if found.errors:
        raise PlanRefused(found.findings)
    version = publish_text(draft.text, at=at, release=release)
    if moves_open:
        ask_to_move(version, agent=release.agent, at=at)
    entitlements.discard_plan_draft(draft)
    return version


def publish(
    document: Mapping[str, Any], *, at: datetime, release: Release = AT_ONCE
) -> PlanVersion:
    """Publish the next version of a plan; the same document again returns the version it is.

    Raises PlanRefused when the document cannot be meant, or one of its examples comes out
    otherwise: with the derivation of both. Raises PlanError as entitlements.publish_plan does.
    """
    filled = with_dates(document, at=at, source=release.source)
    failed = failures(read_terms(filled))
    if failed:
        raise PlanRefused(failed)
    return entitlements.publish_plan(filled, at=at, release=release)
