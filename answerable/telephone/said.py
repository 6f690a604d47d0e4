"""What people hear on the telephone, moment by moment, in their language."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.account import leg_address, telephone
from answerable.channels.voice.twilio.core.twiml import (
    Conference,
    Gather,
    Hangup,
    Pause,
    Play,
    Say,
    Verb,
)
from answerable.channels.voice.twilio.models import Leg
from answerable.channels.voice.twilio.queries import people_ahead
from answerable.tickets.models import Ticket

VOICES = {"de": "de-DE", "en": "en-GB"}
KEYS_SECONDS = 8
# Until somebody who waits hears again how it stands.
AGAIN_SECONDS = 20


AGENT_ASKED = _("{vendor}. Your call about request {number}. Press 1 to be connected.")
AGENT_WAITS = _("It rings at the customer's.")
AGENT_LATE = _("The call is over. Nobody waits any more.")
TEST_ASKED = _("This is the test of your telephone for {vendor}. Press 1 if you hear this.")
TEST_HEARD = _("We heard the key. Your telephone works.")
CODE_ASKED = _(
    "Welcome to {vendor} support. Enter your support code, letters as on the keys, then press "
    "the hash key. Without a code, press the hash key."
)
CODE_ASKED_AGAIN = _(
    "We do not know this code. Enter it again, then press the hash key. Without a code, press "
    "the hash key."
)
CODE_KNOWN = _("Thank you. We know who you are.")
CODE_MISSING = _("We ask who you are before we speak about your account.")
ABOUT_ASKED = _("To speak about your request {number}, press 1. For something new, press 2.")
CONNECTING = _("This is {vendor}. {agent} comes on the line.")
AGENT_COMES = _("{agent} comes on the line.")
IN_LINE = _("You are number {place} in line.")
HELD = _("One moment. We are right back with you.")
LATE = _(
    "Nobody could take your call. It is noted as request {number}, and we answer it in writing."
)
TO_BE_CALLED = _("To be called back, press 1.")
WILL_CALL = _("Thank you. We call you at this number as soon as somebody is free.")
CALLED_ALREADY = _("Thank you. You are on our list already.")
MESSAGE = _(
    "Hello, this is {vendor}. You asked us to call you about request {number}. The page of "
    "your request says when we try again, and takes another number. Goodbye."
)
NO_CALLS = _("This number takes no calls. Write to {vendor} support, or ask us to call you.")


def say(leg: Leg, words: Promise, **gaps: object) -> Say:
    """Return words of this module as they are read out to whoever has a leg."""
    language = leg.language if leg.language in VOICES else "en"
    with override(language):
        said = str(words).format(vendor=settings.ANSWERABLE_VENDOR, **gaps)
    return Say(said, VOICES[language])


def asks_agent(leg: Leg, call: Call) -> tuple[Verb, ...]:
    """Ask an agent to press a key: an answering machine does not. It says no customer's name,
    which such a machine would keep."""
    asked = say(leg, AGENT_ASKED, number=spelled(call.ticket_id))
    return (_keys(leg, "pressed", asked, Pause(2), asked, digits=1), Hangup())


def asks_tester(leg: Leg) -> tuple[Verb, ...]:
    """Ask an administrator to press a key: then both ways were heard."""
    asked = say(leg, TEST_ASKED)
    return (_keys(leg, "pressed", asked, Pause(2), asked, digits=1), Hangup())


def asks_code(leg: Leg) -> tuple[Verb, ...]:
    """Ask a caller for their support code."""
    words = CODE_ASKED_AGAIN if leg.tries else CODE_ASKED
    return (_keys(leg, "code", say(leg, words)),)


def asks_about(leg: Leg, ticket: Ticket) -> tuple[Verb, ...]:
    """Ask a caller whom we know whether it is about their last request."""
    asked = say(leg, ABOUT_ASKED, number=spelled(ticket.pk))
    return (_keys(leg, f"about/{ticket.pk}", asked, digits=1),)


def connects(leg: Leg, call: Call, *first: Say, starts: bool = True) -> tuple[Verb, ...]:
    """Let a leg into the call's conference; with `starts` false it waits for the other."""
    room = Conference(
        name=call.key,
        action=leg_address(leg, "left"),
        told=leg_address(leg, "joined"),
        wait_url=leg_address(leg, "waiting"),
        starts=starts,
    )
    return (*first, room)


def waits(leg: Leg, call: Call) -> tuple[Verb, ...]:
    """Say how it stands to somebody who waits; asked for again and again while they do."""
    return (_how_it_stands(leg, call), Pause(AGAIN_SECONDS))


def leaves(leg: Leg, call: Call) -> tuple[Verb, ...]:
    """Say to an answering machine what it is to keep, in the customer's language: the vendor's
    own words, or ours."""
    ours = telephone()
    own = (ours.message_de if leg.language == "de" else ours.message_en) if ours else ""
    if own:
        return (Pause(1), Say(own, VOICES.get(leg.language, VOICES["en"])), Hangup())
    return (Pause(1), say(leg, MESSAGE, number=spelled(call.ticket_id)), Hangup())


def turns_away(leg: Leg, call: Call, *, may_be_called: bool) -> tuple[Verb, ...]:
    """Tell a caller whom nobody took what we do instead, and offer to call them."""
    late = say(leg, LATE, number=spelled(call.ticket_id))
    if not may_be_called:
        return (late, Hangup())
    return (_keys(leg, "call-me", late, say(leg, TO_BE_CALLED), digits=1), Hangup())


def tones(keys: str) -> tuple[Verb, ...]:
    """Play the tones of keys."""
    return (Play(digits=keys),)


def ends(leg: Leg, words: Promise, **gaps: object) -> tuple[Verb, ...]:
    """Say why a call ends, and end it."""
    return (say(leg, words, **gaps), Hangup())


def spelled(number: int) -> str:
    """Return a number so that it is read out figure by figure."""
    return " ".join(str(number))


def _how_it_stands(leg: Leg, call: Call) -> Say:
    if leg.side == Leg.Side.AGENT:
        return say(leg, AGENT_WAITS)
    if call.connected_at:
        return say(leg, HELD)
    if call.agent:
        return say(leg, AGENT_COMES, agent=call.agent.name)
    return say(leg, IN_LINE, place=people_ahead(call) + 1)


def _keys(leg: Leg, what: str, *said: Say | Pause, digits: int | None = None) -> Gather:
    return Gather(leg_address(leg, what), said, digits, KEYS_SECONDS)
