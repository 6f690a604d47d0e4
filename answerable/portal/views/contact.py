"""The page that sends a request: the promise stands on it before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import get_current_timezone, now

from answerable.accounts.access import contact_of
from answerable.accounts.models import Contact
from answerable.intake.asked import asked_in
from answerable.intake.channels import Channels, channels_for
from answerable.intake.confirming import confirmers_of
from answerable.intake.forms import RequestForm
from answerable.intake.known import known_to
from answerable.intake.offers import Offers, offers_for
from answerable.intake.read_before import Before, before_in, remember, searched_in
from answerable.intake.sending import Sending, Wish, send
from answerable.intake.visits import NAME as VISIT
from answerable.intake.visits import named_in, visitor_of
from answerable.knowledge.actions import go_for_contact
from answerable.live.queries import newest_number
from answerable.portal import keeping
from answerable.portal.attaching import taken, waiting_for
from answerable.tickets.models import Ticket
from answerable.tickets.places import NEW_REQUEST

PLACE = "request"


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
    if _carried(request) and (visitor := visitor_of(request)):
        go_for_contact(visitor, at=now())
    before = _carried(request) | keeping.kept(request, PLACE)
    channels = _channels(person, before)
    offers = channels.offers
    form = RequestForm(
        initial={"body": searched_in(before)} | before | _filled_in(offers),
        asking=offers.asking,
        confirmers=confirmers_of(person, offers, now()),
    )
    return _page(request, person, form, channels)


def _channels(person: Contact | None, values: Mapping[str, object]) -> Channels:
    return channels_for(person, asked_in(values), now(), get_current_timezone())


def _carried(request: HttpRequest) -> dict[str, str]:
    """Return what an address brings along; it fills in nothing else of the form."""
    return {name: request.GET[name] for name in ("about", "q", VISIT) if name in request.GET}


def _read_before(request: HttpRequest, person: Contact | None) -> Before:
    """Return what they came from: as the form says, or what was kept, or the address."""
    kept = keeping.kept(request, PLACE)
    return before_in(_carried(request) | kept | request.POST.dict(), person, now())


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
        "before_them": _read_before(request, person),
        "known": known_to(person, now(), get_current_timezone()),
        "after": newest_number(),
        "visit": named_in(request) or keeping.kept(request, PLACE).get(VISIT, ""),
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
    sending = Sending(
        person=person,
        form=form,
        asking=offers.asking,
        files=files.waiting,
        wish=next((wish for wish in Wish if wish in request.POST), Wish.ASK),
    )
    sent = send(sending, at=now())
    if sent.is_asked:
        return _page(request, person, form, channels, sent.ticket)
    remember(_read_before(request, person), sent.ticket, visitor_of(request), at=now())
    keeping.forget(request, PLACE)
    end = "#latest" if sent.message else "?sent=1"
    return _go(request, f"{resolve_url('portal:request', number=sent.ticket.pk)}{end}")


def _go(request: HttpRequest, address: str, *, status: int = 204) -> HttpResponse:
    """Lead on, whether the browser or htmx sent the form; 401 tells it to keep the text."""
    if "HX-Request" not in request.headers:
        return redirect(address)
    answer = HttpResponse(status=status)
    answer.headers["HX-Redirect"] = address
    return answer
