"""One reply to all tickets of an incident: written, looked at, sent, stopped."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.incident_forms import BulkForm
from answerable.desk.queries.bulk import bulk_page
from answerable.desk.views.incidents import frame, incident_of
from answerable.incidents import actions
from answerable.incidents.models import BulkReply


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def new(request: AgentRequest, number: int) -> HttpResponse:
    """Write a reply to all open tickets of an incident. Nothing is sent yet."""
    incident = incident_of(number)
    form = BulkForm(request.POST if request.method == "POST" else None)
    if not incident.is_public:
        words = _("Let customers see it first: a reply to all leads to its status page.")
        messages.warning(request, words)
        return redirect("desk:incident", number)
    if form.is_valid():
        bulk = actions.draft_bulk(
            incident,
            form.said,
            agent=request.agent,
            resolves=form.cleaned_data["resolves"],
            at=now(),
        )
        return redirect("desk:bulk", bulk.pk)
    context = frame(request) | {"form": form, "incident": incident}
    status = 422 if form.errors else 200
    return render(request, "desk/incidents/write.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def words(request: AgentRequest, number: int) -> HttpResponse:
    """Write a draft anew."""
    bulk = _bulk(number)
    initial = {"resolves": bulk.resolves}
    posted = request.POST if request.method == "POST" else None
    form = BulkForm(posted, said=bulk.texts, initial=initial)
    if form.is_valid():
        try:
            actions.rewrite_bulk(
                bulk, form.said, resolves=form.cleaned_data["resolves"], at=now()
            )
        except actions.NotOpen:
            messages.warning(request, _("It was sent meanwhile."))
        return redirect("desk:bulk", number)
    context = frame(request) | {"form": form, "incident": bulk.incident, "bulk": bulk}
    status = 422 if form.errors else 200
    return render(request, "desk/incidents/write.html", context, status=status)


@require_safe
@never_cache
@agent_required
def reply(request: AgentRequest, number: int) -> HttpResponse:
    """What it says on each ticket, and what became of it."""
    context = frame(request) | _context(request, _bulk(number))
    return render(request, "desk/incidents/bulk.html", context)


@require_safe
@never_cache
@agent_required
def parts(request: AgentRequest, number: int) -> HttpResponse:
    """How far it is, for a page that shows it."""
    return render(request, "desk/incidents/_bulk.html", _context(request, _bulk(number)))


@require_POST
@agent_required
def choose(request: AgentRequest, number: int) -> HttpResponse:
    """Leave out tickets of the page that was looked at, or take them in again."""
    bulk = _bulk(number)
    shown, chosen = (_numbers(request, name) for name in ("shown", "chosen"))
    try:
        actions.choose_tickets(bulk, shown, chosen)
    except actions.NotOpen:
        messages.warning(request, _("It was sent meanwhile."))
    else:
        messages.success(request, _("Saved."))
    return redirect("desk:bulk", number)


@require_POST
@agent_required
def send(request: AgentRequest, number: int) -> HttpResponse:
    """Send it, or go on with what was stopped."""
    try:
        actions.send_bulk(_bulk(number), at=now())
    except actions.NotOpen:
        messages.warning(request, _("It was sent meanwhile."))
    return redirect("desk:bulk", number)


@require_POST
@agent_required
def stop(request: AgentRequest, number: int) -> HttpResponse:
    """Take it back before it leaves, or stop what has not left yet."""
    try:
        bulk = actions.stop_bulk(_bulk(number), at=now())
    except actions.NotOpen:
        messages.warning(request, _("All of it was sent already."))
    else:
        is_draft = bulk.state == BulkReply.State.DRAFT
        said = _("Not sent. It is a draft again.") if is_draft else _("Stopped.")
        messages.success(request, said)
    return redirect("desk:bulk", number)


def _bulk(number: int) -> BulkReply:
    found = BulkReply.objects.select_related("incident", "agent").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _context(request: AgentRequest, bulk: BulkReply) -> dict[str, Any]:
    asked = request.GET.get("page", "1")
    return {"page": bulk_page(bulk, asked, now()), "bulk": bulk, "incident": bulk.incident}


def _numbers(request: AgentRequest, name: str) -> list[int]:
    texts = request.POST.getlist(name)[:500]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]
