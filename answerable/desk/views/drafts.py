"""Drafts: kept while they are typed, compared with those of other windows, listed on a page."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import found, frame_context
from answerable.desk.queries.drafts import drafts_of
from answerable.desk.queries.new_ticket import begun_of
from answerable.desk.queries.post_mortems import post_mortems_for
from answerable.desk.words import seconds
from answerable.tickets import actions
from answerable.tickets.actions.drafts import LONGEST_DRAFT

# A draft in JSON, each of its characters in up to six bytes.
MOST_BYTES = 6 * LONGEST_DRAFT


@require_POST
@agent_required
def draft(request: AgentRequest, number: int, mode: str) -> HttpResponse:
    """Keep what was typed, and say when; or that another window has newer words."""
    ticket, at = found(request, number), now()
    typed = _typed(request)
    if typed is None:
        return _too_long()
    try:
        kept = actions.keep_draft(ticket, typed, agent=request.agent, mode=mode, at=at)
    except actions.NewerDraft as newer:
        there = newer.draft
        return JsonResponse({"newer": there.body, "version": there.version}, status=409)
    except actions.TooLong:
        return _too_long()
    time = seconds(at, timezone.get_current_timezone())
    words = _("saved {time}").format(time=time) if kept else ""
    return JsonResponse({"saved": words, "version": kept.version if kept else ""})


def _typed(request: AgentRequest) -> actions.Typed | None:
    """Return what a page sends: JSON, read as it comes since it may be long, or a form."""
    if request.content_type != "application/json":
        return actions.Typed(request.POST.get("text", ""))
    raw = request.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        return None
    said: Any = json.loads(raw or b"{}")
    base, data = said.get("base"), said.get("data")
    return actions.Typed(
        str(said.get("text", "")),
        base if isinstance(base, str) else None,
        data if isinstance(data, dict) else None,
        str(said.get("version", "")),
    )


def _too_long() -> HttpResponse:
    words = _("Kept on this device only: a draft has {count} characters at most.")
    count = number_format(LONGEST_DRAFT, force_grouping=True)
    return JsonResponse({"saved": words.format(count=count)}, status=413)


@require_safe
@never_cache
@agent_required
def drafts(request: AgentRequest) -> HttpResponse:
    """What this agent owes in writing: what is not sent yet, and post-mortems."""
    rows = drafts_of(request.agent, now(), timezone.get_current_timezone())
    context = frame_context(request) | {
        "rows": rows,
        "begun": begun_of(request.agent),
        "post_mortems": post_mortems_for(request.agent),
        "view": "drafts",
    }
    return render(request, "desk/drafts.html", context)
