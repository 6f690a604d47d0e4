"""The page that sends a request: the promise stands on it before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import get_current_timezone, now

from answerable.accounts.access import contact_of
from answerable.accounts.models import Contact
from answerable.entitlements.core.severities import FORM, form_for
from answerable.files.taking import Taken
from answerable.intake.asked import Asking, asked_in
from answerable.intake.channels import Channels, channels_for
from answerable.intake.confirming import confirmers_of
from answerable.intake.forms import RequestForm
from answerable.intake.offers import Offers, offers_for
from answerable.intake.sending import same_before, sent_as
from answerable.portal import keeping
from answerable.portal.attaching import taken, waiting_for
from answerable.tickets.actions import (
    Opening,
    Sender,
    add_message,
    ask_to_endorse,
    attach_waiting,
    open_ticket,
)
from answerable.tickets.models import Ticket
from answerable.tickets.places import NEW_REQUEST

PLACE = "request"
SAME_WITHIN = timedelta(minutes=10)


def contact(request: HttpRequest) -> HttpResponse:
    """Show the form, or send it; a stranger signs in on the way, and the text is kept."""
    person = contact_of(request.user)
    if request.method != "POST":
        return _empty(request, person)
    if person is None:
        return _sign_in_first(request)
    return _send(request, person)


def promise(request: HttpRequest) -> HttpResponse:
    """Show what would be promised now, for what was chosen: the part that the form asks for.

    Where another plan applies by now, the severities of that one are asked.
    """
    person = contact_of(request.user)
    offers = _offers(person, request.GET)
    context: dict[str, object] = {"offers": offers, "me": person, "part": True}
    if request.GET.get("plan", "") not in {"", str(offers.asking.plan)}:
        filled = _filled_in(offers)
        context["form"] = RequestForm(initial=filled, asking=offers.asking)
    return render(request, "portal/_offer.html", context)


def _empty(request: HttpRequest, person: Contact | None) -> HttpResponse:
    before = keeping.kept(request, PLACE)
    channels = _channels(person, before)
    offers = channels.offers
    form = RequestForm(
        initial=before | _filled_in(offers),
        asking=offers.asking,
        confirmers=confirmers_of(person, offers, now()),
    )
    return _page(request, person, form, channels)


def _channels(person: Contact | None, values: Mapping[str, object]) -> Channels:
    return channels_for(person, asked_in(values), now(), get_current_timezone())


def _offers(person: Contact | None, values: Mapping[str, object]) -> Offers:
    return offers_for(person, asked_in(values), now(), get_current_timezone())


def _filled_in(offers: Offers) -> dict[str, object]:
    return asdict(offers.asking.asked) | {"plan": offers.asking.plan}


def _page(
    request: HttpRequest,
    person: Contact | None,
    form: RequestForm,
    channels: Channels,
    before: Ticket | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "me": person,
        "channels": channels,
        "offers": channels.offers,
        "before": before,
        "attaching": waiting_for(request, person, None, form),
    }
    status = 422 if form.errors or before else 200
    return render(request, "portal/contact.html", context, status=status)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    taken(request, None, NEW_REQUEST)
    keeping.keep(request, PLACE)
    asked = {"next": resolve_url("portal:new"), "kept": 1}
    return _go(request, f"{resolve_url('signin:choose')}?{urlencode(asked)}", status=401)


def _send(request: HttpRequest, person: Contact) -> HttpResponse:
    channels = _channels(person, request.POST)
    offers = channels.offers
    asked = confirmers_of(person, offers, now())
    form = RequestForm(request.POST, asking=offers.asking, confirmers=asked)
    files = taken(request, person, NEW_REQUEST, form)
    if not form.is_valid():
        return _page(request, person, form, channels)
    submission = f"{person.pk}-{form.cleaned_data['submission'] or ''}".rstrip("-")
    ticket = sent_as(submission)
    if ticket is None:
        before = same_before(person, form.cleaned_data["body"], since=now() - SAME_WITHIN)
        # Another press of this very form may have been stored just now: it is no other request.
        if before and before.submission != submission and "as_new" not in request.POST:
            if "add" not in request.POST:
                return _page(request, person, form, channels, before)
            return _add(request, person, before, form, files)
        opening = _opening(person, form, offers.asking, submission)
        with transaction.atomic():
            ticket = open_ticket(opening, at=now())
            attach_waiting(ticket.messages.earliest("pk"), files.waiting)
            ask_to_endorse(ticket, form.asked_to_confirm, contact=person, at=now())
    keeping.forget(request, PLACE)
    return _go(request, f"{resolve_url('portal:request', number=ticket.pk)}?sent=1")


def _opening(person: Contact, form: RequestForm, asking: Asking, submission: str) -> Opening:
    facts, said = form.cleaned_data, form.said
    return Opening(
        sender=Sender(contact=person),
        body=facts["body"],
        channel=form_for(asking.terms, said.severity) if said and asking.terms else FORM,
        language=facts["language"],
        impact=form.claimed,
        said=said,
        product=asking.asked.about_product,
        environment=asking.asked.environment,
        submission=submission if facts["submission"] else None,
    )


def _add(
    request: HttpRequest, person: Contact, to: Ticket, form: RequestForm, files: Taken
) -> HttpResponse:
    sender = Sender(contact=person, channel=Ticket.Channel.FORM)
    with transaction.atomic():
        message = add_message(to, sender=sender, body=form.cleaned_data["body"], at=now())
        attach_waiting(message, files.waiting)
    keeping.forget(request, PLACE)
    return _go(request, f"{resolve_url('portal:request', number=message.ticket_id)}#latest")


def _go(request: HttpRequest, address: str, *, status: int = 204) -> HttpResponse:
    """Lead on, whether the browser or htmx sent the form; 401 tells it to keep the text."""
    if "HX-Request" not in request.headers:
        return redirect(address)
    answer = HttpResponse(status=status)
    answer.headers["HX-Redirect"] = address
    return answer
