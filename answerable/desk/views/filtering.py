"""Filtering the queue, and keeping what it was filtered by as a view."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.filter_fields import filter_fields, filters_in
from answerable.desk.pages import dialog, known_view
from answerable.desk.queue_forms import MINE, SHARED, SaveViewForm
from answerable.routing.actions.saving import (
    NotTheirView,
    change_view,
    forget_view,
    save_view,
)
from answerable.routing.models import Team
from answerable.routing.views import SAVED, View


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def filter_queue(request: AgentRequest, view: str) -> HttpResponse:
    """Show what a view may be filtered by, or lead to it filtered so."""
    seen = known_view(request, view)
    if request.method == "POST":
        query = filters_in(request.POST).written() or "f="
        order = request.POST.get("order", "")
        more = f"&{urlencode({'order': order})}" if order else ""
        return redirect(f"{reverse('desk:queue', args=[view])}?{query}{more}")
    context = {
        "view": view,
        "fields": filter_fields(seen.filters),
        "order": request.GET.get("order", ""),
    }
    return dialog(request, "desk/parts/_filter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def keep_view(request: AgentRequest, view: str) -> HttpResponse:
    """Ask for a name, or keep the filters under it; change or delete the view that it is."""
    seen = known_view(request, view)
    if seen.saved and request.method == "POST" and {"forget", "replace"} & request.POST.keys():
        return _changed(request, seen)
    form = SaveViewForm(request.agent, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "view": view,
            "form": form,
            "saved": seen.saved,
            "query": request.META.get("QUERY_STRING", ""),
        }
        status = 422 if form.errors else 200
        return dialog(request, "desk/parts/_save_view.html", context, status=status)
    whose = form.cleaned_data["whose"]
    kept = save_view(
        form.cleaned_data["name"],
        seen.filters,
        order=seen.order,
        by=request.agent,
        whose=None if whose == SHARED else request.agent if whose == MINE else _team(whose),
        at=now(),
    )
    return redirect("desk:queue", f"{SAVED}{kept.pk}")


def _team(key: str) -> Team:
    return Team.objects.get(key=key)


def _changed(request: AgentRequest, seen: View) -> HttpResponse:
    if seen.saved is None:
        raise PermissionDenied
    try:
        if "forget" in request.POST:
            forget_view(seen.saved, by=request.agent)
            return redirect("desk:home")
        change_view(seen.saved, seen.filters, order=seen.order, by=request.agent)
    except NotTheirView as theirs:
        raise PermissionDenied from theirs
    return redirect("desk:queue", seen.key)
