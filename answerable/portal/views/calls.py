"""Asking to be called, and what a customer may do about a call that they asked for."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.accounts.models import Contact
from answerable.intake.asked import Asked
from answerable.intake.call_asking import act_on_call, ask_for_call
from answerable.intake.call_form import CallForm, NumberForm
from answerable.intake.call_state import CallState, call_of, call_state
from answerable.intake.channels import CALLBACK, channels_for
from answerable.lib.pages import wants_part
from answerable.lib.phones import shown_phone
from answerable.live.queries import newest_number
from answerable.tickets.actions import CallOver, change_callback
from answerable.tickets.models import Callback

SHOWN_FOR = timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@contact_required
def call(request: ContactRequest) -> HttpResponse:
    """Ask for a call, or show the one that is waited for."""
    person, waiting = request.contact, _waiting(request.contact)
    if waiting:
        return _shown(request, waiting)
    last = call_of(person)
    if last and (wants_part(request) or _still_shown(request, last)):
        return _shown(request, last)
    channels = channels_for(person, Asked(), now(), get_current_timezone())
    card = next((card for card in channels.cards if card.channel == CALLBACK), None)
    if card is None or not card.action:
        return redirect("portal:new")
    calling = channels.calling
    initial = {"phone": shown_phone(person.phone), "about": request.GET.get("about", "")[:2000]}
    posted = request.POST if request.method == "POST" else None
    form = CallForm(
        posted,
        initial=initial,
        countries=calling.countries,
        offers=channels.offers,
        at=now(),
    )
    if form.is_valid() and ask_for_call(form, channels.offers, person, at=now()):
        return redirect("portal:call")
    context = {"form": form, "card": card, "me": person, "last": _last(request)}
    return render(request, "portal/call.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@contact_required
def number(request: ContactRequest) -> HttpResponse:
    """Change the number that is called."""
    waiting = _waiting(request.contact)
    if waiting is None:
        return redirect("portal:call")
    channels = channels_for(request.contact, Asked(), now(), get_current_timezone())
    form = NumberForm(
        request.POST if request.method == "POST" else None,
        initial={"phone": shown_phone(waiting.phone)},
        countries=channels.calling.countries,
    )
    if form.is_valid():
        with suppress(CallOver):
            change_callback(waiting, form.wanted(), at=now())
        return redirect("portal:call")
    context = {"form": form, "me": request.contact}
    status = 422 if form.errors else 200
    return render(request, "portal/call_number.html", context, status=status)


@require_POST
def act(request: HttpRequest, what: str) -> HttpResponseBase:
    """Cancel the call that is waited for, or ask for it now."""
    return _act(request, what)


@contact_required
def _act(request: ContactRequest, what: str) -> HttpResponse:
    waiting = _waiting(request.contact)
    if waiting:
        act_on_call(waiting, what, at=now())
    return redirect("portal:call")


def _still_shown(request: ContactRequest, last: Callback) -> bool:
    """Say whether the page still shows how a call ended, however often it is loaded: for an
    hour, unless they cancelled it, or ask for another one."""
    asks = request.method == "POST" or "again" in request.GET or "about" in request.GET
    if asks or last.ended_at is None or last.outcome == Callback.Outcome.CANCELLED:
        return False
    return now() - last.ended_at < SHOWN_FOR


def _waiting(contact: Contact) -> Callback | None:
    callback = call_of(contact)
    return callback if callback and callback.ended_at is None else None


def _state(request: ContactRequest, callback: Callback) -> CallState:
    zone = get_current_timezone()
    calling = channels_for(request.contact, Asked(), now(), zone).calling
    return call_state(callback, number=calling.number, at=now(), zone=zone)


def _last(request: ContactRequest) -> CallState | None:
    callback = call_of(request.contact)
    return _state(request, callback) if callback else None


def _shown(request: ContactRequest, callback: Callback) -> HttpResponse:
    after = newest_number()
    context = {"state": _state(request, callback), "me": request.contact, "after": after}
    return render(request, "portal/call_asked.html", context)
