"""The way to a person: the channels, the form, and what was sent."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, now

from answerable.accounts.models import Contact
from answerable.intake.asked import asked_in
from answerable.intake.channels import Channels, channels_for
from answerable.intake.confirming import confirmers_of
from answerable.intake.forms import RequestForm
from answerable.intake.offers import Offers, offers_for
from answerable.intake.sending import Sending, Wish
from answerable.intake.sending import send as send_once
from answerable.intake.shown.panel import panel_of
from answerable.knowledge.actions.visiting import go_for_contact
from answerable.tickets.models import Ticket
from answerable.tickets.places import NEW_REQUEST
from answerable.widget.attaching import left_out, taken
from answerable.widget.core.one_person import sounds_like_one
from answerable.widget.guards import WidgetRequest, for_widgets, session_required
from answerable.widget.visiting import keep_story, visitor_of
from answerable.widget.words import contact_page, standing_of_nobody


@for_widgets("POST")
@session_required
def contact(request: WidgetRequest) -> HttpResponse:
    """Show the channels that this person may use, or what there is to do without a plan."""
    channels, visitor = _channels(request), visitor_of(request)
    if visitor.token:
        go_for_contact(visitor, at=now())
    if channels.standing.state == "unknown":
        return _sign_in(request)
    if channels.standing.state in {"outside", "ended"}:
        context = {"standing": channels.standing}
        return render(request, "widget/without_plan.html", context)
    return render(request, "widget/contact.html", {"channels": channels})


@for_widgets("POST")
@session_required
def cards(request: WidgetRequest) -> HttpResponse:
    """Show the cards alone, as they are by now."""
    return render(request, "widget/_cards.html", {"channels": _channels(request)})


def _channels(request: WidgetRequest) -> Channels:
    asked, zone = asked_in(request.POST), get_current_timezone()
    return channels_for(request.widget.contact, asked, now(), zone)


@for_widgets("POST")
@session_required
def email(request: WidgetRequest) -> HttpResponse:
    """Show the form of a new request, filled in with what is known."""
    person = request.widget.contact
    if person is None:
        return _sign_in(request)
    offers = _offers(request, person)
    first = {name: request.POST[name] for name in ("body", "critical") if name in request.POST}
    asked = confirmers_of(person, offers, now())
    filled = first | _filled_in(offers)
    form = RequestForm(initial=filled, asking=offers.asking, confirmers=asked)
    return _form(request, person, form, offers)


@for_widgets("POST")
@session_required
def promise(request: WidgetRequest) -> HttpResponse:
    """Show what the form as it is filled in would be promised."""
    person = request.widget.contact
    if person is None:
        return _sign_in(request)
    critical = bool(request.POST.get("critical"))
    context = {
        "me": person,
        "offers": _offers(request, person),
        "critical": critical,
        "one": critical and sounds_like_one(request.POST.get("body", "")[:2000]),
    }
    return render(request, "widget/_promise.html", context)


@for_widgets("POST")
@session_required
def send(request: WidgetRequest) -> HttpResponse:
    """Send the form once, or show what is missing; where the same was sent lately, ask."""
    person = request.widget.contact
    if person is None:
        return _sign_in(request)
    offers = _offers(request, person)
    asked = confirmers_of(person, offers, now())
    form = RequestForm(request.POST, asking=offers.asking, confirmers=asked)
    if not form.is_valid():
        return _form(request, person, form, offers)
    files = taken(request, person, NEW_REQUEST, form)
    if form.errors:
        return _form(request, person, form, offers)
    wish = next((one for one in Wish if one and one in request.POST), Wish.ASK)
    sending = Sending(person=person, form=form, asking=offers.asking, files=files, wish=wish)
    sent = send_once(sending, at=now())
    if sent.is_asked:
        left_out(files)
        return _form(request, person, form, offers, sent.ticket)
    keep_story(request, sent.ticket)
    context = {
        "ticket": sent.ticket,
        "added": sent.message is not None,
        "panel": panel_of(sent.ticket, now(), get_current_timezone()),
        "me": person,
    }
    return render(request, "widget/sent.html", context)


def _sign_in(request: WidgetRequest) -> HttpResponse:
    standing = standing_of_nobody()
    context = {"contact_page": contact_page(), "standing": standing}
    return render(request, "widget/signed_out.html", context)


def _offers(request: WidgetRequest, person: Contact) -> Offers:
    surface = request.POST.get("surface", "")[:20] or "web"
    return offers_for(person, asked_in(request.POST, surface), now(), get_current_timezone())


def _filled_in(offers: Offers) -> dict[str, object]:
    return asdict(offers.asking.asked) | {"plan": offers.asking.plan}


def _form(
    request: WidgetRequest,
    person: Contact,
    form: RequestForm,
    offers: Offers,
    before: Ticket | None = None,
) -> HttpResponse:
    context = {
        "me": person,
        "form": form,
        "offers": offers,
        "before": before,
        "critical": bool(form["critical"].value()),
    }
    status = 422 if form.errors else 409 if before else 200
    return render(request, "widget/email.html", context, status=status)
