"""How serious a ticket is and what it is about, on the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.sla.models import Clock
from answerable.sla.tests.plans import row, shipped, sold
from answerable.tickets import actions
from answerable.tickets.actions import Opening, Said, Sender, ask_for_another_look, open_ticket
from answerable.tickets.models import Ticket

HOUR = timedelta(hours=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def lena(here: Cast, sign_in: SignIn) -> Client:
    return sign_in(here.lena)


@pytest.fixture
def urgent(here: Cast, now: datetime) -> Ticket:
    """A ticket under a plan whose clock waits for us to set the severity."""
    shipped(here, "github-premium", at=now)
    answers = (("What is affected in production, and since when?", "All, since nine"),)
    opening = Opening(
        sender=Sender(contact=here.dana),
        body="Nothing builds.",
        channel="form",
        said=Said(severity="urgent", answers=answers),
        product="service",
        environment="production",
    )
    return open_ticket(opening, at=now)


def place(ticket: Ticket, deed: str = "") -> str:
    return f"/desk/tickets/{ticket.pk}/{deed}"


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_it_shows_the_severity_and_what_it_is_about(ana: Client, urgent: Ticket) -> None:
    page = text(ana, place(urgent))
    assert '<span class="ticket-severity">Urgent</span>' in page
    assert "<span>Service, production</span>" in page
    assert "All, since nine" in page
    assert "chip--critical" in page


def test_premium_shows_no_severity_of_its_own(here: Cast, ana: Client) -> None:
    assert "ticket-severity" not in text(ana, place(ask(here.dana)))


def test_setting_what_the_customer_said_starts_the_clock(ana: Client, urgent: Ticket) -> None:
    shown = text(ana, place(urgent, "severity/"))
    assert "Urgent (as it is)" in shown
    assert "All, since nine" in shown
    answer = ana.post(place(urgent, "severity/"), {"severity": "urgent"})
    assert answer.headers["Location"] == place(urgent)
    page = text(ana, place(urgent))
    assert f"#{urgent.pk} is Urgent." in page
    assert "Severity set by Ana Silva: Urgent" in page
    assert Clock.objects.filter(ticket=urgent, metric="first_response").exists()


def test_another_one_needs_a_sentence_that_the_customer_reads(
    here: Cast, ana: Client, urgent: Ticket
) -> None:
    answer = ana.post(place(urgent, "severity/"), {"severity": "normal"}, headers=PART)
    assert answer.status_code == 422
    assert "Enter one sentence for the customer" in answer.content.decode()
    ana.post(place(urgent, "severity/"), {"severity": "normal", "reason": "A test fails."})
    page = text(ana, place(urgent))
    assert f"Dana is being told why; then #{urgent.pk} is Normal." in page
    assert "Ana Silva sets the severity to Normal once the customer was told why" in page
    actions.mark_delivered(urgent.messages.get(kind="notice"), at=timezone.now())
    page = text(ana, place(urgent))
    assert "Severity Urgent → Normal by Ana Silva · reason shown to customer" in page


def test_it_says_when_the_reply_would_be_due(here: Cast, ana: Client, now: datetime) -> None:
    shipped(here, "zitadel", at=now)
    ticket = ask(here.dana)
    shown = text(ana, place(ticket, "severity/"))
    assert shown.count(": reply due ") == 4
    assert "Severity 4 (as it is): reply due" in shown


def test_a_claim_is_decided_on_first(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana, critical=True)
    assert "Decide on that." in text(ana, place(ticket, "severity/"))
    answer = ana.post(place(ticket, "severity/"), {"severity": "standard", "reason": "No."})
    assert answer.status_code == 422
    ticket.refresh_from_db()
    assert ticket.severity == "business_critical"


def test_what_is_about_staging_cannot_be_for_production_only(
    ana: Client, urgent: Ticket
) -> None:
    said = {"environment": "staging", "product": "service", "reason": "Her screenshot."}
    answer = ana.post(place(urgent, "facts/"), said)
    assert answer.headers["Location"] == place(urgent)
    page = text(ana, place(urgent))
    words = (
        "What it is about corrected by Ana Silva: Service, production → Service, staging · "
        "Her screenshot. · severity Normal by that"
    )
    assert words in page
    assert '<span class="ticket-severity">Normal</span>' in page
    assert "Urgent" not in text(ana, place(urgent, "severity/")).split("Set the severity")[1]


def test_a_correction_moves_the_promise_and_says_so(
    here: Cast, ana: Client, now: datetime
) -> None:
    fast = row("first_response", HOUR, key="fast", environments=("production",))
    sold(here, now, fast, row("first_response", 8 * HOUR, key="slow"))
    ticket = ask(here.dana)
    shown = text(ana, place(ticket, "facts/"))
    assert '<option value="production">Production</option>' in shown
    assert '<option value="" selected>Nobody said</option>' in shown
    ana.post(place(ticket, "facts/"), {"environment": "production", "reason": "She wrote it."})
    page = text(ana, place(ticket))
    assert "corrected by Ana Silva" in page
    clock = Clock.objects.get(ticket=ticket, metric="first_response")
    assert (clock.target, clock.due_at) == ("fast", clock.started_at + HOUR)
    why = text(ana, place(ticket, "why/"))
    assert "About production." in why
    assert "Ana Silva corrected what the request is about." in why


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reason": ""}, "Enter how you know"),
        ({"reason": "I know.", "environment": "moon"}, "Select an environment"),
        ({"reason": "I know.", "product": "tractors"}, "Select a product"),
    ],
)
def test_it_says_what_is_missing(
    here: Cast, ana: Client, said: dict[str, str], words: str
) -> None:
    answer = ana.post(place(ask(here.dana), "facts/"), said, headers=PART)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_lead_answers_who_asks_for_another_look(
    here: Cast, ana: Client, lena: Client, now: datetime
) -> None:
    shipped(here, "zitadel", at=now)
    ticket = ask(here.dana)
    ask_for_another_look(ticket, contact=here.dana, reason="It grows.", at=now)
    assert "Another look is asked for" in text(ana, place(ticket))
    assert "A lead answers it." in text(ana, place(ticket, "another-look/"))
    shown = text(lena, place(ticket, "another-look/"))
    assert "Dana Wolf asks for another look:" in shown
    assert "It grows." in shown
    seen = ticket.events.order_by("-pk")[0].pk
    answer = {"severity": "s2", "words": "You are right.", "seen": str(seen)}
    assert ana.post(place(ticket, "another-look/"), answer).status_code == 403
    lena.post(place(ticket, "another-look/"), answer)
    page = text(lena, place(ticket))
    assert "Lena Brandt took another look: it is Severity 2" in page
    assert "You are right." in page
    assert "Another look is asked for" not in page
    assert "Nobody waits for another look." in text(
        lena, lena.get(place(ticket, "another-look/")).headers["Location"]
    )


def test_a_lead_is_told_of_what_was_written_meanwhile(
    here: Cast, lena: Client, now: datetime
) -> None:
    ticket = ask(here.dana)
    seen = str(ticket.events.order_by("-pk")[0].pk)
    ask_for_another_look(ticket, contact=here.dana, reason="It grows.", at=now)
    actions.add_message(ticket, sender=Sender(contact=here.dana), body="And how.", at=now)
    answer = lena.post(
        place(ticket, "another-look/"),
        {"severity": "standard", "words": "It stays.", "seen": seen},
        headers=PART,
    )
    assert answer.status_code == 422
    assert "Somebody wrote meanwhile. Read it, then answer." in answer.content.decode()
