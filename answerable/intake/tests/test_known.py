"""What customers are shown of known incidents, and what follows when one affects them (W1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from answerable.cast import Cast
from answerable.incidents.actions import link
from answerable.incidents.models import Follower, IncidentTicket
from answerable.incidents.tests.scenes import asked, slow_exports
from answerable.intake.known import be_told, known_to
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket, TicketEvent

BERLIN = ZoneInfo("Europe/Berlin")
WIDGET = Follower.Source.WIDGET


def test_w_1_it_says_what_is_being_fixed_and_since_when(cast: Cast, at: datetime) -> None:
    slow_exports(cast.ana, at)
    [one] = known_to(cast.dana, at + timedelta(hours=1), BERLIN)
    assert one.words == "We are fixing: exports are slow (since 10:00)."
    assert not one.is_followed


def test_who_is_not_affected_by_its_product_reads_nothing(cast: Cast, at: datetime) -> None:
    incident = slow_exports(cast.ana, at, product="nothing-they-run")
    hidden = slow_exports(cast.ana, at, is_public=False)
    assert known_to(cast.dana, at, BERLIN) == []
    for one in (incident, hidden):
        assert not be_told(cast.dana, str(one.pk), "affected", source=WIDGET, at=at)
    assert not be_told(cast.dana, "nonsense", "follow", source=WIDGET, at=at)
    assert not Follower.objects.exists()


def test_it_affects_them_too_and_their_request_is_linked_to_it(
    cast: Cast, at: datetime
) -> None:
    incident = slow_exports(cast.ana, at)
    asked(cast.dana, at, "Change our invoice address")
    about = asked(cast.dana, at)
    asked(cast.sam, at)
    Ticket.objects.exclude(pk=about.pk).update(subject="Change our invoice address")
    for ticket in Ticket.objects.exclude(pk=about.pk):
        ticket.messages.update(body="It is a new one.")
    for _ in range(2):
        assert be_told(cast.dana, str(incident.pk), "affected", source=WIDGET, at=at)
    follower = Follower.objects.get()
    assert (follower.contact, follower.is_affected) == (cast.dana, True)
    assert [one.ticket for one in IncidentTicket.objects.all()] == [about]
    event = TicketEvent.objects.get(verb=Verb.INCIDENT_LINKED)
    assert (event.contact, event.agent) == (cast.dana, None)
    assert Ticket.objects.count() == 3
    assert known_to(cast.dana, at, BERLIN)[0].is_followed


def test_a_request_that_an_agent_linked_elsewhere_stays_there(cast: Cast, at: datetime) -> None:
    incident, other = slow_exports(cast.ana, at), slow_exports(cast.ana, at)
    link(other, asked(cast.dana, at), agent=cast.ana, at=at)
    be_told(cast.dana, str(incident.pk), "affected", source=WIDGET, at=at)
    assert [one.incident for one in IncidentTicket.objects.all()] == [other]


def test_following_alone_links_nothing(cast: Cast, at: datetime) -> None:
    incident = slow_exports(cast.ana, at)
    asked(cast.dana, at)
    be_told(cast.dana, str(incident.pk), "follow", source=WIDGET, at=at)
    assert not Follower.objects.get().is_affected
    assert not IncidentTicket.objects.exists()
