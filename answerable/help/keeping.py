"""What browsers and proxies may keep of a page: what everybody sees, while it is the same."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from answerable.help.voters import VOTER


def kept(request: HttpRequest, answer: HttpResponse) -> HttpResponseBase:
    """Let a page be kept, and be asked for again only if it has changed; no private one.

    Private is what somebody sees who is signed in, or has voted.
    """
    if request.user.is_authenticated or VOTER in request.COOKIES:
        answer.headers["Cache-Control"] = "private, no-store"
        return answer
    answer.headers["Cache-Control"] = "public, no-cache"
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer.headers["ETag"] = etag
    found = get_conditional_response(request, etag, None, answer)
    return found or answer
