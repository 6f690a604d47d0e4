"""Links of all articles that lead nowhere, with since when."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.pages import frame
from answerable.authoring.queries.one import broken_links
from answerable.knowledge import actions
from answerable.knowledge.models import ArticleLink


@require_safe
@never_cache
@agent_required
def links(request: AgentRequest) -> HttpResponse:
    """List the links that lead nowhere, the longest broken first."""
    last = ArticleLink.objects.aggregate(last=Max("checked_at"))["last"]
    context = frame(request, _("Links"), "links") | {"links": broken_links(), "last": last}
    return render(request, "authoring/links.html", context)


@require_POST
@agent_required
def look(request: AgentRequest) -> HttpResponse:
    """Look at the links to our own pages now; other sites are asked by the jobs, in time."""
    actions.look_at_links(at=now())
    messages.success(request, _("Looked at all links to our own pages."))
    return redirect("authoring:links")
