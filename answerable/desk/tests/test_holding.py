"""A ticket is put on hold from its page; what that does to its promises is said first."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.queries.holding import presets
from answerable.desk.tests.opening import PART, ask, last_event
from answerable.lib import times
from answerable.tickets.actions import Sender, add_message, answer, mark_delivered
from answerable.tickets.models import Ticket

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    """A ticket whose first reply is due in an hour."""
    return ask(here.dana)


def act(client: Client, ticket: Ticket, path: str = "hold", **data: object) -> str:
    answered = client.post(f"/desk/tickets/{ticket.pk}/{path}/", data, headers=PART)
    return " ".join(answered.content.decode().split())


def asked(client: Client, ticket: Ticket) -> str:
    return " ".join(client.get(f"/desk/tickets/{ticket.pk}/hold/").content.decode().split())


def answered(ticket: Ticket, here: Cast) -> None:
    reply = answer(
        ticket, agent=here.ana, body="Done", seen=last_event(ticket), at=timezone.now()
    )
    mark_delivered(reply, at=timezone.now())


def test_it_says_the_effect_first_and_offers_an_end_before_the_promise(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    due = ticket.clocks.get(metric="first_response").due_at
    now = timezone.now()
    tomorrow = presets(now, BERLIN)[1][0]
    facts = {"until": tomorrow, "kind": "vendor", "reason": "Engineering looks"}
    said = act(ana, ticket, **facts)
    time = times.moment(due, now, BERLIN)
    assert f"The first-reply promise is due {time}, before that." in said
    better = (due - HOUR / 2).replace(second=0, microsecond=0)
    assert f"Hold until {times.moment(better, now, BERLIN)}</button>" in said
    ticket.refresh_from_db()
    assert ticket.state == "open"
    assert "is on hold until" in act(ana, ticket, **facts, instead="1")
    assert ticket.holds.get().until == better


def test_who_has_read_the_effect_may_hold_it_all_the_same(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    now = timezone.now()
    tomorrow = presets(now, BERLIN)[1][0]
    facts = {"until": tomorrow, "kind": "third_party", "reason": "The press waits"}
    time = times.moment(ticket.clocks.get(metric="first_response").due_at, now, BERLIN)
    shown = f"The first-reply promise is due {time}, before that."
    act(ana, ticket, **facts, shown=shown)
    assert ticket.holds.get().until == datetime.fromisoformat(tomorrow)


def test_the_end_before_the_promise_is_chosen_already(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    due = ticket.clocks.get(metric="first_response").due_at
    better = (due - HOUR / 2).replace(second=0, microsecond=0)
    choice = asked(ana, ticket).split(f'value="{better.isoformat()}"')[1].split(">")[0]
    assert "checked" in choice


def test_where_nothing_is_due_it_is_held_at_once_and_taken_back(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    answered(ticket, here)
    tomorrow = presets(timezone.now(), BERLIN)[1][0]
    said = act(ana, ticket, until=tomorrow, kind="scheduled", reason="Until their release")
    assert "is on hold until" in said
    shown = ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "End hold" in shown
    ana.post("/desk/undo/", headers=PART)
    ticket.refresh_from_db()
    assert ticket.state == "waiting"


def test_a_hold_is_ended_and_that_is_taken_back(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    answered(ticket, here)
    act(ana, ticket, until="open", kind="third_party", reason="The press waits")
    assert f"Ended the hold of #{ticket.pk}." in act(ana, ticket, "hold/end")
    ana.post("/desk/undo/", headers=PART)
    ticket.refresh_from_db()
    assert ticket.state == "held"


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"until": "other", "other": "2001-01-01T09:00"}, "Enter a time that lies ahead"),
        ({"until": "other"}, "Enter a date and a time"),
        ({"until": "other", "other": "soon"}, "Enter a date and a time"),
        ({"until": "x"}, "Select until when"),
        ({"until": "open", "kind": "scheduled"}, "Select until when the customer asked"),
        ({"until": "open", "reason": ""}, "Enter a reason"),
    ],
)
def test_it_says_what_is_wrong(
    here: Cast, ana: Client, ticket: Ticket, facts: dict[str, str], problem: str
) -> None:
    usual = {"kind": "vendor", "reason": "Engineering looks"}
    assert problem in act(ana, ticket, **(usual | facts))
    assert not ticket.holds.exists()


def test_the_effect_follows_what_is_chosen(here: Cast, ana: Client, ticket: Ticket) -> None:
    address = f"/desk/tickets/{ticket.pk}/hold/effect/?kind=vendor&until=open"
    shown = ana.get(address, headers=PART).content.decode()
    assert "Hold until somebody ends it. The first-reply promise is due" in shown


def test_the_customers_words_end_it(here: Cast, ana: Client, ticket: Ticket) -> None:
    answered(ticket, here)
    act(ana, ticket, until="open", kind="vendor", reason="Engineering looks")
    add_message(ticket, sender=Sender(contact=here.dana), body="And?", at=timezone.now())
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_mondays_and_mornings_are_those_of_the_readers_wall() -> None:
    at = datetime(2025, 10, 24, 23, 30, tzinfo=BERLIN)
    ends = [datetime.fromisoformat(end) for end, _ in presets(at, BERLIN)]
    assert [end.astimezone(BERLIN).strftime("%a %H:%M %z") for end in ends] == [
        "Sat 00:30 +0200",
        "Sat 09:00 +0200",
        "Mon 09:00 +0100",
        "Fri 09:00 +0100",
    ]
