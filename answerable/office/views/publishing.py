"""The scope step: for which tickets the next version counts, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

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
from answerable.entitlements.feeds import kept_for_draft
from answerable.entitlements.models import PlanDraft, PlanVersion
from answerable.office.forms import RECEIVED, ReleaseForm
from answerable.office.pages import administrator_required, found_draft, frame
from answerable.office.queries.plans import newest_of
from answerable.office.queries.sources import digest, named_in, news_of, source_rows
from answerable.office.queries.versions import change_rows
from answerable.sla.actions import publish_draft
from answerable.sla.affected import Outlook, affected_by
from answerable.sla.checking import Checked, checked

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft that is to be published: what is wrong with it, and whom it would change.

    `seen` stands for what its files and feeds say: what is read is what is published.
    """

    draft: PlanDraft
    newest: PlanVersion | None
    found: Checked
    open: Outlook | None
    newer: PlanVersion | None
    seen: str

    @property
    def number(self) -> int:
        """The number that it would be published with."""
        return self.newest.number + 1 if self.newest else 1


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def publish(request: AgentRequest, key: str) -> HttpResponse:
    """Say what the draft would change, and publish it for the tickets that were chosen."""
    draft = found_draft(request, key)
    page = _opened(draft)
    if request.method != "POST":
        return _page(request, page, ReleaseForm(number=page.number, initial=_first(page)))
    form = ReleaseForm(request.POST, number=page.number)
    if not form.is_valid() or page.found.errors:
        return _page(request, page, form, status=422)
    if request.POST.get("seen", page.seen) != page.seen:
        return _page(request, page, form, status=409, asks="look")
    if page.found.warnings and "keep" not in request.POST:
        return _page(request, page, form, status=422, asks="keep")
    if form.moves_open and page.open and page.open.promises and "move" not in request.POST:
        return _page(request, page, form, status=422, asks="move")
    return _published(request, page, form)


def _published(request: AgentRequest, page: Opened, form: ReleaseForm) -> HttpResponse:
    draft = page.draft
    release = Release(
        agent=request.agent,
        note=form.cleaned_data["note"],
        from_at=form.from_at(timezone.get_current_timezone()),
        all_contracts=True,
        source=kept_for_draft(draft, draft.based_on),
    )
    try:
        version = publish_draft(draft, at=now(), release=release, moves_open=form.moves_open)
    except NewerVersion as newer:
        entitlements.rebase_plan_draft(draft, newer.version)
        return _page(request, replace(_opened(draft), newer=newer.version), form, status=409)
    except PlanRefused:
        return _page(request, _opened(draft), form, status=422)
    except PlanError as error:
        form.add_error("day", str(error))
        return _page(request, page, form, status=422)
    words = _("{plan} v{number} is published.").format(
        plan=version.plan.name, number=version.number
    )
    messages.success(request, words)
    return redirect("office:plan", draft.plan_key)


def _opened(draft: PlanDraft) -> Opened:
    """Return what the page of a draft is about, as of now."""
    newest, at = newest_of(draft.plan_key), now()
    before = newest.terms if newest else None
    source = kept_for_draft(draft, draft.based_on)
    found = checked(draft.text, at=at, source=source, key=draft.plan_key, before=before)
    outdated = newest is not None and newest.pk != draft.based_on_id
    return Opened(
        draft=draft,
        newest=newest,
        found=found,
        open=affected_by(found.terms, at) if found.terms else None,
        newer=newest if outdated else None,
        seen=digest(named_in(draft.text), source),
    )


def _page(
    request: AgentRequest, page: Opened, form: ReleaseForm, *, status: int = 200, asks: str = ""
) -> HttpResponse:
    newest, terms = page.newest, page.found.terms
    name = terms.name if terms else page.draft.plan_key
    title = _("Publish {name} v{number}").format(name=name, number=page.number)
    context = frame(request, title) | {
        "key": page.draft.plan_key,
        "number": page.number,
        "form": form,
        "checked": page.found,
        "asks": asks,
        "seen": page.seen,
        "newer": page.newer,
        "newest": newest,
        "unreadable": terms is None,
        "sources": source_rows(named_in(page.draft.text), page.draft.based_on, page.draft),
        "sections": change_rows(newest.terms, terms) if newest and terms else [],
        "open": page.open,
    }
    return render(request, "office/publish.html", context, status=status)


def _first(page: Opened) -> dict[str, object]:
    """Return what the form begins with: the next midnight here; why, where feeds changed."""
    local, news = timezone.localtime(now()) + A_DAY, news_of(page.newest)
    midnight = local.time().replace(0, 0, 0, 0)
    note = news.note if news and not news.dismissed_by else ""
    return {"scope": RECEIVED, "day": local.date(), "time": midnight, "note": note}
