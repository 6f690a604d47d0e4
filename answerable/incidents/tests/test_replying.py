"""One reply to all tickets of an incident: each once, as an ordinary reply."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.accounts.models import Contact
from answerable.cast.people import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.incidents import actions
from answerable.incidents.actions.replying import go_on_with_bulk
from answerable.incidents.models import BulkReply, BulkTicket, Incident
from answerable.incidents.replies import grace_for, progress_of, text_on
from answerable.incidents.tests.scenes import asked, slow_exports
from answerable.sla.models import Clock
from answerable.tickets.actions import Sender, Sort, add_message, mark_delivered, resolve
from answerable.tickets.events import Verb
from answerable.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SAID = {"en": "Hello {name}, we found it. {status}", "de": "Hallo {name}, wir haben es."}
Row = BulkTicket.State


@pytest.fixture
def incident(cast: Cast, at: datetime) -> Incident:
    return slow_exports(cast.ana, at)


def linked(incident: Incident, contact: Contact, cast: Cast, at: datetime) -> Ticket:
    ticket = asked(contact, at)
    actions.link(incident, ticket, agent=cast.ana, at=at)
    return ticket


def drafted(incident: Incident, cast: Cast, at: datetime, **more: bool) -> BulkReply:
    return actions.draft_bulk(incident, SAID, agent=cast.ben, at=at, **more)


def sent(bulk: BulkReply, at: datetime) -> BulkReply:
    actions.send_bulk(bulk, at=at)
    while go_on_with_bulk(bulk.pk, at=at + MINUTE):
        pass
    bulk.refresh_from_db()
    return bulk


def replies(ticket: Ticket) -> list[Message]:
    return list(ticket.messages.filter(kind=Message.Kind.REPLY))


def test_each_ticket_gets_a_reply_in_its_language(
    incident: Incident, cast: Cast, at: datetime
) -> None:
    Contact.objects.filter(pk=cast.sam.pk).update(language="de")
    cast.sam.refresh_from_db()
    tickets = [linked(incident, person, cast, at) for person in (cast.dana, cast.sam)]
    bulk = sent(drafted(incident, cast, at), at)
    assert bulk.state == BulkReply.State.DONE
    dana, sam = (replies(ticket)[0] for ticket in tickets)
    assert (
        dana.body
        == f"Hello Dana Wolf, we found it. http://127.0.0.1:8000/status/{incident.pk}/"
    )
    assert sam.body.startswith("Hallo Sam Ortiz, wir haben es.\n\nWie es weitergeht: http")
    assert {dana.agent, sam.agent} == {cast.ben}
    mails = OutgoingMail.objects.filter(kind=OutgoingMail.Kind.REPLY)
    assert {mail.message for mail in mails} == {dana, sam}


def test_it_counts_as_one_of_many(incident: Incident, cast: Cast, at: datetime) -> None:
    ticket = linked(incident, cast.dana, cast, at)
    sent(drafted(incident, cast, at), at)
    assert ticket.events.get(verb=Verb.ANSWERED).data["sort"] == Sort.BULK
    mark_delivered(replies(ticket)[0], at=at + 2 * MINUTE)
    clock = Clock.objects.get(ticket=ticket, metric=Clock.Metric.FIRST_RESPONSE)
    assert clock.outcome == "met"


def test_nobody_is_answered_twice(incident: Incident, cast: Cast, at: datetime) -> None:
    ticket = linked(incident, cast.dana, cast, at)
    bulk = sent(drafted(incident, cast, at), at)
    assert not go_on_with_bulk(bulk.pk, at=at + 2 * MINUTE)
    with pytest.raises(actions.NotOpen):
        actions.send_bulk(bulk, at=at + 2 * MINUTE)
    assert len(replies(ticket)) == 1


def test_what_changed_meanwhile_is_listed_and_gets_nothing(
    incident: Incident, cast: Cast, at: datetime
) -> None:
    written, over, off = (linked(incident, cast.dana, cast, at) for _each in range(3))
    bulk = drafted(incident, cast, at)
    add_message(written, sender=Sender(contact=cast.dana), body="It works again.", at=at)
    resolve(over, agent=cast.ana, contact=None, reason="Done", at=at)
    actions.unlink(off, agent=cast.ana, at=at)
    sent(bulk, at)
    rows = bulk.rows.order_by("ticket").values_list("ticket", "state", "why")
    assert list(rows) == [
        (written.pk, Row.CHANGED, "written"),
        (over.pk, Row.CHANGED, "over"),
        (off.pk, Row.CHANGED, "unlinked"),
    ]
    assert not Message.objects.filter(kind=Message.Kind.REPLY).exists()


def test_some_can_be_left_out(incident: Incident, cast: Cast, at: datetime) -> None:
    first, second = (linked(incident, cast.dana, cast, at) for _each in range(2))
    bulk = drafted(incident, cast, at)
    actions.choose_tickets(bulk, [first.pk, second.pk], [second.pk])
    sent(bulk, at)
    assert (len(replies(first)), len(replies(second))) == (0, 1)
    progress = progress_of(bulk)
    assert (progress.sent, progress.left_out, progress.total) == (1, 1, 1)


def test_it_can_be_taken_back_before_it_leaves(
    incident: Incident, cast: Cast, at: datetime
) -> None:
    ticket = linked(incident, cast.dana, cast, at)
    bulk = actions.send_bulk(drafted(incident, cast, at), at=at)
    assert bulk.leaves_at is not None
    assert bulk.leaves_at > at
    assert not go_on_with_bulk(bulk.pk, at=at)
    assert actions.stop_bulk(bulk, at=at).state == BulkReply.State.DRAFT
    assert not go_on_with_bulk(bulk.pk, at=at + MINUTE)
    assert replies(ticket) == []


def test_it_can_be_stopped_and_goes_on(
    incident: Incident, cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = [linked(incident, cast.dana, cast, at) for _each in range(3)]
    monkeypatch.setattr("answerable.incidents.actions.replying.AT_ONCE", 1)
    bulk = actions.send_bulk(drafted(incident, cast, at), at=at)
    assert go_on_with_bulk(bulk.pk, at=at + MINUTE)
    assert actions.stop_bulk(bulk, at=at + MINUTE).state == BulkReply.State.STOPPED
    assert not go_on_with_bulk(bulk.pk, at=at + MINUTE)
    assert [len(replies(ticket)) for ticket in tickets] == [1, 0, 0]
    sent(bulk, at + MINUTE)
    assert [len(replies(ticket)) for ticket in tickets] == [1, 1, 1]


def test_it_resolves_what_it_answered(incident: Incident, cast: Cast, at: datetime) -> None:
    ticket = linked(incident, cast.dana, cast, at)
    sent(drafted(incident, cast, at, resolves=True), at)
    ticket.refresh_from_db()
    assert ticket.state == Ticket.State.RESOLVED


def test_a_promise_that_is_near_shortens_its_grace(
    incident: Incident, cast: Cast, at: datetime
) -> None:
    ticket = linked(incident, cast.dana, cast, at)
    due_at = Clock.objects.get(ticket=ticket, metric=Clock.Metric.FIRST_RESPONSE).due_at
    assert due_at is not None
    assert grace_for([ticket.pk], at) > timedelta(0)
    assert grace_for([ticket.pk], due_at - timedelta(seconds=10)) == timedelta(0)


def test_it_needs_words_and_a_status_page(incident: Incident, cast: Cast, at: datetime) -> None:
    with pytest.raises(actions.NothingSaid):
        actions.draft_bulk(incident, {"en": " "}, agent=cast.ana, at=at)
    internal = slow_exports(cast.ana, at, is_public=False)
    with pytest.raises(actions.NotPublic):
        actions.draft_bulk(internal, SAID, agent=cast.ana, at=at)


def test_a_draft_can_be_written_anew(incident: Incident, cast: Cast, at: datetime) -> None:
    ticket = linked(incident, cast.dana, cast, at)
    bulk = drafted(incident, cast, at)
    bulk = actions.rewrite_bulk(bulk, {"en": "{status} {number}"}, resolves=False, at=at)
    assert text_on(bulk, ticket).endswith(f"/status/{incident.pk}/ {ticket.pk}")
