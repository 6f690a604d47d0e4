"""The answer to a request that could not be read: in words, with what to do next."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent is too big, or that it could not be read."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "portal/too_big.html", status=413)
    return render(request, "400.html", status=400)
