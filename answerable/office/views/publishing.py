"""The scope step: for which tickets the next version counts, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest
from answerable.entitlements import actions as entitlements
from answerable.entitlements.actions import NewerVersion, Release
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.models import PlanDraft, PlanVersion
from answerable.office.forms import ReleaseForm
from answerable.office.pages import administrator_required, found_draft, frame
from answerable.office.queries.plans import newest_of
from answerable.office.queries.versions import change_rows
from answerable.sla.actions import publish_draft
from answerable.sla.affected import affected_by
from answerable.sla.judging import Judged, judged

A_DAY = timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def publish(request: AgentRequest, key: str) -> HttpResponse:
    """Say what the draft would change, and publish it for the tickets that were chosen."""
    draft = found_draft(request, key)
    if request.method != "POST":
        return _page(request, draft, ReleaseForm(initial=_tomorrow()))
    form = ReleaseForm(request.POST)
    found = judged(draft.text, at=now(), key=key)
    if not form.is_valid() or found.errors:
        return _page(request, draft, form, status=422)
    if found.warnings and "keep" not in request.POST:
        return _page(request, draft, form, status=422, ask_keep=True)
    return _published(request, draft, form)


def _published(request: AgentRequest, draft: PlanDraft, form: ReleaseForm) -> HttpResponse:
    release = Release(
        agent=request.agent,
        note=form.cleaned_data["note"],
        from_at=form.from_at(timezone.get_current_timezone()),
        all_contracts=True,
    )
    try:
        version = publish_draft(draft, at=now(), release=release)
    except NewerVersion as newer:
        entitlements.rebase_plan_draft(draft, newer.version)
        return _page(request, draft, form, status=409, newer=newer.version)
    except PlanRefused:
        return _page(request, draft, form, status=422)
    except PlanError as error:
        form.add_error("day", str(error))
        return _page(request, draft, form, status=422)
    words = _("{plan} v{number} is published.").format(
        plan=version.plan.name, number=version.number
    )
    messages.success(request, words)
    return redirect("office:plan", draft.plan_key)


def _page(
    request: AgentRequest,
    draft: PlanDraft,
    form: ReleaseForm,
    *,
    status: int = 200,
    ask_keep: bool = False,
    newer: PlanVersion | None = None,
) -> HttpResponse:
    at = now()
    found = judged(draft.text, at=at, key=draft.plan_key)
    newest = newest_of(draft.plan_key)
    number = newest.number + 1 if newest else 1
    name = found.terms.name if found.terms else draft.plan_key
    context = frame(request, _("Publish {name} v{number}").format(name=name, number=number)) | {
        "draft": draft,
        "key": draft.plan_key,
        "number": number,
        "form": form,
        "judged": found,
        "ask_keep": ask_keep,
        "newer": newer or (newest if newest and newest.pk != draft.based_on_id else None),
        "newest": newest,
    }
    context |= _changed(found, newest)
    return render(request, "office/publish.html", context, status=status)


def _changed(found: Judged, newest: PlanVersion | None) -> dict[str, Any]:
    """Return what is said otherwise, and which open tickets would be due at another time."""
    if found.terms is None:
        return {"sections": [], "unreadable": True}
    open_ones = affected_by(found.terms, now())
    return {
        "sections": change_rows(newest.terms, found.terms) if newest else [],
        "open": open_ones,
        "changed": [one for one in open_ones if one.differs],
    }


def _tomorrow() -> dict[str, object]:
    """Return the next midnight where the reader is, as the form has it."""
    local = timezone.localtime(now()) + A_DAY
    return {"day": local.date(), "time": local.time().replace(0, 0, 0, 0)}
