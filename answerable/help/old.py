"""Leads on whoever comes by an address of the help centre that was here before ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.timezone import now

from answerable.knowledge.access import allowed_to, person_of
from answerable.knowledge.models import ArticleText, OldAddress
from answerable.knowledge.queries.reading import nearest

NOT_FOUND = 404
LONGEST = 300
# Zendesk reads the number of an article alone, whatever words follow it.
NUMBERED = re.compile(r"(hc/(?:[^/]+/)?articles/\d+)-")


class OldAddresses:
    """Asks, where there is no such page, whether an imported article was found there before.

    It costs a page that is found nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != NOT_FOUND or request.method not in ("GET", "HEAD"):
            return answer
        text = _text_at(request)
        if text is None:
            return answer
        address = reverse("help:article", args=[text.language, text.slug])
        return HttpResponsePermanentRedirect(address)


def _text_at(request: HttpRequest) -> ArticleText | None:
    """Return the text that an old address leads to, if its reader may read it."""
    path = request.path.strip("/")
    if not path or len(path) > LONGEST or "\x00" in path:
        return None
    found = OldAddress.objects.filter(slug__in=list(_spellings(path))).order_by("pk").first()
    if found is None:
        return None
    allowed = allowed_to(person_of(request.user), now(), "article__")
    texts = ArticleText.objects.filter(allowed, article=found.article_id, current__isnull=False)
    return nearest(list(texts.select_related("article")), found.language)


def _spellings(path: str) -> Iterator[str]:
    yield path
    if numbered := NUMBERED.match(path):
        yield numbered[1]
