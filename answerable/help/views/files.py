"""Pictures and videos of articles: asked for here, served apart."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from answerable.files import capability
from answerable.files.scanning import held_back
from answerable.knowledge.access import files_readable_by, person_of


@require_safe
def file(request: HttpRequest, key: int) -> HttpResponseBase:
    """Lead to where a file is served for some minutes; who may not see it finds none."""
    may = files_readable_by(person_of(request.user), now())
    found = may.select_related("file").filter(pk=key).first()
    if found is None or held_back(found.file):
        raise Http404
    answer: HttpResponse = redirect(capability.address("article", found.pk, name=found.name))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
