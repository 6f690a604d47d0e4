"""“Make an article from this answer”: a draft that names nobody."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.forms import FromTicketForm
from answerable.authoring.pages import frame
from answerable.authoring.queries.answers import answers_of
from answerable.authoring.words import ours
from answerable.knowledge import actions
from answerable.knowledge.actions import About, Written
from answerable.knowledge.core.slugs import slug_of
from answerable.tickets.access import visible_to


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def from_ticket(request: AgentRequest, number: int) -> HttpResponse:
    """Show an answer with what was removed from it; begin an article with what is left."""
    tickets = visible_to(request.user).select_related("requester", "customer")
    ticket = get_object_or_404(tickets, pk=number)
    asked = request.POST if request.method == "POST" else request.GET
    found = answers_of(ticket, asked.get("reply", ""))
    if found is None:
        raise Http404
    first = {"title": found.title.text, "body": found.body.text, "language": ours()[0]}
    form = FromTicketForm(request.POST if request.method == "POST" else None, initial=first)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = frame(request, _("Make an article from this answer")) | {
            "form": form,
            "found": found,
            "removed": [*found.title.removed, *found.body.removed],
        }
        return render(request, "authoring/from_ticket.html", context, status=status)
    said, at = form.cleaned_data, now()
    article = actions.add_article(
        said["title"],
        at=at,
        official=said["language"],
        about=About(owner=request.agent),
        by=request.agent,
    )
    text = actions.begin_text(article, said["language"], slug_of(said["title"]))
    written = Written(said["title"], said["body"].replace("\r\n", "\n"))
    actions.begin_draft(text, writer=request.agent, at=at, written=written)
    return redirect("authoring:edit", article.key, said["language"])
