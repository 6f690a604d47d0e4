"""Macros as agents find and write them, and what a line of a chat does with one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from answerable.cast import Cast
from answerable.desk.tests.chatting import macro, taken
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.macros.core.staged import Act
from answerable.macros.models import Macro
from answerable.tickets.models import Ticket


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return ask(here.dana)


def test_macros_on_a_ticket_are_filled_in_with_what_they_do(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    macro(here.lena, "Cert", "Hello {person}, {ticket.eta}.", "en", Act("resolve"))
    found = ana.get(f"/desk/tickets/{ticket.pk}/macros/").json()["macros"]
    assert [(one["name"], one["body"], one["acts"]) for one in found] == [
        (
            "Cert",
            "Hello Dana, {ticket.eta}.",
            [{"kind": "resolve", "value": "", "words": "Resolve"}],
        )
    ]


def test_what_a_line_of_a_chat_stages_is_done_once(here: Cast, ana: Client) -> None:
    made = macro(here.lena, "Tag", "Hello.", "en", Act("add_tag", "Certificate"))
    chat = taken(here.dana, here.ana)
    said: dict[str, Any] = {"reply": "Hello.", "token": "t1", "macro": made.pk}
    said["act"] = json.dumps({"kind": "add_tag", "value": "Certificate"})
    for _ in range(2):
        ana.post(f"/desk/chats/{chat.key}/say/", said, headers=PART)
    assert list(chat.ticket.tags.values_list("name", flat=True)) == ["Certificate"]
    assert Macro.objects.get().used == 1


def test_macros_are_written_by_leads_for_all_and_by_agents_for_themselves(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    lena = sign_in(here.lena)
    facts = {"name": "Cert", "reach": "everybody", "body_en": "Hello {person}"}
    facts |= {"add_tags": "Certificate, SSO", "assign": "me", "hold": "Vendor", "days": "3"}
    page = lena.post("/desk/macros/new/", facts, follow=True).content.decode()
    for words in ("Label Certificate", "Label SSO", "Assign to me", "Hold for 3 days: Vendor"):
        assert words in page
    assert (
        "There is a macro with this name."
        in lena.post("/desk/macros/new/", facts).content.decode()
    )
    made = Macro.objects.get()
    assert ana.get(f"/desk/macros/{made.pk}/").status_code == 404
    refused = ana.post("/desk/macros/new/", facts | {"name": "Mine"}).content.decode()
    assert "Select for whom it is" in refused
    empty = ana.post("/desk/macros/new/", {"name": "Mine", "reach": "own"}).content.decode()
    assert "Enter a text" in empty
    ana.post("/desk/macros/new/", {"name": "Mine", "reach": "own", "body_en": "Hello"})
    assert Macro.objects.get(name="Mine").owner == here.ana
    preview = ana.post("/desk/macros/preview/", {"body_en": "**Hello** {person}"})
    assert "<strong>Hello</strong> Dana" in preview.content.decode()
    lena.post(f"/desk/macros/{made.pk}/retire/")
    assert "Cert" not in ana.get("/desk/macros/").content.decode().split("<main")[1]
