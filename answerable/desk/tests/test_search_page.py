"""The page of search."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, ask
from answerable.search import finding
from answerable.search.actions import follow_log
from answerable.tickets.actions import add_note
from answerable.tickets.models import Ticket


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    made = ask(here.dana)
    add_note(made, agent=here.ben, body="The <b>certificates</b> expired", at=now())
    while follow_log(at=now()):
        pass
    return made


def asked(client: Client, text: str, *, part: bool = False) -> str:
    answer = client.get("/desk/search/", {"q": text}, headers=PART if part else None)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_why_a_ticket_was_found(ana: Client, ticket: Ticket) -> None:
    page = asked(ana, "certificate")
    assert f'href="/desk/tickets/{ticket.pk}/"' in page
    assert "note by Ben" in page
    assert "The &lt;b&gt;<mark>certificates</mark>&lt;/b&gt; expired" in page


def test_the_part_alone_comes_while_one_types(ana: Client, ticket: Ticket) -> None:
    part = asked(ana, "certif", part=True)
    assert part.startswith('<div class="found"')
    assert f"#{ticket.pk}" in part


def test_it_says_what_it_did_not_understand(ana: Client, ticket: Ticket) -> None:
    page = asked(ana, "is:happy certificates")
    assert "“is:happy” is not understood, and was left out." in page
    assert f"#{ticket.pk}" in page


def test_it_says_what_it_took_for_a_typing_error(ana: Client, ticket: Ticket) -> None:
    page = asked(ana, "certifcates is:open")
    assert "No ticket has “certifcates”. Searched for certificates too." in page
    assert '<span class="chip">open</span>' in page


def test_it_leads_from_an_account_to_its_tickets(ana: Client, ticket: Ticket) -> None:
    page = asked(ana, "nordw")
    assert "?q=from%3A%22Nordwind+GmbH%22" in page


def test_where_it_stopped_one_may_look_further_back(
    ana: Client, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_LOOKED", 0)
    page = asked(ana, '"certificates expired"')
    assert "Older tickets were not looked through." in page
    assert (
        f'href="/desk/search/?q=%22certificates+expired%22&amp;below={ticket.pk + 1}"' in page
    )
    monkeypatch.undo()
    answer = ana.get("/desk/search/", {"q": "certificate", "below": str(ticket.pk)})
    assert f"#{ticket.pk}" not in answer.content.decode()
