"""An agent's side of a browser call: the bar, what its page says, and who else is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.channels.voice.actions.listening import listens
from answerable.channels.voice.models import Call, Recording
from answerable.channels.voice.tests.talking import calls, wants_call
from answerable.desk.tests.opening import PART, SignIn


@pytest.fixture
def call(here: Cast) -> Call:
    """Ana calls Dana, whose page is open."""
    callback = wants_call(here.dana)
    listens(here.dana, at=timezone.now())
    return calls(here.ana, callback)


def said(client: Client, call: Call, *kinds: str, **form: str) -> Any:
    says = [{"number": place, "kind": kind} for place, kind in enumerate(kinds, 1)]
    body = {"after": "0", "leg": "a1", "says": json.dumps(says), **form}
    return client.post(f"/desk/calls/{call.key}/talk/", body)


def test_the_bar_is_there_while_a_call_goes_on(ana: Client, here: Cast, call: Call) -> None:
    page = ana.get("/desk/calls/bar/", headers=PART).content.decode()
    assert f'data-call="{call.key}"' in page
    assert 'aria-label="Call"' in page
    assert "Dana Wolf" in page
    said(ana, call, "join", "end")
    assert ana.get("/desk/calls/bar/", headers=PART).content == b""


def test_a_page_is_told_how_it_stands(ana: Client, call: Call) -> None:
    told = said(ana, call, "join", servers="1").json()
    assert told["call"]["has"] == "a1"
    assert told["call"]["words"] == "Calling Dana Wolf …"
    assert told["connecting"]["iceTransportPolicy"] == "all"


@pytest.mark.parametrize("says", ["{", "[[]]", '[{"number": 1, "kind": "shout"}]'])
def test_what_no_page_says_is_refused(ana: Client, call: Call, says: str) -> None:
    assert said(ana, call, says=says).status_code == 400
    assert said(ana, call, leg="../etc").status_code == 400
    assert said(ana, call, after="x").status_code == 400


def test_another_agents_call_is_not_there(here: Cast, sign_in: SignIn, call: Call) -> None:
    ben = sign_in(here.ben)
    assert ben.get("/desk/calls/bar/", headers=PART).content == b""
    assert said(ben, call, "join").status_code == 404
    recording = Recording.objects.create(call=call, begun_at=timezone.now())
    address = f"/desk/calls/{call.key}/recordings/{recording.pk}/0/"
    assert ben.post(address, b"sound", "audio/webm").status_code == 404
    assert not recording.pieces.exists()


def test_a_customer_has_no_agents_side(here: Cast, sign_in: SignIn, call: Call) -> None:
    dana = sign_in(here.dana)
    assert said(dana, call, "join").status_code == 404
    assert dana.get("/desk/calls/bar/").status_code == 404
    assert said(Client(), call, "join").status_code == 302


def test_pieces_of_a_recording_are_kept_as_they_come(ana: Client, call: Call) -> None:
    recording = Recording.objects.create(call=call, begun_at=timezone.now())
    address = f"/desk/calls/{call.key}/recordings/{recording.pk}"
    for number, more in ((0, ""), (1, "?last=1")):
        answer = ana.post(f"{address}/{number}/{more}", b"sound", "audio/webm")
        assert answer.status_code == 204
    recording.refresh_from_db()
    assert recording.file
    assert recording.file.size == 10
    assert ana.post(f"{address}/2/", b"more", "audio/webm").status_code == 409
    assert ana.post(f"{address[:-1]}999/0/", b"more", "audio/webm").status_code == 404


def test_only_where_one_talks_may_pages_ask_for_the_microphone(ana: Client) -> None:
    desk = ana.get("/desk/").headers["Permissions-Policy"]
    assert "microphone=(self)" in desk
    assert "display-capture=(self)" in desk
    assert "camera=()" in desk
    other = Client().get("/signin/").headers["Permissions-Policy"]
    assert "microphone=()" in other
    assert "display-capture=()" in other
