"""Lets nobody in but the telephone provider, which signs whatever it asks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from answerable.channels.voice.twilio.core.signing import is_signed
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.lib.env import BadSetting
from answerable.lib.sealing import Sealed

log = logging.getLogger(__name__)

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
PLAIN = "text/plain; charset=utf-8"


def from_provider(view: View[Rest]) -> View[Rest]:
    """Answer only what the provider signed. A telephone that is off hears how calls end."""

    @csrf_exempt
    @require_POST
    @never_cache
    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        if not _is_proven(request, _token()):
            log.warning("A call in the name of the telephone provider was not proven.")
            says = "This call is not proven to be the telephone provider's.\n"
            return HttpResponse(says, content_type=PLAIN, status=403)
        return view(request, *args, **kwargs)

    return guarded


def found_leg(key: str) -> Leg:
    """Return the leg of an address; what nobody made does not exist."""
    rows = Leg.objects.select_related("call__agent", "call__contact", "contact", "call__ticket")
    leg = rows.filter(key=key).first()
    if leg is None:
        raise Http404
    return leg


def _token() -> str:
    ours = Telephone.objects.first()
    if ours is None:
        raise Http404
    try:
        return ours.opened_token()
    except (Sealed, BadSetting) as error:
        log.error("The token of the telephone provider cannot be read: %s", error)
        raise Http404 from error


def _is_proven(request: HttpRequest, token: str) -> bool:
    # The address as the provider knows it, whatever a proxy in front made of it.
    url = settings.ANSWERABLE_URL + request.get_full_path()
    given = request.headers.get("X-Twilio-Signature", "")
    return is_signed(token, url, _pairs(request), given)


def _pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    return ((name, str(one)) for name, values in request.POST.lists() for one in values)
