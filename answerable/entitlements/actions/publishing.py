"""Publishes versions of plans, and lets contracts follow them.

Whatever judges a plan by trying it stands above this room: publish through sla.actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from answerable.accounts.models import Agent
from answerable.entitlements.actions.feeding import keep_feeds
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.places import feeds_in, files_in
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.models import (
    Adoption,
    Contract,
    Plan,
    PlanText,
    PlanVersion,
    VersionFile,
)
from answerable.entitlements.publishing import (
    judged,
    says_the_same,
    with_dates,
)
from answerable.entitlements.queries import contracts_of
from answerable.entitlements.sources import Source, nowhere


@dataclass(frozen=True, slots=True)
class Release:
    """How a version is published: from which text, by whom, why, and who follows it.

    With `all_contracts` every contract of the plan follows it for tickets received from
    `from_at` on, which is at once where it is None. Open tickets keep what they pinned.
    `source` gets the iCalendar files and feeds that the plan names.
    """

    text: str = ""
    agent: Agent | None = None
    note: str = ""
    from_at: datetime | None = None
    all_contracts: bool = False
    source: Source = nowhere


AT_ONCE = Release()


@transaction.atomic
def publish_plan(
    document: Mapping[str, Any], *, at: datetime, release: Release = AT_ONCE
) -> PlanVersion:
    """Publish the next version of a plan; the same document again returns the version it is.

    The dates of its holidays are filled in now, and never change. Raises PlanError when the
    document cannot be meant, or would count for tickets that came in already: they keep what
    they were promised.
    """
    filled = with_dates(document, at=at, source=release.source)
    terms = read_terms(filled)
    from_at = release.from_at or at
    if from_at < at:
        words = "Tickets that came in keep what they were promised. Enter a later time."
        raise PlanError(words)
    plan, _ = Plan.objects.get_or_create(key=terms.key, defaults={"name": terms.name})
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    last = plan.versions.order_by("-number").first()
    same = last if last and says_the_same(last.document, filled) else None
    wrong = () if same else judged(terms, last.terms if last else None, at)
    if wrong:
        raise PlanRefused(wrong)
    version = same or _add(plan, filled, release, at)
    if release.all_contracts:
        adopt(version, contracts_of(plan, from_at), from_at=from_at)
    return version


def adopt(version: PlanVersion, contracts: Iterable[Contract], *, from_at: datetime) -> None:
    """Let contracts follow a version for tickets received from an instant on.

    A contract that begins later follows it from its beginning. Tickets that are open keep the
    version they pinned (domain.md E28).
    """
    Adoption.objects.bulk_create(
        Adoption(
            contract=contract, plan_version=version, from_at=max(from_at, contract.starts_at)
        )
        for contract in contracts
    )


def _add(
    plan: Plan, document: Mapping[str, Any], release: Release, at: datetime
) -> PlanVersion:
    number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = plan.versions.create(
        number=number,
        document=dict(document),
        published_at=at,
        effective_from=release.from_at or at,
        published_by=release.agent,
        note=release.note,
    )
    if release.text:
        PlanText.objects.create(version=version, text=release.text)
    _keep_places(version, release.source, at)
    return version


def _keep_places(version: PlanVersion, source: Source, at: datetime) -> None:
    """Keep the files that a version was made from, for its next writer; and its feeds."""
    files = [(place, source(place)) for place in files_in(version.document)]
    VersionFile.objects.bulk_create(
        VersionFile(version=version, place=place, data=data)
        for place, data in files
        if data is not None
    )
    feeds = [(url, source(url)) for url in feeds_in(version.document)]
    keep_feeds([(url, data) for url, data in feeds if data is not None], at=at)
