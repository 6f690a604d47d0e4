"""Asking to be called from the panel, and the call that somebody waits for."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, now

from answerable.accounts.models import Contact
from answerable.intake.asked import asked_in
from answerable.intake.call_asking import act_on_call
from answerable.intake.call_asking import ask_for_call as send_call
from answerable.intake.call_form import CallForm, NumberForm
from answerable.intake.call_state import CANCEL, NOW, call_of, call_state
from answerable.intake.channels import CALLBACK, Channels, channels_for
from answerable.lib.phones import shown_phone
from answerable.tickets.actions import CallOver, change_callback
from answerable.tickets.models import Callback
from answerable.widget.guards import WidgetRequest, contact_required, for_widgets, person_of


@for_widgets("POST")
@contact_required
def call(request: WidgetRequest) -> HttpResponse:
    """Ask for a call, or show the one that is waited for."""
    person, channels = person_of(request), _channels(request)
    if waiting := _waiting(person):
        return _shown(request, waiting, channels)
    about = request.POST.get("body", "")[:2000]
    return _form(request, channels, _call_form(request, channels, about))


@for_widgets("POST")
@contact_required
def ask_for_call(request: WidgetRequest) -> HttpResponse:
    """Take the request for a call, once; or show what is missing."""
    person, channels = person_of(request), _channels(request)
    form = _call_form(request, channels)
    if not _waiting(person) and form.is_valid():
        send_call(form, channels.offers, person, at=now())
    waiting = _waiting(person)
    return _shown(request, waiting, channels) if waiting else _form(request, channels, form)


@for_widgets("POST")
@contact_required
def act(request: WidgetRequest) -> HttpResponse:
    """Change the number of a call, cancel it, or have it made now."""
    person, channels = person_of(request), _channels(request)
    waiting = _waiting(person)
    if waiting is None:
        return _form(request, channels, _call_form(request, channels, ""))
    what = next((what for what in (CANCEL, NOW) if what in request.POST), "")
    if not what:
        return _change(request, waiting, channels)
    act_on_call(waiting, what, at=now())
    waiting.refresh_from_db()
    return _shown(request, waiting, channels)


def _change(request: WidgetRequest, waiting: Callback, channels: Channels) -> HttpResponse:
    form = NumberForm(request.POST, countries=channels.calling.countries)
    if form.is_valid():
        with suppress(CallOver):
            change_callback(waiting, form.wanted(), at=now())
        waiting.refresh_from_db()
    return _shown(request, waiting, channels, form if form.errors else None)


def _channels(request: WidgetRequest) -> Channels:
    asked = asked_in(request.POST)
    return channels_for(person_of(request), asked, now(), get_current_timezone())


def _call_form(
    request: WidgetRequest, channels: Channels, about: str | None = None
) -> CallForm:
    """Return the form as it was sent, or with `about` one to fill in."""
    person = person_of(request)
    return CallForm(
        request.POST if about is None else None,
        initial={"phone": shown_phone(person.phone), "about": about or ""},
        countries=channels.calling.countries,
        offers=channels.offers,
        at=now(),
    )


def _waiting(person: Contact) -> Callback | None:
    callback = call_of(person)
    return callback if callback and callback.ended_at is None else None


def _form(request: WidgetRequest, channels: Channels, form: CallForm) -> HttpResponse:
    card = next((one for one in channels.cards if one.channel == CALLBACK), None)
    context = {"form": form, "card": card, "me": person_of(request)}
    status = 422 if form.errors else 200
    return render(request, "widget/call.html", context, status=status)


def _shown(
    request: WidgetRequest,
    callback: Callback,
    channels: Channels,
    form: NumberForm | None = None,
) -> HttpResponse:
    number, zone = channels.calling.number, get_current_timezone()
    state = call_state(callback, number=number, at=now(), zone=zone)
    shown = form or NumberForm(initial={"phone": shown_phone(callback.phone)})
    context = {"state": state, "form": shown, "me": person_of(request)}
    return render(request, "widget/call_asked.html", context, status=422 if form else 200)
