"""The list of plans, and the start of a new one."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.entitlements import actions as entitlements
from answerable.entitlements.core.rewriting import with_value
from answerable.office.forms import NewPlanForm
from answerable.office.pages import administrator_required, frame
from answerable.office.queries.plans import listed_plans, start_text


@require_safe
@administrator_required
def home(request: AgentRequest) -> HttpResponse:
    return redirect("office:plans")


@require_safe
@never_cache
@administrator_required
def plans(request: AgentRequest) -> HttpResponse:
    context = frame(request, _("Plans")) | {"plans": listed_plans(now())}
    return render(request, "office/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def new(request: AgentRequest) -> HttpResponse:
    """Begin a plan from one of those that come along, or from a copy of a published one."""
    form = NewPlanForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        context = frame(request, _("New plan")) | {"form": form}
        return render(request, "office/new.html", context, status=422 if form.is_bound else 200)
    key = form.cleaned_data["key"]
    text = start_text(form.cleaned_data["start"])
    # A text that lacks one of the two says so in the editor, with its line.
    for name in ("key", "name"):
        with suppress(KeyError):
            text = with_value(text, (name,), form.cleaned_data[name])
    entitlements.begin_plan_draft(key, writer=request.agent, text=text, based_on=None, at=now())
    return redirect("office:edit", key)
