"""Values become the XML that Twilio reads."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree as Xml

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.channels.voice.twilio.core.twiml import (
    HEAD,
    Conference,
    Gather,
    Hangup,
    Pause,
    Play,
    Redirect,
    Reject,
    Say,
    keys_of,
    spelled_keys,
    twiml,
)

# How fast this machine is says nothing about them.
UNHURRIED = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)


def test_verbs_follow_each_other() -> None:
    said = twiml(
        Say("Grüße & Küsse", "de-DE"), Pause(2), Play("https://x/a?b=1&c=2", loop=3), Hangup()
    )
    assert said == (
        f"{HEAD}<Response>"
        '<Say language="de-DE">Grüße &amp; Küsse</Say><Pause length="2" />'
        '<Play loop="3">https://x/a?b=1&amp;c=2</Play><Hangup />'
        "</Response>"
    )
    others = twiml(Play(digits="1w2"), Redirect("https://x/"), Reject())
    assert others == (
        f'{HEAD}<Response><Play digits="1w2" />'
        '<Redirect method="POST">https://x/</Redirect><Reject /></Response>'
    )


def test_keys_are_asked_for() -> None:
    said = twiml(Gather("https://x/pressed/", (Say("Press 1."),), digits=1, seconds=8))
    assert said == (
        f'{HEAD}<Response><Gather input="dtmf" action="https://x/pressed/" method="POST" '
        'timeout="8" actionOnEmptyResult="true" numDigits="1">'
        '<Say language="en-GB">Press 1.</Say></Gather></Response>'
    )
    assert 'finishOnKey="#"' in twiml(Gather("https://x/code/"))


def test_a_conference_has_room_for_who_takes_over_and_no_beep() -> None:
    room = Conference("key", "https://x/left/", "https://x/joined/", starts=False)
    said = Xml.fromstring(twiml(room))
    found = said.find("Dial/Conference")
    assert found is not None
    assert (found.text, found.attrib["maxParticipants"]) == ("key", "3")
    assert found.attrib["startConferenceOnEnter"] == "false"
    assert found.attrib["endConferenceOnExit"] == "true"
    assert found.attrib["beep"] == "false"


@UNHURRIED
@given(st.text(alphabet="0123456789*#", max_size=20))
def test_keys_go_through_an_address_unchanged(keys: str) -> None:
    assert keys_of(spelled_keys(keys)) == keys
    assert quote(spelled_keys(keys)) == spelled_keys(keys)


@UNHURRIED
@given(st.text(max_size=30))
def test_whatever_is_said_can_be_read(words: str) -> None:
    found = Xml.fromstring(twiml(Say(words))).find("Say")
    assert found is not None
    assert len(found.text or "") == len(words)
