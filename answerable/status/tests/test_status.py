"""The status page shows what is public, to everybody, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.actions import let_in
from answerable.cast.people import Cast
from answerable.incidents import actions
from answerable.incidents.addresses import unfollow_url
from answerable.incidents.models import Follower, Incident
from answerable.incidents.tests.scenes import slow_exports

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(cast: Cast) -> Incident:
    incident = slow_exports(cast.ana, timezone.now())
    public = actions.Update({"en": "We found it."}, is_public=True, state="identified")
    actions.write_update(incident, public, agent=cast.ana, at=timezone.now())
    inner = actions.Update({"en": "The disk of EU-2 is full."})
    actions.write_update(incident, inner, agent=cast.ana, at=timezone.now())
    return incident


def signed_in(client: Client, cast: Cast) -> Client:
    user = let_in(cast.dana, at=timezone.now())
    client.force_login(user, backend="answerable.accounts.backend.People")
    return client


def test_everybody_reads_what_is_public(client: Client, incident: Incident) -> None:
    for address in ("/status/", f"/status/{incident.pk}/", "/status/feed.atom"):
        page = client.get(address).content.decode()
        assert "xports are slow" in page
        assert "We found it." in page
        assert "disk" not in page
        assert incident.title not in page


def test_it_is_read_in_ones_language(client: Client, incident: Incident) -> None:
    page = client.get("/status/", headers={"Accept-Language": "de"}).content.decode()
    assert "Exporte sind langsam" in page


def test_an_internal_incident_is_not_there(client: Client, cast: Cast) -> None:
    internal = slow_exports(cast.ana, timezone.now(), is_public=False)
    assert client.get(f"/status/{internal.pk}/").status_code == 404
    assert "exports" not in client.get("/status/").content.decode()
    assert "exports" not in client.get("/status/feed.atom").content.decode()


def test_what_ended_is_there_for_a_month(
    client: Client, cast: Cast, incident: Incident
) -> None:
    actions.end_incident(incident, {"en": "Fast again."}, agent=cast.ana, at=timezone.now())
    page = client.get("/status/").content.decode()
    assert "Everything works" in page
    assert "Fast again." in page


def test_a_contact_follows_what_touches_them(
    client: Client, cast: Cast, incident: Incident
) -> None:
    other = slow_exports(cast.ana, timezone.now(), product="marketing")
    dana = signed_in(client, cast)
    assert "Follow updates" in dana.get(f"/status/{incident.pk}/").content.decode()
    dana.post(f"/status/{incident.pk}/follow/")
    page = dana.get(f"/status/{incident.pk}/").content.decode()
    assert "Added. We will write to you when it is fixed." in page
    assert dana.post(f"/status/{other.pk}/follow/").status_code == 404
    dana.post(f"/status/{incident.pk}/follow/", {"wanted": "no"})
    assert not incident.followers.filter(ended_at=None).exists()


def test_mails_end_by_their_address_alone(
    client: Client, cast: Cast, incident: Incident
) -> None:
    source = Follower.Source.WIDGET
    follower = actions.follow(incident, cast.dana, source=source, at=timezone.now())
    address = unfollow_url(follower).removeprefix("http://127.0.0.1:8000")
    assert "Dana Wolf" in client.get(address).content.decode()
    assert incident.followers.get().ended_at is None
    client.post(address, {"List-Unsubscribe": "One-Click"})
    assert incident.followers.get().ended_at is not None
    client.post(address, {"wanted": "yes"})
    assert incident.followers.get().ended_at is None
    assert client.get(address[:-3] + "xx/").status_code == 404
