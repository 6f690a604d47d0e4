"""The list of plans: what is in force, who uses it, and who is writing the next version."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from answerable.accounts.models import Agent, Customer
from answerable.entitlements.core.writing import to_toml
from answerable.entitlements.feeds import versions_with_news
from answerable.entitlements.files import SHIPPED, read_plan_text
from answerable.entitlements.models import Plan, PlanDraft, PlanVersion
from answerable.entitlements.queries import contracts_of
from answerable.office.queries.sources import versions_that_fail

LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """A plan with its newest version, how many accounts use it, and whose drafts there are.

    One that is only drafted has no plan and no version yet. `has_news`: its feeds have other
    days off than the version; `fails`: one of them was not fetched for days.
    """

    key: str
    name: str
    plan: Plan | None
    version: PlanVersion | None
    accounts: int
    drafts: list[PlanDraft]
    has_news: bool = False
    fails: bool = False


def listed_plans(at: datetime) -> list[ListedPlan]:
    """Return all plans by name, and after them those that are drafts so far."""
    drafts: dict[str, list[PlanDraft]] = defaultdict(list)
    for draft in PlanDraft.objects.select_related("writer").order_by("saved_at"):
        drafts[draft.plan_key].append(draft)
    plans = list(Plan.objects.annotate(newest=Max("versions__pk")).order_by("name"))
    versions = PlanVersion.objects.in_bulk([plan.newest for plan in plans])
    news, failing = versions_with_news(), versions_that_fail(versions.values(), at)
    found = [
        ListedPlan(
            plan.key,
            plan.name,
            plan,
            versions.get(plan.newest),
            len(customers_using(plan, at)),
            drafts.pop(plan.key, []),
            has_news=plan.newest in news,
            fails=plan.newest in failing,
        )
        for plan in plans
    ]
    return found + [ListedPlan(key, key, None, None, 0, made) for key, made in drafts.items()]


def customers_using(plan: Plan, at: datetime) -> list[Customer]:
    """Return the customers whose contract follows a plan, or will, by name."""
    keys = {contract.customer_id for contract in contracts_of(plan, at)}
    return list(Customer.objects.filter(pk__in=keys).order_by("name"))


def starts() -> list[tuple[str, str]]:
    """Return what a new plan can be started from: those that come along, and published ones."""
    files = [
        (f"file:{file.stem}", _title(file.stem)) for file in sorted(SHIPPED.glob("*.toml"))
    ]
    newest = Plan.objects.order_by("name").values_list("key", "name")
    return files + [(f"plan:{key}", name) for key, name in newest]


def start_text(start: str) -> str:
    """Return the text that a choice of `starts` stands for."""
    kind, key = start.split(":", 1)
    if kind == "file":
        return read_plan_text(SHIPPED / f"{key}.toml")
    version = PlanVersion.objects.filter(plan__key=key).order_by("-number")[0]
    return text_of(version)


def text_of(version: PlanVersion) -> str:
    """Return the text of a version as it was written, or made from its document."""
    written = getattr(version, "written", None)
    return written.text if written else to_toml(version.document)


def draft_of(key: str, writer: Agent) -> PlanDraft | None:
    """Return the draft that somebody has of a plan."""
    drafts = PlanDraft.objects.select_related("based_on__plan")
    return drafts.filter(plan_key=key, writer=writer).first()


def newest_of(key: str) -> PlanVersion | None:
    """Return the newest version of a plan, or None."""
    versions = PlanVersion.objects.filter(plan__key=key).select_related("plan", "published_by")
    return versions.order_by("-number").first()


def version_of(key: str, number: str) -> PlanVersion | None:
    """Return a version by its number as an address or a form has it, or None."""
    if not (number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER):
        return None
    versions = PlanVersion.objects.select_related("plan", "written")
    return versions.filter(plan__key=key, number=int(number)).first()


def _title(stem: str) -> str:
    return stem.replace("-", " ").title()
