"""The first page of the help centre, its shelves, and what is found by searching."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.timezone import now
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from answerable.help.keeping import kept
from answerable.help.languages import in_its_language
from answerable.help.queries.results import asked_in, filters_for, results_for
from answerable.help.queries.shelves import most_read, shelf_called, shelves_for, texts_for
from answerable.intake.visits import carried, visitor_of
from answerable.knowledge.access import person_of
from answerable.knowledge.models import ArticleText
from answerable.lib.pages import wants_part
from answerable.lib.paging import page_of

ON_A_PAGE = 50


@require_safe
def any_language(request: HttpRequest) -> HttpResponse:
    """Lead to the help centre in the reader's language."""
    path = resolve_url("help:home", get_language() or settings.LANGUAGE_CODE)
    query = request.META.get("QUERY_STRING", "")
    answer: HttpResponse = redirect(f"{path}?{query}" if query else path)
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


@require_safe
@in_its_language
def home(request: HttpRequest, language: str) -> HttpResponseBase:
    """Show what was searched for; without a search the shelves and what is read most."""
    _has_pages(language)
    person, at = person_of(request.user), now()
    context: dict[str, object] = around(language, "home")
    is_part = wants_part(request)
    if "q" in request.GET:
        visitor = visitor_of(request, begins=True)
        asked = asked_in(request.GET, language, visitor, as_typed=is_part)
        results = results_for(person, asked, at)
        context |= {"results": results, "q": asked.q, "visit": carried(visitor)}
        context["canonical"] = ""
    if "results" not in context or results.down:
        context["shelves"] = shelves_for(person, language, at)
        context["most_read"] = most_read(person, language, at)
    if is_part:
        return _private(render(request, "help/_found.html", context | {"part": True}))
    context["filters"] = filters_for(person, at)
    answer = render(request, "help/home.html", context)
    return _private(answer) if "results" in context else kept(request, answer)


@require_safe
@in_its_language
def category(request: HttpRequest, language: str, key: str) -> HttpResponseBase:
    """Show what stands on a shelf."""
    _has_pages(language)
    shelf = shelf_called(key, language)
    texts = texts_for(person_of(request.user), language, now()).filter(
        article__category__key=key
    )
    page = page_of(
        texts.order_by("current__title", "pk"), request.GET.get("page", "1"), size=ON_A_PAGE
    )
    if shelf is None or not page.rows:
        raise Http404
    context = {"shelf": shelf, "page": page} | around(language, "category", key)
    return kept(request, render(request, "help/category.html", context))


def around(language: str, view: str, *rest: str) -> dict[str, object]:
    """Return what the frame of a page needs: its language, and where it is in others."""
    others = [code for code, _ in settings.LANGUAGES if code != language]
    return {
        "here": language,
        "canonical": f"{settings.ANSWERABLE_URL}{resolve_url(f'help:{view}', language, *rest)}",
        "other_languages": [
            (code, resolve_url(f"help:{view}", code, *rest)) for code in others
        ],
    }


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _has_pages(language: str) -> None:
    """Raise Http404 for a language in which there is nothing to read."""
    if language in dict(settings.LANGUAGES):
        return
    texts = ArticleText.objects.filter(language=language, current__isnull=False)
    if not texts.exists():
        raise Http404
