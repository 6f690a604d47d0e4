"""The versions of a text: what each changed, and one of before as the next one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.pages import found_article, found_text, frame
from answerable.authoring.queries.versions import compared, versions_of
from answerable.authoring.words import language_name
from answerable.knowledge import actions
from answerable.knowledge.actions import Written


@require_safe
@never_cache
@agent_required
def versions(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """List the versions of a text."""
    article = found_article(key)
    text = found_text(article, language)
    context = frame(request, _("Versions")) | {
        "article": article,
        "text": text,
        "versions": versions_of(text),
        "language_name": language_name(language),
    }
    return render(request, "authoring/versions.html", context)


@require_safe
@never_cache
@agent_required
def version(request: AgentRequest, key: str, language: str, number: int) -> HttpResponse:
    """Show what a version changed; with ?to= another, how it differs from that."""
    article = found_article(key)
    text = found_text(article, language)
    to = request.GET.get("to", "")
    found = compared(text, number, int(to) if to.isdecimal() and len(to) < 9 else None)
    if found is None:
        raise Http404
    context = frame(request, f"{found.after.title} v{number}") | {
        "article": article,
        "text": text,
        "compared": found,
        "language_name": language_name(language),
    }
    return render(request, "authoring/version.html", context)


@require_POST
@agent_required
def restore(request: AgentRequest, key: str, language: str, number: int) -> HttpResponse:
    """Begin a draft that says what an older version said; publishing it is another step."""
    article = found_article(key)
    text = found_text(article, language)
    old = text.versions.filter(number=number).first()
    if old is None:
        raise Http404
    note = _("As version {number} was").format(number=number)
    written = Written(old.title, old.body, old.summary, note)
    at = now()
    had = text.drafts.filter(writer=request.agent).first()
    if had and had.body != old.body:
        messages.error(
            request, _("You have a draft of this text. Publish or discard it first.")
        )
        return redirect("authoring:edit", key, language)
    draft = had or actions.begin_draft(text, writer=request.agent, at=at, written=written)
    actions.keep_draft(draft, written, at=at)
    messages.success(
        request, _("This draft says what it said then. Publish it when it is right.")
    )
    return redirect("authoring:edit", key, language)
