"""What happens to an incident, who is shown it and follows it, which tickets are about it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast.people import Cast
from answerable.incidents import actions, queries
from answerable.incidents.access import ALL, SHOWN
from answerable.incidents.models import Follower, Incident
from answerable.incidents.tests.scenes import SLOW, asked, slow_exports
from answerable.live.models import LiveEvent
from answerable.tickets.events import Verb

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def topics() -> set[str]:
    return set(LiveEvent.objects.values_list("topic", flat=True))


def test_a_new_incident_is_shown_to_whom_it_touches(cast: Cast, at: datetime) -> None:
    everywhere = slow_exports(cast.ana, at - MINUTE, product="")
    service = slow_exports(cast.ana, at)
    other = slow_exports(cast.ana, at, product="marketing")
    assert queries.shown_to(cast.dana, "", at) == [service, everywhere]
    assert queries.shown_to(cast.dana, "service", at) == [service, everywhere]
    assert queries.shown_to(cast.dana, "marketing", at) == [everywhere]
    assert queries.shown_to(None, "", at) == [everywhere]
    assert queries.shown_to(None, "marketing", at) == [other, everywhere]


def test_what_is_internal_or_over_is_shown_to_no_customer(cast: Cast, at: datetime) -> None:
    internal = slow_exports(cast.ana, at, is_public=False)
    over = slow_exports(cast.ana, at)
    actions.end_incident(over, {"en": "Exports are fast."}, agent=cast.ana, at=at + MINUTE)
    assert queries.shown_to(cast.dana, "", at + MINUTE) == []
    assert queries.shown_to(cast.dana, "", at) == [over]
    assert internal not in queries.open_to(cast.dana, at)


def test_an_incident_needs_a_title_and_words_for_customers(cast: Cast, at: datetime) -> None:
    for about in (actions.About(title=" "), actions.About(title="x", is_public=True)):
        with pytest.raises(actions.NothingSaid):
            actions.open_incident(about, agent=cast.ana, at=at)
    assert not Incident.objects.exists()


def test_updates_are_numbered_and_change_the_state(cast: Cast, at: datetime) -> None:
    incident = slow_exports(cast.ana, at)
    found = actions.Update({"en": "We found it."}, is_public=True, state="identified")
    actions.write_update(incident, found, agent=cast.ben, at=at)
    actions.change_state(incident, "watching", agent=cast.ben, at=at)
    actions.end_incident(incident, SLOW, agent=cast.ben, at=at + MINUTE)
    incident.refresh_from_db()
    assert (incident.state, incident.ended_at) == ("fixed", at + MINUTE)
    rows = incident.updates.order_by("number").values_list("number", "state")
    assert list(rows) == [
        (1, "investigating"),
        (2, "identified"),
        (3, "watching"),
        (4, "fixed"),
    ]
    actions.change_state(incident, "watching", agent=cast.ben, at=at + MINUTE)
    incident.refresh_from_db()
    assert incident.ended_at is None


def test_an_update_says_something(cast: Cast, at: datetime) -> None:
    incident = slow_exports(cast.ana, at)
    for update in (actions.Update({"en": "  "}), actions.Update(state="investigating")):
        with pytest.raises(actions.NothingSaid):
            actions.write_update(incident, update, agent=cast.ana, at=at)


def test_no_update_of_an_internal_incident_is_public(cast: Cast, at: datetime) -> None:
    incident = slow_exports(cast.ana, at, is_public=False)
    said = actions.Update({"en": "The disk is full."}, is_public=True)
    assert not actions.write_update(incident, said, agent=cast.ana, at=at).is_public


def test_a_ticket_is_of_one_incident(cast: Cast, at: datetime) -> None:
    first, second = slow_exports(cast.ana, at), slow_exports(cast.ana, at)
    ticket = asked(cast.dana, at)
    actions.link(first, ticket, agent=cast.ana, at=at)
    actions.link(second, ticket, agent=cast.ana, at=at)
    actions.link(second, ticket, agent=cast.ben, at=at)
    there = ticket.incident_links.filter(unlinked_at=None)
    assert [link.incident for link in there] == [second]
    verbs = ticket.events.filter(verb__startswith="incident_").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        Verb.INCIDENT_LINKED,
        Verb.INCIDENT_UNLINKED,
        Verb.INCIDENT_LINKED,
    ]
    assert actions.unlink(ticket, agent=cast.ana, at=at)
    assert actions.unlink(ticket, agent=cast.ana, at=at) is None


def test_who_asked_follows_until_they_want_it_no_more(cast: Cast, at: datetime) -> None:
    incident, ticket = slow_exports(cast.ana, at), asked(cast.dana, at)
    actions.link(incident, ticket, agent=cast.ana, at=at)
    assert queries.followed_by(cast.dana) == {incident.pk}
    assert actions.unfollow(incident, cast.dana, at=at)
    assert not actions.unfollow(incident, cast.dana, at=at)
    actions.unlink(ticket, agent=cast.ana, at=at)
    actions.link(incident, ticket, agent=cast.ana, at=at)
    assert queries.followed_by(cast.dana) == set()


def test_following_twice_is_following_once(cast: Cast, at: datetime) -> None:
    incident = slow_exports(cast.ana, at)
    source = Follower.Source.WIDGET
    actions.follow(incident, cast.sam, source=source, at=at)
    again = actions.follow(incident, cast.sam, source=source, at=at, is_affected=True)
    assert again.is_affected
    assert incident.followers.count() == 1
    actions.unfollow(incident, cast.sam, at=at)
    actions.change_state(incident, "watching", agent=cast.ana, at=at)
    once_more = actions.follow(incident, cast.sam, source=source, at=at)
    assert (once_more.ended_at, once_more.told_of) == (None, 2)


def test_open_pages_are_told(cast: Cast, at: datetime) -> None:
    slow_exports(cast.ana, at, is_public=False)
    assert ALL in topics()
    assert SHOWN not in topics()
    slow_exports(cast.ana, at)
    assert SHOWN in topics()
