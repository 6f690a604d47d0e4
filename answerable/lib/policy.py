"""The Content-Security-Policy of every page: only files of ours, nothing inline."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# {files} is where files are served, when they have a host of their own.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:{files}",
        "media-src 'self'{files}",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'{files}",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


# Where one talks, pages may ask for the microphone and a screen; nowhere for anything else.
SILENT = "camera=(), geolocation=(), microphone=(), display-capture=()"
TALKING = "camera=(), geolocation=(), microphone=(self), display-capture=(self)"


class ContentSecurityPolicy:
    """Adds the policy to every answer that has none of its own."""

    sync_capable = True
    async_capable = True

    def __init__(
        self,
        get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]],
    ) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseBase):
            return _guarded(answer, request)
        return self._later(answer, request)

    async def _later(
        self, answer: Awaitable[HttpResponseBase], request: HttpRequest
    ) -> HttpResponseBase:
        return _guarded(await answer, request)


def _guarded(answer: HttpResponseBase, request: HttpRequest) -> HttpResponseBase:
    files = settings.ANSWERABLE_FILES_URL
    policy = POLICY.format(files=f" {files}/files/" if files else "")
    answer.headers.setdefault("Content-Security-Policy", policy)
    talks = request.path.startswith(tuple(settings.TALKING_PAGES))
    answer.headers.setdefault("Permissions-Policy", TALKING if talks else SILENT)
    return answer
