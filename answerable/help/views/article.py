"""An article's page: for its reader, in their language, with what their plan has of it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from answerable.help.keeping import kept
from answerable.help.languages import in_its_language
from answerable.help.queries.article import Page, page_of
from answerable.help.queries.described import address_of, alternates_of, data_of
from answerable.help.queries.votes import voted
from answerable.help.voters import vote_of
from answerable.intake.read_before import searched_in
from answerable.intake.visits import NAME as VISIT
from answerable.intake.visits import carried, visitor_of
from answerable.knowledge.access import Person, person_of, texts_readable_by
from answerable.knowledge.actions import count_reading, read
from answerable.knowledge.models import ArticleText
from answerable.knowledge.queries.reading import asked_for, nearest

GONE = 410
# What reads for search engines says so; what does not is counted as a person.
MACHINES = ("bot", "spider", "crawl", "preview", "monitor")


@require_safe
@in_its_language
def article(request: HttpRequest, language: str, slug: str) -> HttpResponseBase:
    """Show an article, or where it went."""
    person = person_of(request.user)
    found = asked_for(person, language, slug, now())
    if found.removed:
        return _removed(request, found.removed, person)
    if found.moved_to:
        return redirect(_moved(request, found.moved_to), permanent=True)
    if found.text is None:
        raise Http404
    page = page_of(found.text, person, now())
    if _is_read_by_somebody(request):
        _keep_reading(request, page)
    answer = render(request, "help/article.html", context_of(request, page))
    return kept(request, answer)


def context_of(request: HttpRequest, page: Page) -> dict[str, object]:
    """Return what the page, and the part of it that asks whether it helped, are made of."""
    q = searched_in(request.GET.dict() | request.POST.dict())
    visit = carried(visitor_of(request))
    is_open = not page.text.article.plans
    return {
        "page": page,
        "voted": voted(vote_of(request, page.version)),
        "q": q,
        "visit": visit,
        "contact": contact_address(page, q, visit),
        "here": page.text.language,
        "canonical": address_of(page.text) if is_open else "",
        "alternates": alternates_of(page.languages, page.text.article.official),
        "data": data_of(page) if is_open else "",
        "other_languages": [
            (one.language, resolve_url("help:article", one.language, one.slug))
            for one in page.languages
            if one.language != page.text.language
        ],
    }


def contact_address(page: Page, q: str, visit: str) -> str:
    """Return where a reader writes to support: with what they read, and had searched."""
    along = {"about": page.version.pk, "q": q, VISIT: visit}
    asked = urlencode({name: value for name, value in along.items() if value})
    return f"{resolve_url('portal:new')}?{asked}"


def _keep_reading(request: HttpRequest, page: Page) -> None:
    """Count that an article was opened, and keep it in the story of who came by a search."""
    count_reading(page.text, at=now())
    if visitor := visitor_of(request):
        asked = request.GET.get("asked", "")
        log_id = (
            int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 18 else None
        )
        read(page.version, visitor, at=now(), log_id=log_id)


def _moved(request: HttpRequest, text: ArticleText) -> str:
    query = request.META.get("QUERY_STRING", "")
    path = resolve_url("help:article", text.language, text.slug)
    return f"{path}?{query}" if query else path


def _removed(request: HttpRequest, text: ArticleText, person: Person) -> HttpResponse:
    other = text.article.replaced_by
    texts = texts_readable_by(person, now()).select_related("article", "current")
    instead = nearest(list(texts.filter(article=other)), text.language) if other else None
    context = {"text": text, "instead": instead, "here": text.language}
    return render(request, "help/removed.html", context, status=GONE)


def _is_read_by_somebody(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "").lower()
    is_machine = not agent or any(word in agent for word in MACHINES)
    is_ours = request.user.is_authenticated and hasattr(request.user, "agent")
    return request.method == "GET" and not is_machine and not is_ours
