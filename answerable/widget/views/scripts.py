"""The widget's scripts. They say nothing of anybody, and so any page may load them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from answerable.widget import served
from answerable.widget.served import Served

A_YEAR = 31_536_000
FIVE_MINUTES = 300


@require_safe
def loader(request: HttpRequest) -> HttpResponse:
    """Serve 1.js: its address stays, so browsers ask now and then whether it changed."""
    script = served.loader()
    etag = quote_etag(script.name)
    if request.headers.get("If-None-Match") == etag:
        answer = HttpResponse(status=304)
    else:
        answer = _script(request, script)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
    return _for_any_page(answer)


@require_safe
def other(request: HttpRequest, name: str) -> HttpResponse:
    """Serve the panel, or what it fetches itself, for good under its own name; an older name
    leads to the newest."""
    made = {"chat": served.chat, "call": served.call}
    script = made.get(name.partition("-")[0], served.panel)()
    if f"{name}.js" != script.name:
        answer: HttpResponse = redirect("widget:script", name=script.name.removesuffix(".js"))
        answer.headers["Cache-Control"] = "no-store"
    else:
        answer = _script(request, script)
        answer.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return _for_any_page(answer)


def _script(request: HttpRequest, script: Served) -> HttpResponse:
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    content = script.compressed if takes_gzip else script.plain
    answer = HttpResponse(content, content_type="text/javascript; charset=utf-8")
    if takes_gzip:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _for_any_page(answer: HttpResponse) -> HttpResponse:
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer
