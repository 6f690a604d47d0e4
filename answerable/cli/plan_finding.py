"""Finds the plan that a command names: a file, or a version in the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.db import OperationalError, ProgrammingError
from django.utils.timezone import now

from answerable.cli.plans import is_file
from answerable.cli.wrong import Wrong
from answerable.entitlements.core.document import examine_text
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.plan import PlanError, Terms
from answerable.entitlements.feeds import fetching
from answerable.entitlements.files import SHIPPED, read_plan_text
from answerable.entitlements.models import Plan, PlanVersion
from answerable.entitlements.publishing import filling
from answerable.entitlements.sources import Source, beside


@dataclass(frozen=True, slots=True)
class Found:
    """A plan, and what to call it."""

    terms: Terms
    title: str


def found(named: str) -> Found:
    """Return a plan by its file or its key. Raises Wrong when none can be read."""
    if is_file(named):
        return Found(terms_in(named), named)
    shipped = SHIPPED / f"{named}.toml"
    try:
        version = version_of(named)
    except Wrong:
        # What comes along can be read before it is published.
        if re.fullmatch(r"[a-z0-9_-]+", named) and shipped.is_file():
            return Found(terms_in(str(shipped)), f"{named} as it comes along")
        raise
    return Found(version.terms, f"{version.terms.name} v{version.number}")


def source_of(file: str) -> Source:
    """Return what reads files that lie beside a plan's, and fetches its feeds, each once."""
    return fetching(beside(Path(file).parent), at=now())


def terms_in(file: str, source: Source | None = None) -> Terms:
    """Return the terms of a file. Raises Wrong, which says how to learn what is wrong."""
    try:
        reading = examine_text(text_of(file), filling(now(), source or source_of(file)))
    except PlanRefused as refused:
        raise Wrong(f"{file}: {refused}") from refused
    if reading.errors:
        raise Wrong(f"{file} cannot be read as a plan. Run: answerable plan check {file}")
    return reading.terms


def text_of(file: str) -> str:
    """Return the text of a file. Raises Wrong when there is none."""
    try:
        return read_plan_text(Path(file))
    except PlanError as error:
        raise Wrong(str(error)) from error


def version_of(named: str) -> PlanVersion:
    """Return a version by its plan's key, as in premium@7; the newest where no number is given.

    Raises Wrong when there is none.
    """
    parts = re.fullmatch(r"([a-z0-9_-]+)(?:@(\d{1,9}))?", named)
    if not parts:
        raise Wrong(
            f"{named!r} names no plan. Write its key, or its key and version: premium@7."
        )
    key, number = parts.groups()
    try:
        versions = PlanVersion.objects.filter(plan__key=key).select_related("plan")
        chosen = versions.filter(number=number) if number else versions.order_by("-number")
        version = chosen.first()
    except ProgrammingError as error:
        raise Wrong("The database has no tables yet. Run: answerable migrate") from error
    except OperationalError as error:
        raise Wrong("There is no database yet, or it is away. Run: answerable up") from error
    if version is None:
        raise Wrong(f"There is no plan {named!r}. {_those_there_are()}")
    return version


def _those_there_are() -> str:
    keys = ", ".join(Plan.objects.order_by("key").values_list("key", flat=True))
    return f"There are: {keys}." if keys else "There is none yet."
