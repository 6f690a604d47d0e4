"""The views of the panel say what a person may see, and nothing to whom they are not for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from answerable.accounts.tests.signing import Server
from answerable.cast import Cast
from answerable.portal.tests.helping import sent_by
from answerable.tickets.actions import answer
from answerable.tickets.models import Ticket
from answerable.widget.tests.conftest import PAGE, TODAY, Script

OURS = ["request", "conversation", "say", "solved", "why", "confirm"]


def view(script: Script, name: str, **values: Any) -> Any:
    headers = {"Origin": PAGE, "Authorization": f"Bearer {script.held}"}
    return script.client.post(f"/widget/views/{name}/", values, headers=headers)


@pytest.fixture
def dana(server: Server, script: Script) -> Script:
    script.enters(server.signs())
    return script


@pytest.mark.parametrize("name", OURS)
def test_another_customers_request_is_not_there(here: Cast, dana: Script, name: str) -> None:
    theirs = sent_by(here.olive, "Our secret")
    for number in (theirs.pk, "", "nonsense", 10**30):
        answered = view(dana, name, number=number, body="Mine")
        assert answered.status_code == 404
        assert b"Our secret" not in answered.content
    assert theirs.messages.count() == 1


def test_a_stranger_finds_the_way_to_sign_in_and_no_list(here: Cast, script: Script) -> None:
    script.enters()
    assert b"Sign in to contact Premium Support" in view(script, "contact").content
    assert b"Sign in to contact Premium Support" in view(script, "send", body="x").content
    assert view(script, "requests").status_code == 403
    assert not Ticket.objects.exists()


def test_without_a_session_nothing_is_shown(here: Cast, script: Script) -> None:
    for name in ("frame", "ask", "answers", "contact", "email", "send", "news", *OURS):
        assert view(script, name).status_code == 401


def test_it_speaks_the_readers_language(here: Cast, dana: Script) -> None:
    here.dana.language = "de"
    here.dana.save(update_fields=["language"])
    said = view(dana, "frame").content.decode()
    assert "Wie können wir helfen?" in said
    assert "Geschäftskritisches Problem melden" in said


def test_it_counts_what_came_since_somebody_looked(here: Cast, dana: Script) -> None:
    ticket = sent_by(here.dana, "Exports fail")
    before = TODAY.isoformat()
    assert view(dana, "news", since=before).json() == {"count": 0}
    message = answer(ticket, agent=here.ana, body="We look.", seen=2**62, at=ticket.created_at)
    message.leaves_at = None
    message.save(update_fields=["leaves_at"])
    assert view(dana, "news", since=before).json() == {"count": 1}
    for nonsense in ("", "yesterday", "2025-01-01"):
        assert view(dana, "news", since=nonsense).json() == {"count": 0}


def test_what_was_read_travels_with_the_request_as_far_as_it_may_be_read(
    here: Cast, dana: Script
) -> None:
    assert (
        view(
            dana, "send", body="Exports fail", language="en", read="7,x,99999999999999999999"
        ).status_code
        == 200
    )
    assert Ticket.objects.get().surface == "web"


def test_the_scripts_are_for_any_page(client: Client, db: None) -> None:
    loader = client.get("/widget/1.js")
    assert loader.headers["Access-Control-Allow-Origin"] == "*"
    assert loader.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in loader.headers["Vary"]
    again = client.get("/widget/1.js", headers={"If-None-Match": loader.headers["ETag"]})
    assert again.status_code == 304
    old = client.get("/widget/panel-0000.js")
    newest = client.get(old.headers["Location"])
    assert "immutable" in newest.headers["Cache-Control"]
    assert newest.headers["Content-Type"].startswith("text/javascript")
