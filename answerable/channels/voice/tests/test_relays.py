"""How pages are told of the servers by which two browsers find each other."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from answerable.channels.voice.core.relay import credentials
from answerable.channels.voice.models import Call
from answerable.channels.voice.relays import connecting

TEN = datetime(2025, 10, 20, 10, tzinfo=UTC)


def test_a_relay_is_used_by_a_name_that_ends_and_its_hmac() -> None:
    name, password = credentials("secret", "7-agent", TEN)
    assert name == "1760954400:7-agent"
    made = hmac.new(b"secret", name.encode(), hashlib.sha1).digest()
    assert base64.b64decode(password) == made


def test_without_servers_browsers_look_for_each_other_alone() -> None:
    told = connecting(Call(pk=7), "agent", TEN)
    assert told == {"iceServers": [], "iceTransportPolicy": "all"}


@pytest.mark.parametrize("side", ["agent", "contact"])
def test_each_side_gets_a_name_of_its_own(settings: Settings, side: str) -> None:
    settings.ANSWERABLE_STUN = ["stun:relay.example.com"]
    settings.ANSWERABLE_TURN = ["turn:relay.example.com", "turns:relay.example.com:443"]
    settings.ANSWERABLE_TURN_SECRET = "secret"
    settings.ANSWERABLE_TURN_ONLY = True
    told = connecting(Call(pk=7), side, TEN)
    stun, turn = told["iceServers"]
    assert told["iceTransportPolicy"] == "relay"
    assert stun == {"urls": ["stun:relay.example.com"]}
    assert turn["urls"] == settings.ANSWERABLE_TURN
    assert turn["username"].endswith(f":7-{side}")
    assert "secret" not in str(told)
