"""How an agent has the desk, and peeks: what is kept, and what counts as nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.routing.models import DeskLayout
from answerable.tickets import actions
from answerable.tickets.models import TicketEvent


def test_widths_are_kept_and_stand_in_a_style_sheet_of_the_page(
    here: Cast, ana: Client
) -> None:
    assert "layout.css" not in ana.get("/desk/").content.decode()
    told = {"list": "420", "side": "", "folded": ["side"]}
    assert ana.post("/desk/layout/", told).status_code == 204
    page = ana.get(f"/desk/tickets/{ask(here.dana).pk}/").content.decode()
    assert 'href="/desk/layout.css?list=420"' in page
    assert "desk--side-folded" in page
    style = ana.get("/desk/layout.css?list=420")
    assert style.content.decode() == ".desk{--list-width:420px;}"
    assert "immutable" in style.headers["Cache-Control"]


@pytest.mark.parametrize(
    "told", [{"list": "5"}, {"side": "9000"}, {"list": "x"}, {"folded": ["everything"]}]
)
def test_what_makes_no_sense_is_not_kept(
    here: Cast, ana: Client, told: dict[str, object]
) -> None:
    assert ana.post("/desk/layout/", told).status_code == 422
    assert not DeskLayout.objects.exists()


def test_a_style_sheet_says_nothing_but_widths(here: Cast, ana: Client) -> None:
    style = ana.get("/desk/layout.css", {"list": "1}body{display:none", "side": "300"})
    assert style.content.decode() == ".desk{--side-width:300px;}"


def test_what_waits_is_folded_until_it_is_opened(here: Cast, ana: Client) -> None:
    assert '<details><summary class="queue-group">' in ana.get("/desk/").content.decode()
    ana.post("/desk/layout/", {"folded": []})
    assert "<details open><summary" in ana.get("/desk/").content.decode()


def test_a_peek_says_what_was_said_last_and_writes_nothing(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana, "Exports fail", body="Every export stops.")
    actions.add_note(ticket, agent=here.ben, body="Looking <b>now</b>", at=timezone.now())
    lines = TicketEvent.objects.count()
    shown = ana.get(f"/desk/tickets/{ticket.pk}/peek/").content.decode()
    assert "Every export stops." in shown
    assert "Looking &lt;b&gt;now&lt;/b&gt;" in shown
    assert "Nordwind GmbH" in shown
    assert TicketEvent.objects.count() == lines


def test_a_peek_has_the_last_of_a_long_conversation(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    for number in range(9):
        actions.add_note(ticket, agent=here.ben, body=f"Note {number}", at=timezone.now())
    shown = ana.get(f"/desk/tickets/{ticket.pk}/peek/").content.decode()
    assert "Note 8" in shown
    assert "Note 4" not in shown
