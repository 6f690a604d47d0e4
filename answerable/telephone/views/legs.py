"""Calls that we make: what to do with each leg, and what became of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from answerable.channels.voice.models import Recording
from answerable.channels.voice.twilio.actions import agree, hear, joined
from answerable.channels.voice.twilio.core.legs import told_by
from answerable.channels.voice.twilio.core.twiml import Hangup, Verb, keys_of, twiml
from answerable.channels.voice.twilio.later import FETCH, defer_recording
from answerable.channels.voice.twilio.models import Leg
from answerable.telephone import said
from answerable.telephone.guards import found_leg, from_provider

XML = "text/xml; charset=utf-8"
YES = "1"
JOIN = "participant-join"


@from_provider
def answered(request: HttpRequest, key: str) -> HttpResponse:
    """Say what is heard by who answers."""
    leg = heard(request, found_leg(key))
    match leg.side:
        case Leg.Side.TEST:
            return does(*said.asks_tester(leg))
        case Leg.Side.AGENT | Leg.Side.NEXT:
            return does(*_agent_answered(leg))
    return does(*_contact_answered(leg))


@from_provider
def pressed(request: HttpRequest, key: str) -> HttpResponse:
    """Connect an agent who pressed the key."""
    leg = heard(request, found_leg(key))
    if request.POST.get("Digits") != YES:
        return does(Hangup())
    if not agree(leg, at=now()):
        return does(*said.ends(leg, said.AGENT_LATE))
    if leg.call is None:
        return does(*said.ends(leg, said.TEST_HEARD))
    return does(*said.connects(leg, leg.call))


@from_provider
def waiting(request: HttpRequest, key: str) -> HttpResponse:
    """Say how it stands to somebody who waits for the other side."""
    leg = found_leg(key)
    if leg.call is None or leg.call.ended_at:
        return does(Hangup())
    return does(*said.waits(leg, leg.call))


@from_provider
def status(request: HttpRequest, key: str) -> HttpResponse:
    """Hear how a leg goes on."""
    heard(request, found_leg(key))
    return HttpResponse(status=204)


@from_provider
def machine(request: HttpRequest, key: str) -> HttpResponse:
    """Hear whether a person or a machine answered."""
    heard(request, found_leg(key))
    return HttpResponse(status=204)


@from_provider
def conference(request: HttpRequest, key: str) -> HttpResponse:
    """Hear who came into a conference; all of it is told under the first one's address."""
    leg = found_leg(key)
    told = request.POST
    who = Leg.objects.filter(call=leg.call, sid=told.get("CallSid", "")).first()
    if who and leg.call_id and told.get("StatusCallbackEvent") == JOIN:
        joined(who, told.get("ConferenceSid", ""), at=now())
    return HttpResponse(status=204)


@from_provider
def left(request: HttpRequest, key: str) -> HttpResponse:
    """End the leg of who comes out of a conference; a machine has our message before."""
    leg = heard(request, found_leg(key))
    if leg.call and leg.message_at:
        return does(*said.leaves(leg, leg.call))
    return does(Hangup())


@from_provider
def message(request: HttpRequest, key: str) -> HttpResponse:
    """Leave a message on an answering machine."""
    leg = heard(request, found_leg(key))
    if leg.call is None or leg.message_at is None:
        return does(Hangup())
    return does(*said.leaves(leg, leg.call))


@from_provider
def who_comes(request: HttpRequest, key: str) -> HttpResponse:
    """Tell a customer who takes their call over."""
    leg = found_leg(key)
    agent = leg.call.agent.name if leg.call and leg.call.agent else ""
    return does(said.say(leg, said.AGENT_COMES, agent=agent))


@from_provider
def keys(request: HttpRequest, key: str, keys: str) -> HttpResponse:
    """Let somebody's side of a call hear the tones of keys."""
    found_leg(key)
    return does(*said.tones(keys_of(keys)))


@from_provider
def recorded(request: HttpRequest, key: str) -> HttpResponse:
    """Hear that a recording is over; it is fetched from the account, whatever this names."""
    leg = found_leg(key)
    named = request.POST.get("RecordingSid", "")
    recording = Recording.objects.filter(call=leg.call_id, provider_key=named[:64]).first()
    if recording and leg.call_id:
        defer_recording(FETCH, recording.pk)
    return HttpResponse(status=204)


def heard(request: HttpRequest, leg: Leg) -> Leg:
    """Add what a request tells of a leg to what is known of it, and return the leg."""
    at = now()
    told = told_by(request.POST.dict(), at=at)
    hear(leg, told, sid=request.POST.get("CallSid", "")[:64], at=at)
    return found_leg(leg.key)


def does(*verbs: Verb) -> HttpResponse:
    """Return what the provider is to do."""
    return HttpResponse(twiml(*verbs), content_type=XML)


def _agent_answered(leg: Leg) -> tuple[Verb, ...]:
    if leg.call is None or leg.call.ended_at or leg.cut_at:
        return said.ends(leg, said.AGENT_LATE)
    return said.asks_agent(leg, leg.call)


def _contact_answered(leg: Leg) -> tuple[Verb, ...]:
    """Connect a customer who answered: the agent is there, or comes."""
    call = leg.call
    if call and leg.message_at and leg.facts().is_machine:
        return said.leaves(leg, call)
    if call is None or call.ended_at or leg.cut_at:
        return (Hangup(),)
    if call.legs.filter(side=Leg.Side.AGENT, agreed_at__isnull=False).exists():
        return said.connects(leg, call)
    agent = call.agent.name if call.agent else ""
    return said.connects(leg, call, said.say(leg, said.CONNECTING, agent=agent))
