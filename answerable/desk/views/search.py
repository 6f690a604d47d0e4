"""Search: over all tickets, accounts and people."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import frame_context
from answerable.desk.queries.search import search_page
from answerable.desk.search_words import EXAMPLES
from answerable.lib.pages import wants_part
from answerable.live.queries import newest_number
from answerable.search.core.asked import LONGEST
from answerable.search.queries import Question


@require_safe
@never_cache
@agent_required
def search(request: AgentRequest) -> HttpResponse:
    """The page of search; its results alone while somebody types."""
    is_part = wants_part(request)
    below = request.GET.get("below", "")
    question = Question(
        request.GET.get("q", "")[:LONGEST],
        get_language() or "en",
        timezone.now(),
        timezone.get_current_timezone(),
        as_typed=is_part,
        below=int(below) if below.isdecimal() and len(below) < 19 else None,
    )
    page = search_page(request.user, question)
    context = {"page": page, "examples": EXAMPLES, "longest": LONGEST, "view": "search"}
    if is_part:
        return render(request, "desk/parts/_found.html", context)
    full = frame_context(request) | {"after": newest_number()} | context
    return render(request, "desk/search.html", full)
