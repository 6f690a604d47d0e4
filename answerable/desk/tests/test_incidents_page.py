"""Incidents on the desk: started, written about, linked to tickets, answered all at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.incidents import actions
from answerable.incidents.actions.replying import go_on_with_bulk
from answerable.incidents.models import BulkReply, Incident
from answerable.incidents.tests.scenes import SLOW, asked, slow_exports
from answerable.tickets.models import Message, Ticket
from answerable.tickets.tests.openings import opened_critical

pytestmark = pytest.mark.django_db
FILLED = {
    "title": "Export queue stuck",
    "product": "service",
    "environment": "",
    "is_public": "on",
    "said_en": "exports are slow",
    "said_de": "Exporte sind langsam",
}


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return asked(here.dana, timezone.now())


@pytest.fixture
def incident(here: Cast) -> Incident:
    return slow_exports(here.ana, timezone.now())


def test_an_incident_is_started_from_a_ticket(ana: Client, ticket: Ticket) -> None:
    address = f"/desk/incidents/new/?ticket={ticket.pk}"
    assert ticket.subject in ana.get(address).content.decode()
    answer = ana.post(address, FILLED)
    incident = Incident.objects.get()
    assert answer.headers["Location"] == f"/desk/incidents/{incident.pk}/"
    assert (incident.said, incident.is_public) == (SLOW, True)
    assert incident.links.get().ticket == ticket
    page = ana.get(f"/desk/incidents/{incident.pk}/").content.decode()
    assert f"#{ticket.pk}" in page
    assert "exports are slow" in page


def test_what_customers_see_needs_words(ana: Client, here: Cast) -> None:
    answer = ana.post("/desk/incidents/new/", FILLED | {"said_en": "", "said_de": ""})
    assert answer.status_code == 422
    assert "Say in a few words what customers read" in answer.content.decode()
    assert not Incident.objects.exists()


def test_the_list_has_what_goes_on_and_what_is_over(
    ana: Client, here: Cast, incident: Incident
) -> None:
    over = slow_exports(here.ana, timezone.now())
    actions.end_incident(over, {"en": "Done."}, agent=here.ana, at=timezone.now())
    page = ana.get("/desk/incidents/").content.decode()
    assert page.index(incident.key) < page.index("Over</h2>") < page.index(over.key)


def test_an_update_is_said_and_changes_the_state(ana: Client, incident: Incident) -> None:
    said = {"to": "customers", "said_en": "We found it.", "state": "identified"}
    assert ana.post(f"/desk/incidents/{incident.pk}/updates/", said).status_code == 302
    update = incident.updates.get(number=2)
    assert (update.is_public, update.state, update.said) == (
        True,
        "identified",
        {"en": "We found it."},
    )
    nothing = {"to": "agents", "state": "identified"}
    answer = ana.post(f"/desk/incidents/{incident.pk}/updates/", nothing)
    assert answer.status_code == 422


def test_a_ticket_is_linked_and_taken_off(
    ana: Client, ticket: Ticket, incident: Incident
) -> None:
    address = f"/desk/tickets/{ticket.pk}/incident/"
    assert incident.title in ana.get(address).content.decode()
    ana.post(address, {"incident": f"{incident.key} whatever"})
    page = ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert f"Linked to {incident.key} {incident.title} by Ana Silva" in page
    assert "This ticket is about it" in page
    ana.post(f"{address}none/")
    assert not ticket.incident_links.filter(unlinked_at=None).exists()
    assert ana.post(address, {"incident": "INC-999999"}).status_code == 422


def test_the_pane_says_that_there_is_none(ana: Client, ticket: Ticket) -> None:
    assert "Incidents: none" in ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()


def test_the_triage_panel_names_what_matches(ana: Client, here: Cast) -> None:
    claimed = opened_critical(here.dana, timezone.now())
    evidence = f"/desk/tickets/{claimed.pk}/evidence/"
    assert "open incident matches: none" in ana.get(evidence).content.decode()
    page = ana.get(f"/desk/tickets/{claimed.pk}/").content.decode()
    assert f"/desk/incidents/new/?ticket={claimed.pk}" in page
    about = actions.About(title="Exports fail everywhere")
    fails = actions.open_incident(about, agent=here.ana, at=timezone.now())
    page = ana.get(evidence).content.decode()
    assert "open incident matches: <a" in page.replace(" \n", " ")
    assert fails.key in page


def test_one_reply_goes_to_all(
    ana: Client, here: Cast, ticket: Ticket, incident: Incident
) -> None:
    actions.link(incident, ticket, agent=here.ana, at=timezone.now())
    address = f"/desk/incidents/{incident.pk}/replies/"
    wrong = ana.post(address, {"said_en": "Hello {nobody}"})
    assert "Nobody fills {nobody}" in wrong.content.decode()
    ana.post(address, {"said_en": "Hello {name}, we found it."})
    bulk = BulkReply.objects.get()
    page = ana.get(f"/desk/incidents/replies/{bulk.pk}/").content.decode()
    assert "Hello Dana Wolf, we found it." in page
    assert "Send to 1 ticket" in page
    ana.post(f"/desk/incidents/replies/{bulk.pk}/sending/")
    assert "Undo" in ana.get(f"/desk/incidents/replies/{bulk.pk}/").content.decode()
    go_on_with_bulk(bulk.pk, at=timezone.now() + timedelta(minutes=1))
    assert ticket.messages.filter(kind=Message.Kind.REPLY).count() == 1
    parts = ana.get(f"/desk/incidents/replies/{bulk.pk}/parts/").content.decode()
    assert "1 of 1 replies are sent." in parts


def test_tickets_are_left_out_and_it_is_taken_back(
    ana: Client, here: Cast, ticket: Ticket, incident: Incident
) -> None:
    actions.link(incident, ticket, agent=here.ana, at=timezone.now())
    ana.post(f"/desk/incidents/{incident.pk}/replies/", {"said_en": "Hello."})
    one = f"/desk/incidents/replies/{BulkReply.objects.get().pk}/"
    ana.post(f"{one}choice/", {"shown": [ticket.pk]})
    assert "No ticket is left to send it to." in ana.get(one).content.decode()
    ana.post(f"{one}choice/", {"shown": [ticket.pk], "chosen": [ticket.pk]})
    ana.post(f"{one}sending/")
    ana.post(f"{one}stop/")
    assert BulkReply.objects.get().state == BulkReply.State.DRAFT
    ana.post(f"{one}words/", {"said_en": "Hello again.", "resolves": "on"})
    assert BulkReply.objects.get().texts == {"en": "Hello again."}


def test_an_internal_incident_has_no_reply_to_all(ana: Client, here: Cast) -> None:
    internal = slow_exports(here.ana, timezone.now(), is_public=False)
    answer = ana.get(f"/desk/incidents/{internal.pk}/replies/")
    assert answer.status_code == 302
    assert not BulkReply.objects.exists()


@pytest.mark.parametrize("address", ["", "new/", "1/", "replies/1/"])
def test_it_is_for_agents_alone(client: Client, here: Cast, address: str) -> None:
    answer = client.get(f"/desk/incidents/{address}")
    assert answer.status_code in {302, 404}
    assert "incident" not in answer.content.decode().lower()


def test_the_ticket_of_a_second_account_asks_whether_customers_are_told(
    ana: Client, here: Cast, incident: Incident
) -> None:
    at = timezone.now()
    first, other = asked(here.dana, at), asked(here.olive, at)
    form, part = {"incident": incident.key}, {"HX-Request": "true"}
    said = [
        ana.post(f"/desk/tickets/{one.pk}/incident/", form, headers=part).content.decode()
        for one in (first, other)
    ]
    assert "accounts now" not in said[0]
    assert "It touches 2 accounts now." in said[1]
    assert f"/desk/incidents/{incident.pk}/" in said[1]
