"""Django's handler of ASGI, which goes to a request's thread once and not three times."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneWay(ASGIHandler):
    """Runs middleware and view in one go, in the thread of the request.

    Django's own comes back to the event loop between the two, since a view may be asynchronous.
    Ours are not, but for a few that open a stream: these few are sent to the loop from the
    thread. A fifth of a short request went into coming and going.
    """

    def __init__(self) -> None:
        super(ASGIHandler, self).__init__()
        self.load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer to a request."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)
