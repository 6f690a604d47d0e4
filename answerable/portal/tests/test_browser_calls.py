"""A customer's side of a browser call on the portal: it rings where they wait."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.channels.voice.models import Call, Listener
from answerable.channels.voice.tests.talking import calls, wants_call
from answerable.tickets.actions import cancel_callback

PAGES = ["/contact/call/", "/contact/", "/requests/", "/requests/{}/", "/preferences/"]


def said(client: Client, call: Call, kind: str) -> Any:
    says = json.dumps([{"number": 1, "kind": kind}])
    form = {"after": "0", "leg": "c1", "says": says}
    return client.post(f"/contact/call/{call.key}/talk/", form)


def test_a_page_that_waits_can_be_called(cast: Cast, dana: Client) -> None:
    callback = wants_call(cast.dana)
    assert dana.get("/contact/call/bar/").content == b"<div data-waits></div>\n"
    heard_at = Listener.objects.get(contact=cast.dana).heard_at
    assert timezone.now() - heard_at < timedelta(seconds=30)
    call = calls(cast.ana, callback)
    assert call.way == Call.Way.BROWSER
    page = dana.get("/contact/call/bar/").content.decode()
    assert f'data-call="{call.key}"' in page
    assert "Ana is calling you now." in page
    assert said(dana, call, "join").json()["call"]["has"] == "c1"


def test_who_waits_for_no_call_is_not_noted(dana: Client) -> None:
    dana.get("/contact/call/bar/")
    assert not Listener.objects.exists()


def test_a_colleagues_call_is_not_there(cast: Cast, dana: Client, sam: Client) -> None:
    callback = wants_call(cast.dana)
    dana.get("/contact/call/bar/")
    call = calls(cast.ana, callback)
    assert "data-call" not in sam.get("/contact/call/bar/").content.decode()
    assert said(sam, call, "join").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_it_rings_on_every_page_whenever_it_was_opened(
    cast: Cast, dana: Client, sam: Client, address: str
) -> None:
    at = address.format(wants_call(cast.dana).ticket_id)
    page = dana.get(at)
    assert page.content.decode().count("<call-bar") == 1
    assert f"topics=requests-{cast.dana.pk}" in page.content.decode()
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert page.content.decode().count("<live-stream") == 1
    # Who waits for none yet may ask for one elsewhere: their page hears of it.
    assert f"topics=requests-{cast.sam.pk}" in sam.get("/contact/").content.decode()


def test_nobody_is_noted_once_the_call_is_cancelled(cast: Cast, dana: Client) -> None:
    cancel_callback(wants_call(cast.dana), at=timezone.now())
    assert dana.get("/contact/call/bar/").content == b"<div></div>\n"
    assert not Listener.objects.exists()


def test_pages_where_nobody_talks_may_not_ask_for_the_microphone(
    cast: Cast, dana: Client
) -> None:
    wants_call(cast.dana)
    page = dana.get("/outbox/")
    assert "microphone=()" in page.headers["Permissions-Policy"]
    assert "<call-bar" not in page.content.decode()
