"""An article beside its words: begun, what is known of it, removed and given back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.forms import FactsForm, NewArticleForm, RemoveForm, shelf_name
from answerable.authoring.pages import found_article, frame
from answerable.authoring.queries.one import article_page
from answerable.authoring.words import language_choices
from answerable.knowledge import actions
from answerable.knowledge.actions import About, Written
from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.machines.machine import machine

READS = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@agent_required
def article(request: AgentRequest, key: str) -> HttpResponse:
    """Show an article to those who look after it."""
    found = found_article(key)
    shown = article_page(found, request.agent)
    context = frame(request, shown.title) | {
        "shown": shown,
        "article": found,
        "machine": machine(),
        "shelf": shelf_name(found.category) if found.category else "",
        "is_due": found.review_on is not None and found.review_on <= localdate(),
        "more_languages": [
            pair
            for pair in language_choices()
            if pair[0] not in {row.language for row in shown.texts}
        ],
    }
    return render(request, "authoring/article.html", context)


@require_http_methods(READS)
@never_cache
@agent_required
def new(request: AgentRequest) -> HttpResponse:
    """Begin an article: it has no readers until its text is published."""
    form = NewArticleForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = frame(request, _("New article")) | {"form": form}
        return render(request, "authoring/new.html", context, status=status)
    said, at = form.cleaned_data, now()
    language = said["language"]
    about = About(category=said["category"], owner=request.agent)
    made = actions.add_article(
        said["title"], at=at, official=language, about=about, by=request.agent
    )
    text = actions.begin_text(made, language, slug_of(said["title"]))
    actions.begin_draft(text, writer=request.agent, at=at, written=Written(said["title"]))
    return redirect("authoring:edit", made.key, language)


@require_http_methods(READS)
@never_cache
@agent_required
def facts(request: AgentRequest, key: str) -> HttpResponse:
    """Change what is known of an article; its words and their date stay."""
    found = found_article(key)
    form = FactsForm(request.POST if request.method == "POST" else None, article=found)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = frame(request, _("About this article")) | {"form": form, "article": found}
        return render(request, "authoring/facts.html", context, status=status)
    if actions.change_facts(found, form.about, by=request.agent, at=now()):
        messages.success(request, _("Saved."))
    return redirect("authoring:article", found.key)


@require_POST
@agent_required
def official(request: AgentRequest, key: str) -> HttpResponse:
    """Let another published text be the one that prevails."""
    found = found_article(key)
    language = request.POST.get("language", "")
    if found.texts.filter(language=language, current__isnull=False).exists():
        actions.change_official(found, language, by=request.agent, at=now())
        messages.success(request, _("Saved."))
    return redirect("authoring:article", found.key)


@require_http_methods(READS)
@never_cache
@agent_required
def remove(request: AgentRequest, key: str) -> HttpResponse:
    """Take an article away from its readers; its page says so, and what replaced it."""
    found = found_article(key)
    form = RemoveForm(request.POST if request.method == "POST" else None, article=found)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = frame(request, _("Remove this article")) | {"form": form, "article": found}
        return render(request, "authoring/remove.html", context, status=status)
    other = form.cleaned_data["replaced_by"]
    actions.remove_article(found, by=request.agent, at=now(), replaced_by=other)
    messages.success(request, _("Removed. Its page says so to whoever comes by a link."))
    return redirect("authoring:article", found.key)


@require_POST
@agent_required
def restore(request: AgentRequest, key: str) -> HttpResponse:
    """Give a removed article back to its readers."""
    found = found_article(key)
    actions.restore_article(found, by=request.agent, at=now())
    messages.success(request, _("Its readers have it back."))
    return redirect("authoring:article", found.key)
