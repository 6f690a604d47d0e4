"""A customer's side of a browser call in the panel: by its session, for its person."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import timezone

from answerable.accounts.tests.signing import Server
from answerable.cast import Cast
from answerable.channels.voice.models import Call
from answerable.channels.voice.tests.talking import calls, wants_call
from answerable.widget import served
from answerable.widget.tests.conftest import Script


@pytest.fixture
def dana(here: Cast, server: Server, script: Script) -> Script:
    """The script in Dana's page."""
    script.enters(server.signs(account="nw", email=here.dana.email))
    return script


def asked(script: Script, view: str, **form: str) -> Any:
    """Ask for a view, as the panel does."""
    headers = {"Origin": script.origin, "Authorization": f"Bearer {script.held}"}
    return script.client.post(f"/widget/views/{view}/", form, headers=headers)


def said(script: Script, call: Call, kind: str) -> Any:
    says = json.dumps([{"number": 1, "kind": kind}])
    return asked(script, "talk", key=call.key, after="0", leg="c1", says=says)


def test_it_rings_in_the_panel_of_whoever_waits(here: Cast, dana: Script) -> None:
    callback = wants_call(here.dana)
    before = asked(dana, "ringing").content.decode()
    assert 'data-waits="1"' in before
    assert "data-call=" not in before
    call = calls(here.ana, callback)
    assert call.way == Call.Way.BROWSER
    assert f'data-call="{call.key}"' in asked(dana, "ringing").content.decode()
    assert said(dana, call, "join").json()["call"]["has"] == "c1"


def test_others_and_strangers_find_no_such_call(
    here: Cast, server: Server, dana: Script
) -> None:
    callback = wants_call(here.dana)
    asked(dana, "ringing")
    call = calls(here.ana, callback)
    sam = Script()
    server.at = timezone.now()
    sam.enters(server.signs(account="nw", sub="u-sam", email=here.sam.email))
    assert said(sam, call, "join").status_code == 404
    assert said(Script(), call, "join").status_code == 401
    assert "data-call=" not in asked(sam, "ringing").content.decode()


def test_what_a_call_needs_is_small_and_comes_only_when_one_rings() -> None:
    script = served.call()
    assert len(script.compressed) <= 14 * 1024
    assert script.name.encode() not in served.panel().plain
    assert b"RTCPeerConnection" not in served.panel().plain
    assert b"import " not in script.plain
