"""A ticket turns out to be somebody else's: the effect is shown, it is done, and taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.actions import add_contact
from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask, last_event, stranger_asks
from answerable.routing.models import QueueEntry
from answerable.sla.actions import change_customer, wake_due
from answerable.sla.models import Clock, Decision
from answerable.tickets import actions
from answerable.tickets.actions import Copied
from answerable.tickets.actions.participants import add_participants
from answerable.tickets.actions.undoing import take_back_act
from answerable.tickets.models import Draft, Ticket, Undo

MINUTE = timedelta(minutes=1)


@pytest.fixture
def opened(here: Cast) -> datetime:
    """Twenty minutes ago."""
    return timezone.now().replace(microsecond=0) - 20 * MINUTE


def first_reply(ticket: Ticket) -> Clock | None:
    clocks = Clock.objects.filter(ticket=ticket, metric=Clock.Metric.FIRST_RESPONSE)
    return clocks.order_by("pk").last()


def whose(client: Client, ticket: Ticket, **form: object) -> tuple[int, str]:
    answer = client.post(f"/desk/tickets/{ticket.pk}/whose/", form, headers=PART)
    return answer.status_code, " ".join(answer.content.decode().split())


def test_another_customers_ticket_is_promised_what_that_customer_bought(
    here: Cast, opened: datetime
) -> None:
    """Tom never had a contract: what runs for Dana ends, and begins again for Olive."""
    ticket = ask(here.dana, at=opened)
    at = opened + 5 * MINUTE
    change_customer(ticket, here.tom, reason="Filed wrong", agent=here.ana, at=at)
    clock = first_reply(ticket)
    assert clock is not None
    assert clock.outcome == "void"
    change_customer(ticket, here.olive, reason="Hers", agent=here.ana, at=at + MINUTE)
    clock = first_reply(ticket)
    assert clock is not None
    assert (clock.outcome, clock.kind, clock.due_at) == (
        "running",
        "guarantee",
        opened + 60 * MINUTE,
    )
    ticket.refresh_from_db()
    assert (ticket.customer, ticket.requester) == (here.brightwater, here.olive)
    assert QueueEntry.objects.get(ticket=ticket).customer == here.brightwater


def test_nobody_is_late_for_a_promise_that_nobody_could_know_of(here: Cast) -> None:
    opened = timezone.now().replace(microsecond=0) - 90 * MINUTE
    ticket = ask(here.tom, at=opened)
    at = timezone.now().replace(microsecond=0)
    change_customer(ticket, here.dana, reason="Hers", agent=here.ana, at=at)
    clock = first_reply(ticket)
    assert clock is not None
    assert (clock.outcome, clock.kind) == ("running", "guarantee")
    assert clock.due_at == at + 60 * MINUTE


def test_what_was_missed_stays_missed(here: Cast) -> None:
    opened = timezone.now().replace(microsecond=0) - 90 * MINUTE
    ticket = ask(here.dana, at=opened)
    wake_due(at=opened + 61 * MINUTE)
    change_customer(ticket, here.olive, reason="Hers", agent=here.ana, at=timezone.now())
    missed = Clock.objects.get(ticket=ticket, metric=Clock.Metric.FIRST_RESPONSE)
    assert missed.outcome == "missed"


def test_who_came_from_nobody_is_promised_no_guarantee(here: Cast) -> None:
    ticket = stranger_asks()
    actions.admit(ticket, contact=None, agent=here.ana, at=timezone.now())
    change_customer(ticket, here.dana, reason="Her own", agent=here.ana, at=timezone.now())
    clock = first_reply(ticket)
    assert clock is None or clock.kind == "aim"


def test_a_colleague_goes_on_with_the_clocks_that_run(here: Cast, opened: datetime) -> None:
    ticket = ask(here.dana, at=opened)
    decided = Decision.objects.filter(ticket=ticket).count()
    change_customer(ticket, here.sam, reason="On leave", agent=here.ana, at=timezone.now())
    clock = first_reply(ticket)
    assert clock is not None
    assert (clock.outcome, clock.due_at) == ("running", opened + 60 * MINUTE)
    assert Decision.objects.filter(ticket=ticket).count() == decided


def test_its_people_of_before_see_it_no_more_and_get_no_copies(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    ticket, at = ask(here.dana), timezone.now()
    add_participants(ticket, [Copied("Kim", "kim@nordwind.example")], at=at)
    actions.keep_draft(
        ticket,
        actions.Typed("Hello", data={"to": ["dana@nordwind.example"], "acts": []}),
        agent=here.ana,
        mode="reply",
        at=at,
    )
    dana, olive = sign_in(here.dana), sign_in(here.olive)
    assert dana.get(f"/requests/{ticket.pk}/").status_code == 200
    change_customer(ticket, here.olive, reason="Hers", agent=here.ana, at=at)
    assert dana.get(f"/requests/{ticket.pk}/").status_code == 404
    assert sign_in(here.kim).get(f"/requests/{ticket.pk}/").status_code == 404
    assert olive.get(f"/requests/{ticket.pk}/").status_code == 200
    assert "Hers" not in olive.get(f"/requests/{ticket.pk}/").content.decode()
    assert not ticket.participants.filter(is_kept=True).exists()
    draft = Draft.objects.get(ticket=ticket)
    assert (draft.body, draft.data) == ("Hello", {"acts": []})


def test_its_effect_is_shown_before_it_is_done_and_it_is_taken_back(
    here: Cast, ana: Client, opened: datetime
) -> None:
    ticket = ask(here.dana, at=opened)
    status, shown = whose(ana, ticket, person=here.tom.pk)
    assert status == 200
    assert "First reply of" in shown
    assert ": ends" in shown
    assert "reads 1 message from then on" in shown
    assert "Nordwind GmbH no longer sees it" in shown
    ticket.refresh_from_db()
    assert ticket.customer == here.nordwind
    status, shown = whose(ana, ticket, person=here.tom.pk, sure="yes", reason=" ")
    assert (status, "Enter a reason" in shown) == (422, True)
    status, shown = whose(ana, ticket, person=here.tom.pk, sure="yes", reason="Filed wrong")
    assert f"#{ticket.pk} is {here.tom.name}" in shown
    page = ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "says Ana Silva · Filed wrong" in page
    undo = Undo.objects.get()
    back = take_back_act(here.ana, number=undo.pk, at=timezone.now())
    assert back.done == [ticket.pk]
    ticket.refresh_from_db()
    assert (ticket.customer, ticket.requester) == (here.nordwind, here.dana)
    clock = first_reply(ticket)
    assert clock is not None
    assert (clock.outcome, clock.due_at) == ("running", opened + 60 * MINUTE)


def test_a_promise_that_begins_is_shown_too(here: Cast, ana: Client) -> None:
    _status, shown = whose(ana, ask(here.tom), person=here.dana.pk)
    assert "First reply: guaranteed by" in shown


def test_people_are_found_by_name_address_and_company(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    path = f"/desk/tickets/{ticket.pk}/whose/"
    beside = ana.get(path, headers=PART).content.decode()
    assert "Sam Ortiz" in beside
    assert "Olive Grant" not in beside
    for words in ("olive", "Olive brightw", "@brightwater.example"):
        found = ana.get(path, {"words": words}, headers=PART).content.decode()
        assert "Olive Grant" in found
    assert "Nobody." in ana.get(path, {"words": "%_"}, headers=PART).content.decode()


def test_it_is_not_done_while_something_else_must_be_done_first(
    here: Cast, ana: Client
) -> None:
    at = timezone.now()
    stranger = stranger_asks()
    assert "Let it in first" in whose(ana, stranger, person=here.dana.pk)[1]
    ticket, merged = ask(here.dana), ask(here.dana, "Again")
    assert "It is theirs already" in whose(ana, ticket, person=here.dana.pk)[1]
    actions.merge(ticket, merged, agent=here.ana, at=at)
    assert "Part them first" in whose(ana, ticket, person=here.olive.pk)[1]
    left = add_contact(here.kestrel, name="Lee", email="lee@kestrel.example", at=at)
    left.left_at = at
    left.save()
    other = ask(here.sam)
    assert "They left their company" in whose(ana, other, person=left.pk)[1]
    actions.send(
        other,
        actions.Answer(here.ana, "Soon.", last_event(other), grace=lambda *_asked: MINUTE),
        at=at,
    )
    assert "about to leave" in whose(ana, other, person=here.olive.pk)[1]
