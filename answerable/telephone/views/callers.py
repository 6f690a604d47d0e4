"""Whoever dials our number: who they are, what it is about, and into the line."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from answerable.accounts.actions.limits import within_limit
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.account import telephone
from answerable.channels.voice.twilio.actions import (
    MOST_TRIES,
    arrive,
    give_up_line,
    identify,
    queue_up,
)
from answerable.channels.voice.twilio.core.twiml import Hangup, Say, Verb
from answerable.channels.voice.twilio.models import Leg
from answerable.channels.voice.twilio.queries import ticket_to_speak_about
from answerable.intake.calling_back import call_limits, wanted_by
from answerable.telephone import said
from answerable.telephone.guards import found_leg, from_provider
from answerable.telephone.views.legs import YES, does, heard
from answerable.tickets.actions import CallOpen, TooManyCalls, Wanted, book_callback
from answerable.tickets.models import Ticket

# Codes that are tried from one number, and from all numbers, in 15 minutes.
TRIES_PER_NUMBER, TRIES_OF_ALL = 9, 200


@from_provider
def arrived(request: HttpRequest) -> HttpResponse:
    """Welcome somebody who dials our number, and ask for their code."""
    told, ours = request.POST, telephone()
    leg = heard(request, arrive(told.get("CallSid", ""), told.get("From", ""), at=now()))
    if ours is None or not ours.takes_calls:
        return does(*said.ends(leg, said.NO_CALLS))
    return does(*said.asks_code(leg))


@from_provider
def code(request: HttpRequest, key: str) -> HttpResponse:
    """Look at a code that was pressed; without one, or after three, they wait unknown."""
    leg = heard(request, found_leg(key))
    keys = request.POST.get("Digits", "")
    if keys and _may_try(leg):
        leg = identify(leg, keys, at=now())
        if not leg.is_identified and leg.tries < MOST_TRIES:
            return does(*said.asks_code(leg))
    if not leg.is_identified:
        return _in_line(request, leg, None, said.say(leg, said.CODE_MISSING))
    known, ticket = said.say(leg, said.CODE_KNOWN), ticket_to_speak_about(leg)
    if ticket is None or ticket.callbacks.waiting().exists():
        return _in_line(request, leg, ticket, known)
    return does(known, *said.asks_about(leg, ticket))


@from_provider
def about(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Let a caller wait: about the request that was named to them, or something new."""
    leg = heard(request, found_leg(key))
    ticket = ticket_to_speak_about(leg, number)
    wanted = ticket if request.POST.get("Digits") == YES else None
    return _in_line(request, leg, wanted)


@from_provider
def late(request: HttpRequest, key: str) -> HttpResponse:
    """Tell a caller whom nobody took what we do instead, and offer to call them back."""
    leg = heard(request, found_leg(key))
    give_up_line(leg, at=now())
    if leg.call is None:
        return does(Hangup())
    may_be_called = _wanted(leg, now()) is not None
    return does(*said.turns_away(leg, leg.call, may_be_called=may_be_called))


@from_provider
def call_me(request: HttpRequest, key: str) -> HttpResponse:
    """Let a caller who pressed the key wait for a call, about the request that they have."""
    leg, at = heard(request, found_leg(key)), now()
    wanted = _wanted(leg, at)
    if request.POST.get("Digits") != YES or leg.call is None or leg.contact is None:
        return does(Hangup())
    if wanted is None:
        return does(*said.ends(leg, said.LATE, number=said.spelled(leg.call.ticket_id)))
    try:
        book_callback(leg.call.ticket, wanted, contact=leg.contact, limits=call_limits(), at=at)
    except CallOpen:
        return does(*said.ends(leg, said.CALLED_ALREADY))
    except TooManyCalls:
        return does(*said.ends(leg, said.LATE, number=said.spelled(leg.call.ticket_id)))
    return does(*said.ends(leg, said.WILL_CALL))


@from_provider
def status(request: HttpRequest) -> HttpResponse:
    """Hear that a caller hung up."""
    leg = Leg.objects.filter(sid=request.POST.get("CallSid", "")).first()
    if leg:
        heard(request, leg)
    return HttpResponse(status=204)


def _in_line(
    request: HttpRequest, leg: Leg, ticket: Ticket | None, *first: Say
) -> HttpResponse:
    call = queue_up(leg, Call.Way.PROVIDER, about=ticket, at=now())
    # They may have hung up meanwhile.
    verbs: tuple[Verb, ...] = said.connects(heard(request, leg), call, *first, starts=False)
    return does(*verbs)


def _wanted(leg: Leg, at: datetime) -> Wanted | None:
    """Return how a caller whom we know can be called back, None where they cannot."""
    return wanted_by(leg.contact, leg.phone, at=at) if leg.contact else None


def _may_try(leg: Leg) -> bool:
    by_number = within_limit("keyed-code", leg.phone or "hidden", TRIES_PER_NUMBER, at=now())
    return within_limit("keyed-code-all", "all", TRIES_OF_ALL, at=now()) and by_number
