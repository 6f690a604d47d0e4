"""Files as answers: in pieces, from any byte on, and with headers that let them do nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from answerable.files.models import StoredFile
from answerable.files.reading import span

ANYTHING = "application/octet-stream"
# The sandbox takes a document's origin, scripts and forms; the rest, all that it could load.
NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"
# Browsers show a PDF by a program of their own, which a sandbox would keep from starting. It
# runs apart from pages, and there are no cookies here that it could use.
PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
NO_RANGE = 416


def downloaded(request: HttpRequest, file: StoredFile, name: str) -> HttpResponseBase:
    """Return a file to be saved under its name, whatever it is."""
    kind = file.type if file.is_picture or file.is_pdf else ANYTHING
    return _served(request, file, _headers(kind, name, inline=False))


def shown(request: HttpRequest, file: StoredFile, name: str) -> HttpResponseBase | None:
    """Return a file to be shown, if it is one that browsers may show; else None."""
    if not (file.is_picture or file.is_pdf):
        return None
    headers = _headers(file.type, name, inline=True)
    if file.is_pdf:
        headers["Content-Security-Policy"] = PDF
    else:
        # A frame without an origin may show it: whoever has its address may see it.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _served(request, file, headers)


def played(request: HttpRequest, file: StoredFile, name: str) -> HttpResponseBase:
    """Return a video to be played in a page of ours, in the parts that browsers ask for."""
    return _served(request, file, _headers(file.type, name, inline=True))


def guarded(answer: HttpResponseBase) -> HttpResponseBase:
    """Put on an answer what every one has that is served apart."""
    for name, value in _guards().items():
        answer.headers.setdefault(name, value)
    return answer


def _headers(kind: str, name: str, *, inline: bool) -> dict[str, str]:
    disposition = content_disposition_header(not inline, name) or "inline"
    own = {"Content-Type": kind, "Content-Disposition": disposition, "Accept-Ranges": "bytes"}
    return own | _guards()


def _guards() -> dict[str, str]:
    return {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": NOTHING,
        "Cross-Origin-Resource-Policy": "same-site",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex, nofollow",
    }


def _served(
    request: HttpRequest, file: StoredFile, headers: dict[str, str]
) -> HttpResponseBase:
    wanted = _span(request.headers.get("Range", ""), file.size)
    if wanted is None:
        headers["Content-Range"] = f"bytes */{file.size}"
        return HttpResponse(status=NO_RANGE, headers=headers)
    first, last = wanted
    headers["Content-Length"] = str(last + 1 - first)
    is_part = (first, last) != (0, file.size - 1)
    if is_part:
        headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    content = span(file, first, last) if file.size and request.method != "HEAD" else _nothing()
    return StreamingHttpResponse(content, status=206 if is_part else 200, headers=headers)


def _span(asked: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte that are asked for; all, where that makes no sense.

    None for what lies behind the end (RFC 9110, 14.2).
    """
    found = RANGE.fullmatch(asked)
    whole = 0, size - 1
    if found is None or not (found[1] or found[2]) or not size:
        return whole
    if not found[1]:
        return (max(size - int(found[2]), 0), size - 1) if int(found[2]) else None
    first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
    if first >= size:
        return None
    return (first, last) if first <= last else whole


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""
