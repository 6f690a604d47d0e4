"""Days off from elsewhere: files for a draft, feeds, and what to do when a feed has changed."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest
from answerable.entitlements import actions as entitlements
from answerable.entitlements.core.places import feeds_in, files_in
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.models import FeedChange, PlanVersion
from answerable.office.forms import CalendarFileForm
from answerable.office.pages import administrator_required, found_draft, found_plan, frame
from answerable.office.queries.plans import draft_of, newest_of, text_of
from answerable.office.queries.sources import named_in


def fetch_feeds(text: str, at: datetime) -> None:
    """Fetch the feeds that a text names, and compare what they say with what was published."""
    urls = feeds_in(named_in(text))
    for url in urls:
        entitlements.refresh_feed(url, at=at)
    if urls:
        entitlements.compare_feeds(at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def file(request: AgentRequest, key: str) -> HttpResponse:
    """Take an iCalendar file for a place that the draft names."""
    draft, place = found_draft(request, key), request.GET.get("place", "")
    if place not in files_in(named_in(draft.text)):
        raise Http404
    form = CalendarFileForm(
        *((request.POST, request.FILES) if request.method == "POST" else ())
    )
    if form.is_bound and form.is_valid():
        try:
            data = form.cleaned_data["file"]
            entitlements.keep_draft_file(draft, place, data, at=now())
            return redirect("office:edit", key)
        except PlanError as error:
            form.add_error("file", str(error))
    context = frame(request, _("Upload a calendar")) | {
        "form": form,
        "key": key,
        "place": place,
    }
    status = 422 if form.is_bound else 200
    return render(request, "office/file.html", context, status=status)


@require_POST
@administrator_required
def follow(request: AgentRequest, key: str) -> HttpResponse:
    """Begin a draft of the newest version, with what is known of days off by now.

    Who has a draft already goes on with that: it may hold what is not to be published yet.
    """
    newest = _newest(key)
    if draft_of(key, request.agent):
        return redirect("office:edit", key)
    text = text_of(newest)
    entitlements.begin_plan_draft(
        key, writer=request.agent, text=text, based_on=newest, at=now()
    )
    return redirect("office:publish", key)


@require_POST
@administrator_required
def keep(request: AgentRequest, key: str) -> HttpResponse:
    """Keep the newest version as it is, whatever its feeds say by now."""
    newest = _newest(key)
    change = FeedChange.objects.filter(version=newest).first()
    if change:
        entitlements.dismiss_feed_change(change, agent=request.agent, at=now())
    messages.success(request, _("{version} stays as it is.").format(version=newest))
    return redirect("office:plan", key)


def _newest(key: str) -> PlanVersion:
    found_plan(key)
    newest = newest_of(key)
    if newest is None:
        raise Http404
    return newest
