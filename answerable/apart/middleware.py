"""Keeps what others made apart from our pages: no cookie goes in there, and none comes out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from answerable.files.capability import PATH

Answer = HttpResponseBase | Awaitable[HttpResponseBase]


class Apart:
    """Takes the cookies from whoever asks for a file, before anybody has looked at them.

    Where files have a host of their own, they are served by that, and it serves nothing else.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        is_apart = request.path.startswith(PATH)
        if is_apart:
            request.META.pop("HTTP_COOKIE", None)
            request.META.pop("HTTP_AUTHORIZATION", None)
        if is_apart != _is_where_files_are(request, is_apart):
            return self._nothing_here()
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseBase):
            return _without_cookies(answer) if is_apart else answer
        return self._later(answer) if is_apart else answer

    def _nothing_here(self) -> Answer:
        nothing = HttpResponse(status=404)
        return _soon(nothing) if iscoroutinefunction(self) else nothing

    async def _later(self, answer: Awaitable[HttpResponseBase]) -> HttpResponseBase:
        return _without_cookies(await answer)


def _is_where_files_are(request: HttpRequest, is_apart: bool) -> bool:
    """Say whether the host is the one of files; without one of their own, every host is."""
    host = urlsplit(settings.ANSWERABLE_FILES_URL).netloc
    return request.META.get("HTTP_HOST", "") == host if host else is_apart


async def _soon(answer: HttpResponseBase) -> HttpResponseBase:
    return answer


def _without_cookies(answer: HttpResponseBase) -> HttpResponseBase:
    answer.cookies.clear()
    if answer.headers.get("Vary"):
        del answer.headers["Vary"]
    return answer
