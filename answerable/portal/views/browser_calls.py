"""The customer's side of a call from browser to browser, on the portal's pages."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.channels.voice.access import call_of_contact
from answerable.channels.voice.bar import bar_context
from answerable.channels.voice.core.browser import NotSaid
from answerable.channels.voice.models import Signal
from answerable.channels.voice.talking import talked
from answerable.intake.ringing import ringing_at


@require_safe
@never_cache
@contact_required
def bar(request: ContactRequest) -> HttpResponse:
    """The bar of the call that rings at this customer, or in which they are; without one only
    whether they wait for it."""
    call, waits = ringing_at(request.contact, at=now())
    context = bar_context(call, Signal.Side.CONTACT, now()) if call else {}
    return render(request, "portal/_call_bar.html", context | {"waits": waits})


@require_POST
@never_cache
@contact_required
def talk(request: ContactRequest, key: str) -> HttpResponse:
    """Hear what the customer's page says, and tell it how the call stands."""
    call = call_of_contact(request.contact, key)
    if call is None:
        raise Http404
    try:
        said = talked(call, Signal.Side.CONTACT, request.POST.dict(), at=now())
    except NotSaid:
        return HttpResponseBadRequest()
    return JsonResponse(said)
