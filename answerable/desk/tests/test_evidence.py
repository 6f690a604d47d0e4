"""What speaks for a claim, in the triage panel, and what of it is kept with the decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.cards.models import CardSource
from answerable.cards.tests.billing import Billing
from answerable.cards.tests.conftest import described
from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.incidents.actions import About, link, open_incident
from answerable.lib.tests.web import Web, allowed_web
from answerable.tickets.actions import confirm_claim
from answerable.tickets.models import Ticket

ERRORS = "sign-in errors for this tenant: 412 in 10 min"
SAYS = {
    "evidence": [
        {"text": ERRORS, "holds": True, "time": "2020-01-05T14:10:00Z"},
        {"text": "<b>failed requests</b>", "holds": False},
    ]
}


@pytest.fixture
def web(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    with allowed_web(tmp_path, settings, monkeypatch) as served:
        yield served


@pytest.fixture
def monitoring(here: Cast, web: Web) -> Billing:
    """The vendor's monitoring, which shares a secret with us."""
    monitoring = Billing(says=SAYS)
    described(here, monitoring.put(web), name="Monitoring")
    return monitoring


@pytest.fixture
def claim(here: Cast) -> Ticket:
    return ask(here.dana, "Nobody can sign in", critical=True, at=timezone.now())


def words(answer: bytes) -> str:
    return " ".join(answer.decode().split())


def evidence(client: Client, ticket: Ticket) -> str:
    return words(client.get(f"/desk/tickets/{ticket.pk}/evidence/", headers=PART).content)


def asked(client: Client, ticket: Ticket) -> str:
    source = CardSource.objects.get()
    return words(client.post(f"/desk/tickets/{ticket.pk}/evidence/{source.pk}/").content)


def decided(client: Client, ticket: Ticket, **data: str) -> dict[str, Any]:
    data = data or {"decision": "confirm"}
    client.post(f"/desk/tickets/{ticket.pk}/triage/", data, headers=PART)
    known: dict[str, Any] = ticket.events.get(verb="claim_weighed").data
    return known


def test_the_panel_asks_at_once_and_waits_for_nothing(
    claim: Ticket, monitoring: Billing, ana: Client
) -> None:
    page = ana.get(f"/desk/tickets/{claim.pk}/").content.decode()
    assert f'hx-get="/desk/tickets/{claim.pk}/evidence/"' in page
    assert not monitoring.asked
    shown = evidence(ana, claim)
    assert "Asking Monitoring…" in shown
    assert 'hx-trigger="load"' in shown
    assert "Select a decision" in words(
        ana.post(f"/desk/tickets/{claim.pk}/triage/", {}, headers=PART).content
    )


def test_what_monitoring_says_stands_there_with_its_name_and_age(
    claim: Ticket, monitoring: Billing, ana: Client
) -> None:
    said = asked(ana, claim)
    assert ERRORS in said
    assert said.index("Speaks for it:") < said.index(ERRORS)
    assert "(from Monitoring, 5 Jan 2020)" in said
    assert "Does not speak for it:" in said
    assert "&lt;b&gt;failed requests&lt;/b&gt;" in said
    again = evidence(ana, claim)
    assert ERRORS in again
    assert 'hx-trigger="load"' not in again
    assert len(monitoring.asked) == 1


def test_a_system_that_fails_says_so_and_keeps_nobody_from_deciding(
    claim: Ticket, monitoring: Billing, ana: Client
) -> None:
    monitoring.says = {"evidence": [{"text": "maybe"}]}
    said = asked(ana, claim)
    assert "Monitoring did not answer." in said
    assert "evidence[0].holds: Here it says true or false." in said
    assert "Try again" in said
    assert decided(ana, claim)["sources"] == []


def test_a_system_that_has_cards_alone_is_no_evidence(
    claim: Ticket, monitoring: Billing, ana: Client
) -> None:
    monitoring.says = {"cards": []}
    assert asked(ana, claim).strip() == ""
    assert "Monitoring" not in evidence(ana, claim)


def test_other_accounts_with_the_same_trouble_are_counted_and_listed(
    claim: Ticket, here: Cast, ana: Client
) -> None:
    assert "more tenants affected: 0" in evidence(ana, claim)
    others = [
        ask(here.olive, "Nobody gets in", critical=True),
        ask(here.olive, "Still nobody", critical=True),
    ]
    ask(here.olive, "A question")
    ask(here.kim, "Nobody gets in here", critical=True)
    ask(here.olive, "Yesterday", critical=True, at=timezone.now() - timedelta(hours=3))
    for other in [claim, *others]:
        other.product = "service"
        other.save(update_fields=["product"])
    assert f'href="/desk/tickets/{claim.pk}/evidence/affected/">1<' in evidence(ana, claim)
    listed = words(ana.get(f"/desk/tickets/{claim.pk}/evidence/affected/").content)
    assert "1 more account is affected" in listed
    assert [other.subject in listed for other in others] == [True, True]
    assert "A question" not in listed
    assert "Nobody gets in here" not in listed
    assert "Yesterday" not in listed
    others[0].product = others[1].product = "marketing"
    for other in others:
        other.save(update_fields=["product"])
    assert "more tenants affected: 0" in evidence(ana, claim)


def test_tickets_about_the_same_open_incident_count_whatever_their_severity(
    claim: Ticket, here: Cast, ana: Client
) -> None:
    incident = open_incident(About(title="Sign-in is down"), agent=here.lena, at=timezone.now())
    for ticket in (claim, ask(here.olive, "Slow")):
        link(incident, ticket, agent=here.ana, at=timezone.now())
    shown = evidence(ana, claim)
    assert "affected/" in shown
    assert f"{incident.key} <bdi>Sign-in is down</bdi>" in shown


def test_what_stood_there_is_kept_with_the_decision(
    claim: Ticket, here: Cast, monitoring: Billing, ana: Client
) -> None:
    asked(ana, claim)
    other = ask(here.olive, "Nobody gets in", critical=True)
    other.product = claim.product
    other.save(update_fields=["product"])
    known = decided(ana, claim)
    (source,) = known["sources"]
    assert source["name"] == "Monitoring"
    assert source["lines"][0] == {
        "text": ERRORS,
        "holds": True,
        "time": "2020-01-05T14:10:00+00:00",
    }
    assert (known["accounts"], known["tickets"]) == (1, [other.pk])
    page = words(ana.get(f"/desk/tickets/{claim.pk}/").content)
    assert (
        f"Known when Ana Silva decided: {ERRORS} (Monitoring); "
        "not: &lt;b&gt;failed requests&lt;/b&gt; (Monitoring); 1 more account; no open incident"
    ) in page


def test_once_it_is_decided_there_is_nothing_to_weigh(
    claim: Ticket, here: Cast, ana: Client
) -> None:
    confirm_claim(claim, agent=here.ben, at=timezone.now())
    assert evidence(ana, claim).strip() == ""
    ana.post(f"/desk/tickets/{claim.pk}/triage/", {"decision": "confirm"}, headers=PART)
    assert not claim.events.filter(verb="claim_weighed").exists()


def test_customers_see_nothing_of_it(claim: Ticket, here: Cast, sign_in: SignIn) -> None:
    dana = sign_in(here.dana)
    assert dana.get(f"/desk/tickets/{claim.pk}/evidence/").status_code in {302, 403, 404}
