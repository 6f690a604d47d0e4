"""What Twilio is to do with a call, as values, and as the XML that it reads (TwiML). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree import ElementTree as Xml

# What XML cannot say at all.
UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(frozen=True, slots=True)
class Say:
    """Words that are read out, in a language such as de-DE."""

    words: str
    language: str = "en-GB"


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence, for a number of seconds."""

    seconds: int = 1


@dataclass(frozen=True, slots=True)
class Play:
    """A sound of the web, or key tones ("w" waits half a second)."""

    url: str = ""
    digits: str = ""
    loop: int = 1


@dataclass(frozen=True, slots=True)
class Gather:
    """Keys that are asked for, while words are read out, and the address that is told them.

    With `digits`, that many end it; else # does. Who presses nothing for `seconds` goes on to
    the next verb.
    """

    action: str
    said: tuple[Say | Pause, ...] = ()
    digits: int | None = None
    seconds: int = 5


@dataclass(frozen=True, slots=True)
class Conference:
    """Lets a call into a conference, where those in it hear each other.

    `starts`: those who wait hear it from then on; `ends`: it is over when this call leaves.
    `wait_url` says what is heard until it starts, `action` where to go on after it, `told`
    who is told of who comes and goes.
    """

    name: str
    action: str
    told: str
    wait_url: str = ""
    starts: bool = True
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Redirect:
    """Goes on at another address."""

    url: str


@dataclass(frozen=True, slots=True)
class Hangup:
    """Ends the call."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Does not take a call at all; its caller hears that it is busy, and it costs nothing."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text message is answered with another one."""

    words: str


Verb = Say | Pause | Play | Gather | Conference | Redirect | Hangup | Reject | Text
EVENTS = "start end join leave"
# Both, and for a moment who takes the call over.
MOST_INSIDE = "3"
KEYS = frozenset("0123456789*#")
YES: Mapping[bool, str] = MappingProxyType({True: "true", False: "false"})


def twiml(*verbs: Verb) -> str:
    """Return what Twilio is answered: these verbs, one after the other."""
    root = Xml.Element("Response")
    for verb in verbs:
        _add(root, verb)
    return HEAD + Xml.tostring(root, encoding="unicode")


def _add(parent: Xml.Element, verb: Verb) -> None:
    match verb:
        case Gather():
            _add_gather(parent, verb)
        case Conference():
            _add_conference(parent, verb)
        case Hangup() | Reject():
            Xml.SubElement(parent, type(verb).__name__)
        case _:
            _add_simple(parent, verb)


def _add_simple(parent: Xml.Element, verb: Say | Pause | Play | Redirect | Text) -> None:
    match verb:
        case Say(words, language):
            Xml.SubElement(parent, "Say", language=language).text = UNSAYABLE.sub(" ", words)
        case Pause(seconds):
            Xml.SubElement(parent, "Pause", length=str(seconds))
        case Play(url, digits, loop):
            told = {"digits": digits} if digits else {"loop": str(loop)}
            Xml.SubElement(parent, "Play", told).text = url or None
        case Text(words):
            Xml.SubElement(parent, "Message").text = UNSAYABLE.sub(" ", words)
        case Redirect(url):
            Xml.SubElement(parent, "Redirect", method="POST").text = url


def _add_gather(parent: Xml.Element, verb: Gather) -> None:
    ends = {"numDigits": str(verb.digits)} if verb.digits else {"finishOnKey": "#"}
    # Nothing pressed is told too: it counts as an answer.
    asked = {
        "input": "dtmf",
        "action": verb.action,
        "method": "POST",
        "timeout": str(verb.seconds),
        "actionOnEmptyResult": "true",
    }
    gather = Xml.SubElement(parent, "Gather", asked | ends)
    for said in verb.said:
        _add_simple(gather, said)


def _add_conference(parent: Xml.Element, verb: Conference) -> None:
    dial = Xml.SubElement(parent, "Dial", action=verb.action, method="POST")
    facts = {
        "beep": "false",
        "startConferenceOnEnter": YES[verb.starts],
        "endConferenceOnExit": YES[verb.ends],
        "waitUrl": verb.wait_url,
        "waitMethod": "POST",
        "maxParticipants": MOST_INSIDE,
        "statusCallback": verb.told,
        "statusCallbackEvent": EVENTS,
        "statusCallbackMethod": "POST",
    }
    Xml.SubElement(dial, "Conference", facts).text = verb.name


def spelled_keys(keys: str) -> str:
    """Return keys as an address can have them: s is *, h is #."""
    return keys.translate(str.maketrans("*#", "sh"))


def keys_of(spelled: str) -> str:
    """Return keys from an address; whatever is none is left out."""
    keys = spelled.translate(str.maketrans("sh", "*#"))
    return "".join(key for key in keys if key in KEYS)
