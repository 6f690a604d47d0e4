"""The customer's side of a call from browser to browser, in the panel."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now

from answerable.channels.voice.access import call_of_contact
from answerable.channels.voice.bar import bar_context
from answerable.channels.voice.core.browser import NotSaid
from answerable.channels.voice.models import Signal
from answerable.channels.voice.talking import talked
from answerable.intake.ringing import ringing_at
from answerable.widget import served
from answerable.widget.guards import (
    WidgetRequest,
    contact_required,
    for_widgets,
    person_of,
    refused,
)


@for_widgets("POST")
@contact_required
def ringing(request: WidgetRequest) -> HttpResponse:
    """Show the bar of the call that rings here, or say whether one is waited for."""
    call, waits = ringing_at(person_of(request), at=now())
    context = bar_context(call, Signal.Side.CONTACT, now()) if call else {}
    context |= {"waits": waits, "script": served.call().name}
    return render(request, "widget/ringing.html", context)


@for_widgets("POST")
@contact_required
def talk(request: WidgetRequest) -> HttpResponse:
    """Hear what the panel says in a call, and tell it how the call stands."""
    call = call_of_contact(person_of(request), request.POST.get("key", ""))
    if call is None:
        return refused("call", status=404)
    try:
        return JsonResponse(talked(call, Signal.Side.CONTACT, request.POST.dict(), at=now()))
    except NotSaid:
        return refused("said", status=400)
