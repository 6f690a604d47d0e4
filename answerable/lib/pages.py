"""Pages and parts: the only place that looks at how the browser asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def wants_part(request: HttpRequest) -> bool:
    """Say whether htmx asks for one part of a page."""
    return request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers


def page_or_part(
    request: HttpRequest,
    page: str,
    part: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Return the part alone for htmx, the whole page otherwise."""
    template = part if wants_part(request) else page
    return render(request, template, dict(context), status=status)
