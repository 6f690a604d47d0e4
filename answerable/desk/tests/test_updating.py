"""After a decision the next update is proposed; it may be promised at any time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask, last_event
from answerable.lib import times
from answerable.sla.actions import promise_update
from answerable.sla.models import Clock
from answerable.tickets.actions import answer, confirm_claim, mark_delivered
from answerable.tickets.models import Ticket

MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")
CHANGE = {"decision": "change", "reason": "few", "words": "One report is affected."}


@pytest.fixture
def claim(here: Cast) -> Ticket:
    return ask(here.dana, "Nobody can sign in", critical=True, at=timezone.now())


def words(answer: bytes) -> str:
    return " ".join(answer.decode().split())


def act(client: Client, ticket: Ticket, path: str, **data: str) -> str:
    return words(client.post(f"/desk/tickets/{ticket.pk}/{path}/", data, headers=PART).content)


def page(client: Client, ticket: Ticket) -> str:
    return words(client.get(f"/desk/tickets/{ticket.pk}/").content)


def promised(ticket: Ticket) -> list[tuple[str, datetime]]:
    clocks = Clock.objects.filter(ticket=ticket, metric="promised_update").order_by("pk")
    return list(clocks.values_list("outcome", "due_at"))


def proposed(shown: str) -> datetime:
    found = re.search(r'<option value="([^"]+)">', shown)
    assert found
    return datetime.fromisoformat(found[1])


def replied(ticket: Ticket, here: Cast) -> None:
    reply = answer(
        ticket, agent=here.ana, body="We look.", seen=last_event(ticket), at=timezone.now()
    )
    mark_delivered(reply, at=timezone.now())


@pytest.mark.parametrize(("decision", "within"), [({"decision": "confirm"}, 30), (CHANGE, 60)])
def test_after_both_decisions_it_is_proposed_and_one_press_promises_it(
    claim: Ticket, ana: Client, decision: dict[str, str], within: int
) -> None:
    shown = act(ana, claim, "triage", **decision)
    assert "Next update promised by" in shown
    assert 'id="next-update-promise"' in shown
    due = proposed(shown)
    now = timezone.now()
    assert now + within * MINUTE / 2 < due <= now + within * MINUTE
    said = act(ana, claim, "promise-update", until=due.isoformat(), **{"from": "triage"})
    time = times.moment(due, now, BERLIN)
    assert f"Next update promised by {time}." in said
    assert promised(claim) == [("running", due)]
    shown = page(ana, claim)
    # One of tomorrow has its day instead of seconds.
    until = rf"(?:\w+ )?{times.clock_time(due, BERLIN)}(?::00)?"
    assert re.search(rf"Next update promised by {until} · Ana Silva", shown)
    assert "next-update-promise" not in shown


def test_it_can_be_declined_and_is_not_asked_again(claim: Ticket, ana: Client) -> None:
    due = proposed(act(ana, claim, "triage", decision="confirm"))
    act(ana, claim, "promise-update", until=due.isoformat(), none="1", **{"from": "triage"})
    shown = page(ana, claim)
    assert "Ana Silva promised no update" in shown
    assert "next-update-promise" not in shown
    assert promised(claim) == []


def test_while_it_is_critical_each_update_asks_for_the_next(
    claim: Ticket, here: Cast, ana: Client
) -> None:
    confirm_claim(claim, agent=here.ana, at=timezone.now())
    assert "next-update-promise" in page(ana, claim)
    due = timezone.now() + 30 * MINUTE
    promise_update(claim, due, agent=here.ana, at=timezone.now())
    assert "next-update-promise" not in page(ana, claim)
    replied(claim, here)
    assert promised(claim) == [("met", due)]
    assert "next-update-promise" in page(ana, claim)


def test_it_is_promised_and_moved_at_any_time(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    assert "Promise an update by…" in page(ana, ticket)
    asked = words(ana.get(f"/desk/tickets/{ticket.pk}/promise-update/").content)
    assert "Next update by" in asked
    other = (timezone.now() + timedelta(days=1)).astimezone(BERLIN)
    typed = other.strftime("%Y-%m-%dT%H:%M")
    act(ana, ticket, "promise-update", until="other", other=typed)
    first = other.replace(second=0, microsecond=0)
    assert promised(ticket) == [("running", first)]
    asked = words(ana.get(f"/desk/tickets/{ticket.pk}/promise-update/").content)
    assert "An update is promised by" in asked
    sooner = first - timedelta(hours=2)
    act(ana, ticket, "promise-update", until=sooner.isoformat())
    assert promised(ticket) == [("running", sooner)]
    done = words(ana.post("/desk/undo/", follow=True).content)
    assert "Taken back: Next update promised by" in done
    assert promised(ticket) == [("running", first)]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({}, "Select by when"),
        ({"until": "soon"}, "Select by when"),
        ({"until": "other"}, "Enter a date and a time"),
        ({"until": "2020-01-01T00:00:00+00:00"}, "Enter a time that lies ahead"),
        ({"until": "other", "other": "2020-01-01T00:00"}, "Enter a time that lies ahead"),
    ],
)
def test_it_says_what_is_missing_and_promises_nothing(
    here: Cast, ana: Client, data: dict[str, str], error: str
) -> None:
    ticket = ask(here.dana)
    assert error in act(ana, ticket, "promise-update", **data)
    assert promised(ticket) == []


def test_nothing_is_promised_on_what_is_resolved(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    replied(ticket, here)
    act(ana, ticket, "resolve")
    assert "Nothing can be promised here" in act(ana, ticket, "promise-update", until="x")


def test_the_customer_reads_by_when_and_that_it_is_late(here: Cast, sign_in: SignIn) -> None:
    ticket, now = ask(here.dana), timezone.now()
    due = now + 45 * MINUTE
    promise_update(ticket, due, agent=here.ana, at=now)
    dana = sign_in(here.dana)
    assert f"Next update by {times.moment(due, now, BERLIN)}." in words(
        dana.get(f"/requests/{ticket.pk}/").content
    )
    replied(ticket, here)
    read = words(dana.get(f"/requests/{ticket.pk}/").content)
    assert "Next update by" not in read
    assert "Promised update: promise kept" in read
    late = ask(here.dana)
    promise_update(late, now, agent=here.ana, at=now - 5 * MINUTE)
    read = words(dana.get(f"/requests/{late.pk}/").content)
    assert "The next update is late. It was promised by" in read
