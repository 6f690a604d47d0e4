"""Pages for operators: is it healthy, is it ready, and the figures."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from answerable.ops import metrics as figures
from answerable.ops.checks import Finding, database, findings

PLAIN = "text/plain; charset=utf-8"
LOOPBACK = {"127.0.0.1", "::1"}


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    found = findings()
    fine = all(finding.fine for finding in found)
    status = 200 if fine else 503
    if _wants_json(request):
        rows = [{"name": f.name, "fine": f.fine, "says": f.says} for f in found]
        return JsonResponse({"fine": fine, "findings": rows}, status=status)
    return HttpResponse(_words(found, fine=fine), content_type=PLAIN, status=status)


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    if not database().fine:
        says = _("The database cannot be reached.")
        return HttpResponse(f"{says}\n", content_type=PLAIN, status=503)
    return HttpResponse("ready\n", content_type=PLAIN)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_scrape(request):
        says = _("Figures are for this machine, or for a scraper with the token.")
        return HttpResponse(f"{says}\n", content_type=PLAIN, status=403)
    body = generate_latest(figures.registry())
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)


def _words(found: Sequence[Finding], *, fine: bool) -> str:
    head = _("Everything is fine.") if fine else _("Not everything is fine.")
    lines = [f"{'✓' if finding.fine else '✗'} {finding.says}" for finding in found]
    return "\n".join([head, "", *lines, ""])


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/plain", "application/json"]) == "application/json"


def _may_scrape(request: HttpRequest) -> bool:
    token = settings.ANSWERABLE_METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    # A proxy on this machine comes from here too; then somebody else asks through it.
    near = request.META.get("REMOTE_ADDR") in LOOPBACK
    return near and "X-Forwarded-For" not in request.headers
