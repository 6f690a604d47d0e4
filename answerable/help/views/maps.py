"""What search engines are told: which pages there are, and which are none of theirs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from answerable.help.keeping import kept
from answerable.help.queries.sitemap import sitemap_at

ROBOTS = """\
User-agent: *
Allow: {help}
Allow: /static/
Disallow: /

Sitemap: {address}{sitemap}
"""


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """List what everybody may read, each with its languages."""
    context = {"entries": sitemap_at(now())}
    answer = render(request, "help/sitemap.xml", context, content_type="application/xml")
    return kept(request, answer)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines have the help centre, and nothing else."""
    text = ROBOTS.format(
        help=reverse("help:start"),
        address=settings.ANSWERABLE_URL,
        sitemap=reverse("help:sitemap"),
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
