"""What we write to somebody first waits for a time or a colleague, and is ours until then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from answerable.accounts.models import Contact
from answerable.accounts.team.actions import mark_left
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.files.actions import Content, Waiting, put
from answerable.tickets.access import seen_by
from answerable.tickets.actions import Answer
from answerable.tickets.actions.entering import First, prepare_first
from answerable.tickets.actions.preparing import (
    TimeHasPassed,
    Until,
    approve_reply,
    call_off,
    prepare_reply,
    return_reply,
    send_prepared,
)
from answerable.tickets.models import Draft, PreparedReply, Ticket
from answerable.tickets.places import owner_of
from answerable.tickets.tests.openings import opened, verbs

HOUR = timedelta(hours=1)
KIM = "kim@nordwind.example"


def written(cast: Cast, at: datetime, **until: object) -> Ticket:
    """What Ana writes to Kim, with a file."""
    owner, place = owner_of(cast.ana), "new-1"
    content = Content(lambda: [b"sum: 12"])
    file = put(owner, place, content=content, name="sum.txt", declared="text/plain", at=at)
    first = First(
        contact=cast.kim,
        subject="Your invoice",
        body="Here it is.",
        submission="once",
        data={"acts": [{"kind": "add_tag", "value": "billing"}]},
    )
    files = Waiting(owner, place, (file.pk,))
    waits = Until(**until or {"send_at": at + HOUR})  # type: ignore[arg-type]  # As it is given.
    return prepare_first(first, waits, files, agent=cast.ana, at=at)


def prepared(ticket: Ticket) -> PreparedReply:
    return PreparedReply.objects.get(ticket=ticket)


def test_nobody_of_theirs_sees_it_until_it_leaves(cast: Cast, at: datetime) -> None:
    ticket = written(cast, at)
    assert (ticket.assignee, ticket.is_unsent) == (cast.ana, True)
    assert not seen_by(cast.kim).filter(pk=ticket.pk).exists()
    assert not OutgoingMail.objects.exists()
    send_prepared(at=at + HOUR - timedelta(seconds=1))
    assert not ticket.messages.exists()
    send_prepared(at=at + HOUR)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.is_unsent) == (Ticket.State.WAITING, False)
    assert seen_by(cast.kim).filter(pk=ticket.pk).exists()
    sent = ticket.messages.get()
    assert [file.name for file in sent.attachments.all()] == ["sum.txt"]
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (KIM, f"[#{ticket.pk}] Your invoice")
    assert [tag.name for tag in ticket.tags.all()] == ["billing"]
    assert not ticket.clocks.exists()


def test_a_second_press_prepares_nothing_again(cast: Cast, at: datetime) -> None:
    assert written(cast, at) == written(cast, at)
    assert PreparedReply.objects.count() == 1


def test_for_a_time_that_has_passed_nothing_is_opened(cast: Cast, at: datetime) -> None:
    with pytest.raises(TimeHasPassed):
        written(cast, at, send_at=at)
    assert not Ticket.objects.exists()


def left(kim: Contact, at: datetime) -> None:
    mark_left(kim, by=kim, at=at)


def readdressed(kim: Contact, at: datetime) -> None:
    kim.email = "kim.park@nordwind.example"
    kim.save()


def elsewhere(kim: Contact, at: datetime) -> None:
    kim.customer = Contact.objects.exclude(customer=kim.customer).latest("pk").customer
    kim.save()


@pytest.mark.parametrize(
    ("gone", "why"), [(left, "left"), (readdressed, "moved"), (elsewhere, "moved")]
)
def test_for_somebody_who_is_gone_by_then_its_writer_has_it_as_a_draft(
    cast: Cast, at: datetime, gone: Callable[[Contact, datetime], None], why: str
) -> None:
    ticket = written(cast, at)
    gone(cast.kim, at)
    send_prepared(at=at + HOUR)
    ticket.refresh_from_db()
    assert ticket.is_unsent
    assert not OutgoingMail.objects.filter(kind="reply").exists()
    draft = Draft.objects.get()
    assert (draft.agent, draft.body) == (cast.ana, "Here it is.")
    line = ticket.events.latest("pk")
    assert (line.verb, line.data["why"]) == ("reply_overtaken", why)
    assert cast.ana.notices.filter(event=line).exists()


def test_a_reply_to_somebody_who_left_is_held_back_too(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.kim, at)
    seen = ticket.events.latest("pk").pk
    none = Waiting(owner_of(cast.ana), "nothing")
    said = Answer(cast.ana, "It is fixed.", seen)
    prepare_reply(ticket, said, Until(send_at=at + HOUR), none, at=at)
    other = opened(cast.kim, at)
    said = Answer(
        cast.ana, "Fixed.", other.events.latest("pk").pk, data={"to": [cast.dana.email]}
    )
    prepare_reply(other, said, Until(send_at=at + HOUR), none, at=at)
    left(cast.kim, at)
    send_prepared(at=at + HOUR)
    assert verbs(ticket)[-1] == "reply_overtaken"
    assert other.messages.filter(kind="reply").exists()


def test_its_writer_takes_it_back_to_edit_it(cast: Cast, at: datetime) -> None:
    ticket = written(cast, at)
    call_off(prepared(ticket), agent=cast.ana, at=at)
    ticket.refresh_from_db()
    assert ticket.is_unsent
    assert Draft.objects.get().body == "Here it is."
    assert send_prepared(at=at + HOUR) == 0


def test_a_colleague_reads_it_and_sends_it_in_its_writers_name(
    cast: Cast, at: datetime
) -> None:
    ticket = written(cast, at, reviewer=cast.ben)
    assert cast.ben.notices.filter(event__verb="reply_prepared").exists()
    return_reply(prepared(ticket), reviewer=cast.ben, words="Name the month.", at=at)
    assert Draft.objects.get().agent == cast.ana
    again = Answer(cast.ana, "For May.", ticket.events.latest("pk").pk)
    none = Waiting(owner_of(cast.ana), "nothing")
    waits = prepare_reply(ticket, again, Until(reviewer=cast.ben), none, at=at)
    sent = approve_reply(waits, reviewer=cast.ben, at=at)
    assert sent
    assert (sent.agent, sent.body) == (cast.ana, "For May.")
    ticket.refresh_from_db()
    assert not ticket.is_unsent
