"""Addresses for programs, under /api/v1/. Its own description is at /api/v1/openapi.json."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError

from answerable.api import contracts, on_call, tickets
from answerable.api.auth import Token

# Its pages of documentation load scripts from elsewhere, so there are none.
api = NinjaAPI(title="Answerable", version="1", auth=Token(), docs_url=None)
api.add_router("/tickets", tickets.router)
api.add_router("/on-call", on_call.router)
api.add_router("/contracts", contracts.router)


@api.exception_handler(Http404)
def _unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"says": "There is no such thing."}, status=404)


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    says = "Send a token: Authorization: Bearer TOKEN. Make one with: answerable token make"
    return api.create_response(request, {"says": says}, status=401)


@api.exception_handler(HttpError)
def _wrong(request: HttpRequest, error: HttpError) -> HttpResponse:
    return api.create_response(request, {"says": str(error)}, status=error.status_code)


urlpatterns = [path("", api.urls)]
