"""The list of articles, and what of them needs somebody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.authoring.pages import frame
from answerable.authoring.queries.listing import asked_in, page, rows
from answerable.authoring.words import NEEDS, STATES, language_choices, ours
from answerable.knowledge.models import Article

ALL = {"none", "unpublished"}


@require_safe
@never_cache
@agent_required
def articles(request: AgentRequest) -> HttpResponse:
    """Show the articles that were asked for."""
    today = localdate()
    asked = asked_in(request.GET.dict(), request.agent)
    found = page(asked, request.GET.get("page", ""), request.agent, today)
    context = frame(request, _("Articles")) | {
        "asked": asked,
        "page": found,
        "rows": rows(found.rows, today),
        "needs": NEEDS.items(),
        "languages": language_choices()[: len(ours())],
        "owners": Agent.objects.filter(articles__removed_at=None).distinct().order_by("name"),
        "states": STATES,
        "is_first": not asked.is_anything and not Article.objects.exists(),
    }
    return render(request, "authoring/articles.html", context)
