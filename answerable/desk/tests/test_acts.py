"""Taking, assigning, resolving, and taking it back; offers; being on duty."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask, last_event
from answerable.routing.queries import offers_to
from answerable.sla.actions import wake_due
from answerable.tickets import actions
from answerable.tickets.models import Ticket


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return ask(here.dana)


def act(client: Client, ticket: Ticket, what: str, **data: object) -> str:
    answer = client.post(f"/desk/tickets/{ticket.pk}/{what}/", data, headers=PART)
    return " ".join(answer.content.decode().split())


def undo_of(said: str) -> str:
    return said.split('hx-post="')[1].split('"', maxsplit=1)[0].replace("&amp;", "&")


def test_taking_and_taking_it_back(ticket: Ticket, here: Cast, ana: Client) -> None:
    said = act(ana, ticket, "take")
    assert f"Took #{ticket.pk}." in said
    ticket.refresh_from_db()
    assert ticket.assignee == here.ana
    ana.post(undo_of(said), headers=PART)
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_who_comes_second_is_told_who_took_it(
    ticket: Ticket, here: Cast, sign_in: SignIn
) -> None:
    act(sign_in(here.ana), ticket, "take")
    assert "Ana took it" in act(sign_in(here.ben), ticket, "take")


def test_assigning_asks_to_whom_and_can_be_taken_back(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    asked = ana.get(f"/desk/tickets/{ticket.pk}/assign/", headers=PART).content.decode()
    assert all(agent.name in asked for agent in Agent.objects.all())
    assert "Nobody: back into the queue" in asked
    assert "Ravi Patel (off duty)" in asked
    act(ana, ticket, "take")
    said = act(ana, ticket, "assign", to=here.ben.pk)
    assert f"Assigned #{ticket.pk} to Ben Adler." in said
    ana.post(undo_of(said), headers=PART)
    ticket.refresh_from_db()
    assert ticket.assignee == here.ana
    assert "back into the queue" in act(ana, ticket, "assign", to="")


def test_it_is_not_assigned_to_nobody_known(ticket: Ticket, ana: Client) -> None:
    assert "Select a colleague" in act(ana, ticket, "assign", to=99999)


def test_resolving_without_a_reply_asks_for_a_reason(ticket: Ticket, ana: Client) -> None:
    address = f"/desk/tickets/{ticket.pk}/resolve/"
    asked = " ".join(ana.get(address).content.decode().split())
    assert "No reply was sent. The promise is due" in asked
    assert "Write a reply" in asked
    assert "Enter a reason" in act(ana, ticket, "resolve")
    ticket.refresh_from_db()
    assert ticket.state == "open"
    said = act(ana, ticket, "resolve", reason="Asked twice")
    assert f"Resolved #{ticket.pk}." in said
    page = ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Resolved by Ana Silva: Asked twice" in page
    ana.post(undo_of(said), headers=PART)
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_an_answered_ticket_is_resolved_with_one_press(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    seen = last_event(ticket)
    actions.answer(ticket, agent=here.ana, body="Done", seen=seen, at=timezone.now())
    answer = ana.post(f"/desk/tickets/{ticket.pk}/resolve/", follow=True)
    assert f"Resolved #{ticket.pk}." in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.state == "resolved"


def test_a_claim_is_offered_with_its_due_time_and_the_first_one_wins(
    here: Cast, sign_in: SignIn
) -> None:
    ana, ben = sign_in(here.ana), sign_in(here.ben)
    claim = ask(here.dana, "Nobody can sign in", critical=True)
    wake_due(at=timezone.now())
    for client in (ana, ben):
        card = client.get("/desk/offers/").content.decode()
        assert "Business-critical: Nordwind GmbH" in card
        assert "29 min left." in card
    answer = ana.post(f"/desk/tickets/{claim.pk}/claim/", headers=PART)
    assert f"/desk/q/all/{claim.pk}/" in answer.headers["HX-Trigger"]
    assert "Ana took it" in act(ben, claim, "claim")
    assert "Ana took it" in ben.get(f"/desk/offers/?have={claim.pk}").content.decode()
    assert ben.get("/desk/offers/").content.decode().strip() == ""


def test_not_now_puts_an_offer_away_for_oneself(here: Cast, ana: Client) -> None:
    claim = ask(here.dana, critical=True)
    wake_due(at=timezone.now())
    act(ana, claim, "later")
    assert not offers_to(here.ana)
    assert list(offers_to(here.ben)) == [claim]


def test_who_goes_off_duty_is_offered_nothing(here: Cast, ana: Client) -> None:
    answer = ana.post("/desk/duty/", {"on": "0"}, headers=PART)
    assert "Off duty" in answer.content.decode()
    ask(here.dana, critical=True)
    wake_due(at=timezone.now())
    assert not offers_to(here.ana)
    ana.post("/desk/duty/", {"on": "1"})
    here.ana.refresh_from_db()
    assert here.ana.on_duty


def test_what_was_taken_back_is_said_and_stands_in_the_log(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    act(ana, ticket, "take")
    back = ana.post("/desk/undo/", headers=PART).content.decode()
    assert f"Taken back: Took #{ticket.pk}." in back
    page = ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Ana Silva took back that they took it" in page
    assert (
        "There is nothing to take back."
        in ana.post("/desk/undo/", headers=PART).content.decode()
    )


def test_what_a_colleague_changed_meanwhile_is_not_taken_back(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    said = act(ana, ticket, "take")
    actions.assign(ticket, to=here.chidi, agent=here.ben, at=timezone.now())
    back = ana.post(undo_of(said), headers=PART).content.decode()
    assert f"Not taken back. Ben assigned #{ticket.pk} meanwhile." in back
    assert f'href="/desk/tickets/{ticket.pk}/"' in back
