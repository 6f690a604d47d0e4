"""What a customer does about how their request is rated."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.lib.times import clock_time
from answerable.portal.tests.helping import OUTAGE, form_with, sent_by, text_of
from answerable.sla.actions import Answer, correct_facts, look_again, reclassify
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import changed
from answerable.sla.tests.plans import shipped
from answerable.tickets.actions import About, mark_delivered, resolve, take
from answerable.tickets.models import Rating, Ticket

OBJECT = "You can object: Ask for another look"


@pytest.fixture
def rated(cast: Cast) -> Ticket:
    """A claim that was changed to standard, for a reason that Dana has read."""
    ticket = sent_by(cast.dana, "Hamburg waits", impact=OUTAGE)
    mark_delivered(changed(ticket, cast.ana, at=now()), at=now())
    return ticket


def place(ticket: Ticket, deed: str = "") -> str:
    return f"/requests/{ticket.pk}/{deed}"


def sent(client: Client, **fields: str) -> Ticket:
    client.post("/contact/", form_with(client, **fields))
    return Ticket.objects.order_by("-pk")[0]


def test_it_says_who_rated_it_why_and_what_holds_now(rated: Ticket, dana: Client) -> None:
    said = text_of(dana.get(place(rated)))
    assert "Rated standard by Ana Silva at" in said
    assert "Reason: One person or a small group is affected." in said
    clock = Clock.objects.get(ticket=rated, metric="first_response")
    due = clock_time(clock.due_at, ZoneInfo("Europe/Berlin"))
    assert f"New guaranteed reply: {due}." in said
    assert OBJECT in said


def test_it_goes_to_the_lead_and_says_so(rated: Ticket, dana: Client) -> None:
    page = text_of(dana.get(place(rated, "another-look/")))
    assert "Lena Brandt, who leads the team, looks at it again" in page
    assert "You can ask once." in page
    answer = dana.post(place(rated, "another-look/"), {"words": "It is all of Hamburg."})
    assert answer.headers["Location"] == place(rated)
    said = text_of(dana.get(place(rated)))
    assert "Dana Wolf asked for another look at" in said
    assert "Lena Brandt, who leads the team, has been told." in said
    assert "Dana Wolf asked for a lead to look at it" in said
    assert OBJECT not in said
    again = dana.post(place(rated, "another-look/"), {"words": "And again."})
    assert again.status_code == 302
    assert rated.events.filter(verb="another_look_asked").count() == 1


def test_it_needs_words(rated: Ticket, dana: Client) -> None:
    answer = dana.post(place(rated, "another-look/"), {"words": " "})
    assert answer.status_code == 422
    assert "Enter what you see differently" in text_of(answer)


def test_it_says_what_the_lead_found(cast: Cast, rated: Ticket, dana: Client) -> None:
    dana.post(place(rated, "another-look/"), {"words": "It is all of Hamburg."})
    answer = Answer(severity="business_critical", words="You are right.", seen=2**62)
    look_again(rated, answer, agent=cast.lena, at=now())
    said = text_of(dana.get(place(rated)))
    assert "Lena Brandt took another look" in said
    assert "it is business-critical" in said
    assert "Confirmed by Lena Brandt at" in said
    assert OBJECT not in said


def test_another_customer_finds_nothing(rated: Ticket, olive: Client) -> None:
    for deed in ("another-look/", "severity/"):
        assert olive.post(place(rated, deed), {"words": "Mine"}).status_code == 404


def test_there_is_nothing_to_object_to_where_nothing_was_decided(
    cast: Cast, dana: Client
) -> None:
    ticket = sent_by(cast.dana, "Hamburg waits", impact=OUTAGE)
    assert "another look" not in text_of(dana.get(place(ticket)))
    assert dana.get(place(ticket, "another-look/")).status_code == 302


def test_a_customer_changes_it_for_as_long_as_the_plan_lets_them(
    cast: Cast, dana: Client, at: datetime
) -> None:
    shipped(cast, "red-hat-premium", at=at)
    ticket = sent(dana, severity="sev3")
    assert "Change the severity" in text_of(dana.get(place(ticket)))
    page = text_of(dana.get(place(ticket, "severity/")))
    assert "Urgent: production stands still, and there is no way around it." in page
    missing = dana.post(place(ticket, "severity/"), {"severity": "sev1"})
    assert missing.status_code == 422
    dana.post(place(ticket, "severity/"), {"severity": "sev1", "need_1_0": "Dana"})
    ticket.refresh_from_db()
    clock = Clock.objects.get(ticket=ticket, metric="first_response")
    assert (ticket.severity, clock.target) == ("sev1", "sev1")
    assert Rating.objects.get(ticket=ticket).answers[0]["says"] == "Dana"
    assert "severity" in text_of(dana.get(place(ticket)))
    # What was answered before is there.
    assert ">Dana</textarea>" in dana.get(place(ticket, "severity/")).content.decode().replace(
        "\n", ""
    )


@pytest.mark.parametrize("plan", ["aws-enterprise", "github-premium"])
def test_who_may_not_change_it_may_ask_a_lead_once(
    cast: Cast, dana: Client, at: datetime, plan: str
) -> None:
    contract = shipped(cast, plan, at=at)
    severity = contract.plan_version.terms.default_severity
    ticket = sent(dana, severity=severity, environment="production")
    assert ticket.severity == contract.plan_version.terms.default_severity
    said = text_of(dana.get(place(ticket)))
    assert "Change the severity" not in said
    assert "Ask for another look" in said
    assert dana.get(place(ticket, "severity/")).headers["Location"] == place(ticket)
    dana.post(place(ticket, "another-look/"), {"words": "It grows."})
    answer = Answer(severity=ticket.severity, words="It stays.", seen=2**62)
    look_again(ticket, answer, agent=cast.lena, at=now())
    assert "Ask for another look" not in text_of(dana.get(place(ticket)))


def test_nobody_changes_what_is_closed(cast: Cast, dana: Client, at: datetime) -> None:
    shipped(cast, "red-hat-premium", at=at)
    ticket = sent(dana, severity="sev3")
    resolve(ticket, agent=None, contact=cast.dana, reason="", at=now())
    said = text_of(dana.get(place(ticket)))
    assert "Change the severity" not in said
    assert "Ask for another look" not in said


def test_a_severity_that_one_of_us_made_milder_can_be_objected_to(
    cast: Cast, dana: Client, at: datetime
) -> None:
    shipped(cast, "zitadel", at=at)
    ticket = sent(dana, severity="s1")
    take(ticket, agent=cast.ana, at=now())
    change = reclassify(ticket, "s3", by=cast.ana, reason="One tenant.", at=now())
    assert change.notice
    mark_delivered(change.notice, at=now())
    said = text_of(dana.get(place(ticket)))
    assert "Severity: Severity 3" in said
    assert "You said Severity 1." in said
    assert "Rated Severity 3 by Ana Silva" in said
    assert "Reason: One tenant." in said
    assert OBJECT in said


def test_it_says_what_was_corrected(cast: Cast, dana: Client, at: datetime) -> None:
    shipped(cast, "github-premium", at=at)
    ticket = sent(dana, severity="urgent", environment="production", need_1_0="Everybody")
    about = About(product="service", environment="staging")
    correct_facts(ticket, about, reason="Her screenshot.", agent=cast.ana, at=now())
    said = text_of(dana.get(place(ticket)))
    assert "Ana Silva corrected what it is about" in said
    assert "Service, staging" in said
    assert "Her screenshot." not in said
    why = text_of(dana.get(place(ticket, "why/")))
    assert "internal" not in why
