"""An article inside the panel, and whether it helped."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from answerable.widget import answering
from answerable.widget.guards import WidgetRequest, for_widgets, session_required
from answerable.widget.visiting import visitor_of


@for_widgets("POST")
@session_required
def article(request: WidgetRequest) -> HttpResponse:
    """Show an article that this person may read; another one is not there."""
    language, slug = (request.POST.get(name, "")[:160] for name in ("language", "slug"))
    shown = answering.article(visitor_of(request), language, slug, at=now())
    if shown is None:
        return render(request, "widget/missing.html", status=404)
    context = {"article": shown, "anchor": request.POST.get("anchor", "")[:160]}
    return render(request, "widget/article.html", context)


@for_widgets("POST")
@session_required
def helpful(request: WidgetRequest) -> HttpResponse:
    """Take a vote on an article, and thank for it."""
    address = request.POST.get("language", "")[:12], request.POST.get("slug", "")[:160]
    yes = "yes" in request.POST
    answering.helped(visitor_of(request), address, yes=yes, at=now())
    return render(request, "widget/_thanks.html", {"helped": yes})
