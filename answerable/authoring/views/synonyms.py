"""Words that mean the same to those who ask: a group on each line, for each language."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.pages import frame
from answerable.authoring.words import language_name, ours
from answerable.knowledge import actions
from answerable.knowledge.models import ArticleText, SynonymGroup

LONGEST = 50_000


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def synonyms(request: AgentRequest) -> HttpResponse:
    """Show the synonyms of each language that has articles, and keep what was sent."""
    languages = _languages()
    if request.method == "POST":
        with transaction.atomic():
            count = sum(
                actions.set_synonyms(code, _groups(request.POST.get(code, "")))
                for code in languages
                if code in request.POST
            )
        messages.success(request, _("Saved: {count} groups of words.").format(count=count))
        return redirect("authoring:synonyms")
    lines: dict[str, list[str]] = {code: [] for code in languages}
    for group in SynonymGroup.objects.filter(language__in=languages).order_by("pk"):
        lines[group.language].append(", ".join(group.words))
    context = frame(request, _("Synonyms"), "synonyms") | {
        "boxes": [(code, language_name(code), "\n".join(lines[code])) for code in languages]
    }
    return render(request, "authoring/synonyms.html", context)


def _languages() -> list[str]:
    used = ArticleText.objects.filter(current__isnull=False).values_list("language", flat=True)
    return list(dict.fromkeys([*ours(), *sorted(set(used))]))


def _groups(said: str) -> list[list[str]]:
    return [line.split(",") for line in said[:LONGEST].splitlines() if line.strip()]
