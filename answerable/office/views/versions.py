"""A plan as it is in force, its history, and its end."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.entitlements import actions as entitlements
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.feeds import kept_for_draft
from answerable.entitlements.models import Plan, PlanVersion
from answerable.office.pages import administrator_required, found_plan, frame, toml_file
from answerable.office.queries.plans import draft_of, text_of, version_of
from answerable.office.queries.sources import (
    calendars_to_extend,
    failing_feeds,
    news_of,
    source_rows,
)
from answerable.office.queries.versions import VersionPage, change_rows, version_page
from answerable.sla.checking import checked
from answerable.sla.moving import moving_to

DRAFT = "draft"


@require_safe
@never_cache
@administrator_required
def version(request: AgentRequest, key: str, number: int | None = None) -> HttpResponse:
    """Show the newest version, or the one of the address."""
    return _page(request, found_plan(key), number)


@require_safe
@administrator_required
def text(request: AgentRequest, key: str, number: int) -> HttpResponse:
    """Return the very text that was published, as a file."""
    chosen = _version(found_plan(key), str(number))
    return toml_file(text_of(chosen), f"{key}-{number}")


@require_safe
@never_cache
@administrator_required
def compare(request: AgentRequest, key: str) -> HttpResponse:
    """Show what one version says otherwise than another, or the reader's draft."""
    plan = found_plan(key)
    names = [str(number) for number in plan.versions.values_list("number", flat=True)]
    newest = max(names, key=int)
    before = request.GET.get("from", newest)
    after = request.GET.get("to", newest)
    old, new = _terms(request, plan, before), _terms(request, plan, after)
    context = frame(request, _("Compare")) | {
        "plan": plan,
        "before": _title(before),
        "after": _title(after),
        "sections": change_rows(old, new) if old and new else [],
        "unreadable": not (old and new),
    }
    return render(request, "office/compare.html", context)


@require_POST
@administrator_required
def retire(request: AgentRequest, key: str) -> HttpResponse:
    """Sell a plan to nobody any more."""
    plan = found_plan(key)
    entitlements.retire_plan(plan, at=now())
    words = _("{plan} is retired. Whoever has it keeps it.").format(plan=plan.name)
    messages.success(request, words)
    return redirect("office:plan", key)


@require_POST
@administrator_required
def delete(request: AgentRequest, key: str) -> HttpResponse:
    """Delete a plan that was never sold; say of any other why it stays."""
    plan = found_plan(key)
    try:
        entitlements.delete_plan(plan, at=now())
    except entitlements.PlanInUse as used:
        return _page(request, found_plan(key), None, refused=_refusal(plan, used.accounts))
    messages.success(request, _("{plan} is deleted.").format(plan=plan.name))
    return redirect("office:plans")


def _page(
    request: AgentRequest, plan: Plan, number: int | None, refused: str = ""
) -> HttpResponse:
    try:
        page = version_page(plan, number, now())
    except PlanVersion.DoesNotExist as missing:
        raise Http404 from missing
    newest, at = page.version if page.is_newest else None, now()
    context = frame(request, f"{plan.name} v{page.version.number}") | {
        "plan": plan,
        "page": page,
        "moving": moving_to(page.version),
        "news": news_of(newest),
        "extendable": _extendable(page, at),
        "failing": failing_feeds(newest, at) if newest else [],
        "sources": source_rows(page.version.document, page.version),
        "refused": refused,
        "draft": draft_of(plan.key, request.agent),
        "accounts_url": reverse("office:plan", args=[plan.key]) + "#accounts",
    }
    return render(request, "office/version.html", context, status=409 if refused else 200)


def _extendable(page: VersionPage, at: datetime) -> set[str]:
    """Return the calendars that a next version knows for longer; where a year is missing."""
    is_missing = page.is_newest and any(calendar.missing for calendar in page.calendars)
    return calendars_to_extend(page.version, at) if is_missing else set()


def _refusal(plan: Plan, accounts: int) -> str:
    if not accounts:
        words = _("{plan} was sold, and what it promised stays on record. Retire it.")
        return words.format(plan=plan.name)
    return ngettext(
        "{plan} is used by {count} account. Move them first.",
        "{plan} is used by {count} accounts. Move them first.",
        accounts,
    ).format(plan=plan.name, count=accounts)


def _version(plan: Plan, number: str) -> PlanVersion:
    chosen = version_of(plan.key, number)
    if chosen is None:
        raise Http404
    return chosen


def _terms(request: AgentRequest, plan: Plan, number: str) -> Terms | None:
    """Return the terms of a version, or of the reader's draft where it can be read."""
    if number != DRAFT:
        return _version(plan, number).terms
    draft = draft_of(plan.key, request.agent)
    if draft is None:
        raise Http404
    source = kept_for_draft(draft, draft.based_on)
    return checked(draft.text, at=now(), source=source).terms


def _title(number: str) -> str:
    return _("your draft") if number == DRAFT else f"v{number}"
