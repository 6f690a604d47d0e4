"""Scripts, styles and icons of ours go out compressed, each compressed once."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable
from functools import lru_cache

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from answerable.lib import scripts, stylesheets
from answerable.lib.statics import version

TEXTS = ("text/css", "text/javascript", "image/svg+xml", "application/json")
JOINED = {"text/css": stylesheets.joined, "text/javascript": scripts.joined}
COPIED = (
    "Content-Type",
    "Cache-Control",
    "Last-Modified",
    "Vary",
    "Access-Control-Allow-Origin",
)


class CompressedStatic:
    """Compresses answers below the address of static files, for who reads gzip.

    Pages stay as they are: what a stranger can make appear beside a secret tells of it by how
    well the two compress together (BREACH).
    """

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
            return _compressed(request, answer)
        return self._later(request, answer)

    async def _later(
        self, request: HttpRequest, answer: Awaitable[HttpResponseBase]
    ) -> HttpResponseBase:
        return _compressed(request, await answer)


def _compressed(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    if not (isinstance(answer, FileResponse) and request.path.startswith(settings.STATIC_URL)):
        return answer
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if kind not in TEXTS or "Content-Encoding" in answer.headers or answer.status_code != 200:
        return answer
    patch_vary_headers(answer, ["Accept-Encoding"])
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return answer
    plain = _whole(request.path, kind, answer)
    answer.close()
    headers = {name: answer.headers[name] for name in COPIED if name in answer.headers}
    headers["Content-Encoding"] = "gzip"
    return HttpResponse(_gzipped(plain) if request.method == "GET" else b"", headers=headers)


def _whole(path: str, kind: str, answer: FileResponse) -> bytes:
    """Return what is sent: of a style sheet or a script, as long as it stays as it is, all that
    it imports as well."""
    versioned = f"{settings.STATIC_URL}{version()}/"
    name = path.removeprefix(versioned)
    if name == path or kind not in JOINED:
        return answer.getvalue()
    return JOINED[kind](name)


@lru_cache(maxsize=512)
def _gzipped(plain: bytes) -> bytes:
    return gzip.compress(plain, mtime=0)
