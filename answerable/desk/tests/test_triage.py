"""The decision on a claim: asked plainly, explained first, in force once that arrived."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, ask
from answerable.lib import times
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock
from answerable.tickets import actions
from answerable.tickets.models import Claim, Ticket

MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")
CHANGE = {"decision": "change", "reason": "few", "words": "One report is affected."}


@pytest.fixture
def claim(here: Cast) -> Ticket:
    return ask(here.dana, "Nobody can sign in", critical=True, at=timezone.now())


def decide(client: Client, ticket: Ticket, data: dict[str, str], **more: object) -> str:
    answer = client.post(f"/desk/tickets/{ticket.pk}/triage/", data, **more)  # type: ignore[arg-type]
    return " ".join(answer.content.decode().split())


def page(client: Client, ticket: Ticket) -> str:
    return " ".join(client.get(f"/desk/tickets/{ticket.pk}/").content.decode().split())


def due(ticket: Ticket) -> str:
    clock = Clock.objects.get(ticket=ticket, metric="first_response")
    return times.moment(clock.due_at, timezone.now(), BERLIN)


def test_it_asks_and_preselects_nothing(claim: Ticket, ana: Client) -> None:
    shown = page(ana, claim)
    assert "Business-critical: check" in shown
    assert f"Promise: first reply by {due(claim)}" in shown
    assert "stays until you decide." in shown
    assert "Most or all users cannot sign in or reach tools" in shown
    assert "One person or a small group is affected" in shown
    form = shown.split('class="triage-form"')[1].split("</form>")[0]
    assert "checked" not in form


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"Select a decision"}),
        ({"decision": "maybe"}, {"Select a decision"}),
        (
            {"decision": "change"},
            {"Select a reason from the rubric", "Enter one sentence for the customer"},
        ),
        ({"decision": "change", "reason": "few"}, {"Enter one sentence for the customer"}),
        (CHANGE | {"reason": "weather"}, {"Select a reason from the rubric"}),
        (CHANGE | {"words": "  "}, {"Enter one sentence for the customer"}),
    ],
)
def test_it_says_what_is_missing_and_decides_nothing(
    claim: Ticket, ana: Client, data: dict[str, str], errors: set[str]
) -> None:
    every = {
        "Select a decision",
        "Select a reason from the rubric",
        "Enter one sentence for the customer",
    }
    for headers in ({}, PART):
        shown = decide(ana, claim, data, headers=headers)
        assert {error for error in every if error in shown} == errors
        assert "There is a problem" in shown
    assert Claim.objects.get(ticket=claim).is_open


def test_confirming_keeps_the_promise(claim: Ticket, ana: Client) -> None:
    said = decide(ana, claim, {"decision": "confirm"}, headers=PART)
    assert f"Confirmed business-critical. Reply by {due(claim)}." in said
    shown = page(ana, claim)
    assert "Confirmed business-critical by Ana Silva" in shown
    assert 'class="triage-form"' not in shown


def test_changing_tells_the_customer_first(claim: Ticket, here: Cast, ana: Client) -> None:
    before = due(claim)
    said = decide(ana, claim, CHANGE, headers=PART)
    assert (
        "Changed to standard. Dana is being told why; "
        "the 30-minute promise runs until that is delivered."
    ) in said
    assert due(claim) == before
    assert f"The promise by {before} runs until the customer has the reason." in page(
        ana, claim
    )
    notice = claim.messages.get(kind="notice")
    assert notice.body == CHANGE["words"]
    actions.mark_delivered(notice, at=timezone.now())
    opened = claim.created_at + 60 * MINUTE
    assert due(claim) == times.moment(opened, timezone.now(), BERLIN)


def test_it_shows_the_new_due_time_before_saving(claim: Ticket, ana: Client) -> None:
    due = times.moment(claim.created_at + 60 * MINUTE, timezone.now(), BERLIN)
    assert f"As standard the reply is due {due}." in page(ana, claim)


def test_of_two_decisions_the_second_changes_nothing(
    claim: Ticket, here: Cast, ana: Client
) -> None:
    actions.confirm_claim(claim, agent=here.ben, at=timezone.now())
    said = decide(ana, claim, CHANGE, headers=PART)
    assert "Somebody decided this before you. Nothing was changed." in said
    assert Claim.objects.get(ticket=claim).outcome == "confirmed"


def test_it_says_when_half_the_promise_went_by_without_a_decision(
    here: Cast, ana: Client
) -> None:
    opened = timezone.now() - 16 * MINUTE
    ticket = ask(here.dana, critical=True, at=opened)
    wake_due(at=timezone.now())
    assert "13 minutes left and no decision. Lena has been told." in page(ana, ticket)


def test_a_claim_of_somebody_without_the_guarantee_says_so(here: Cast, ana: Client) -> None:
    shown = page(ana, ask(here.sam, critical=True))
    assert "Sam is not a Super Admin. No guarantee applies." in shown
    assert "stays until you decide." not in shown


def test_who_has_the_guarantee_is_asked_to_confirm(here: Cast, ana: Client) -> None:
    ticket = ask(here.sam, critical=True)
    assert "No guarantee applies. Ask Dana or Kim to confirm?" in page(ana, ticket)
    done = ana.post(f"/desk/tickets/{ticket.pk}/ask-to-confirm/", follow=True)
    assert "Asked Dana and Kim to confirm." in done.content.decode()
    asked = ticket.endorsements.waiting().order_by("contact__name")
    assert [one.contact for one in asked] == [here.dana, here.kim]
    shown = page(ana, ticket)
    assert "A colleague of theirs is asked to confirm." in shown
    assert "Ana Silva asks Dana Wolf, Kim Park to confirm this request" in shown
    again = ana.post(f"/desk/tickets/{ticket.pk}/ask-to-confirm/", follow=True)
    assert "Nobody can be asked to confirm it." in again.content.decode()


def test_what_a_colleague_claimed_is_helped_with_or_taken_over(
    here: Cast, ana: Client, claim: Ticket
) -> None:
    actions.take(claim, agent=here.ben, at=timezone.now() - 2 * MINUTE)
    shown = page(ana, claim)
    assert "Ben claimed this 2 minutes ago." in shown
    assert "Help Ben" in shown
    address = f"/desk/tickets/{claim.pk}/take-over/"
    assert "Enter a reason" in ana.post(address, {}).content.decode()
    done = ana.post(address, {"reason": "I know their identity provider."}, follow=True)
    assert f"Took over #{claim.pk}." in done.content.decode()
    claim.refresh_from_db()
    assert claim.assignee == here.ana
    shown = page(ana, claim)
    assert "@ben.adler I know their identity provider." in shown
    assert "Help Ben" not in shown


def test_a_ticket_without_a_claim_has_no_panel(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    assert 'id="triage"' not in page(ana, ticket)
    said = decide(ana, ticket, CHANGE, headers=PART)
    assert "Nobody claims that this is business-critical." in said
