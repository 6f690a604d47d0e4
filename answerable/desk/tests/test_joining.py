"""Tickets are merged, parted, split and linked from their pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, ask
from answerable.sla.models import Clock
from answerable.tickets.actions import Sender, add_message, save_draft
from answerable.tickets.models import Draft, Merge, Ticket

MINUTE = timedelta(minutes=1)


@pytest.fixture
def two(here: Cast) -> tuple[Ticket, Ticket]:
    """Two tickets of Nordwind, the older first; the younger one is business-critical."""
    now = timezone.now()
    older = ask(here.dana, "Exports fail", at=now - 5 * MINUTE)
    return older, ask(here.dana, "Nobody can sign in", critical=True, at=now - 2 * MINUTE)


def act(client: Client, ticket: Ticket, path: str, **data: object) -> str:
    answered = client.post(f"/desk/tickets/{ticket.pk}/{path}/", data, headers=PART)
    return " ".join(answered.content.decode().split())


def page(client: Client, ticket: Ticket) -> str:
    return " ".join(client.get(f"/desk/tickets/{ticket.pk}/").content.decode().split())


def outcomes() -> list[tuple[int, str, str]]:
    return list(Clock.objects.order_by("pk").values_list("ticket", "metric", "outcome"))


def test_it_shows_what_becomes_of_promises_and_merges_only_then(
    here: Cast, ana: Client, two: tuple[Ticket, Ticket]
) -> None:
    older, newer = two
    before = outcomes()
    asked = act(ana, newer, "merge", other=f"#{older.pk}")
    assert f"#{newer.pk} goes on in #{older.pk}, which is the older one." in asked
    assert f"First reply of #{older.pk}: due" in asked
    assert f"First reply of #{newer.pk}, due" in asked
    assert "kept by the other ticket from now on" in asked
    assert (outcomes(), Merge.objects.count()) == (before, 0)
    said = act(ana, newer, "merge", other=older.pk, sure=older.pk)
    assert f"Merged #{newer.pk} into #{older.pk}. Promises of both are kept." in said
    merged = f"#{newer.pk} was merged here by Ana Silva. Promises of both are kept."
    assert merged in page(ana, older)
    assert f"It goes on in #{older.pk}" in page(ana, newer)


def test_a_merge_is_taken_back_at_once_or_parted_later(
    here: Cast, ana: Client, two: tuple[Ticket, Ticket]
) -> None:
    older, newer = two
    act(ana, older, "merge", other=newer.pk, sure=newer.pk)
    ana.post("/desk/undo/", headers=PART)
    newer.refresh_from_db()
    assert newer.merged_into is None
    act(ana, older, "merge", other=newer.pk, sure=newer.pk)
    assert f"Part #{newer.pk} again" in page(ana, older)
    merge = Merge.objects.get(undone_at=None)
    assert f"#{newer.pk} is by itself again." in act(ana, older, f"part/{merge.pk}")
    assert Merge.objects.filter(undone_at=None).count() == 0


def test_a_draft_goes_along_to_the_one_that_goes_on(
    here: Cast, ana: Client, two: tuple[Ticket, Ticket]
) -> None:
    older, newer = two
    save_draft(newer, agent=here.ben, mode="reply", body="Half a", at=timezone.now())
    act(ana, older, "merge", other=newer.pk, sure=newer.pk)
    assert Draft.objects.get().ticket == older


@pytest.mark.parametrize(
    ("other", "problem"),
    [("x", "Enter the number of a ticket"), ("987654", "There is no ticket with this number.")],
)
def test_it_says_which_other_cannot_be(
    here: Cast, ana: Client, two: tuple[Ticket, Ticket], other: str, problem: str
) -> None:
    assert problem in act(ana, two[0], "merge", other=other)
    assert problem in act(ana, two[0], "link", other=other)


def test_only_ones_own_are_merged(here: Cast, ana: Client, two: tuple[Ticket, Ticket]) -> None:
    foreign = ask(here.olive)
    assert "It is another customer&#x27;s." in act(ana, two[0], "merge", other=foreign.pk)
    assert "It was merged before" in act(ana, two[0], "merge", other=two[0].pk)


def test_it_warns_where_two_people_asked(
    here: Cast, ana: Client, two: tuple[Ticket, Ticket]
) -> None:
    other = ask(here.sam)
    assert "They were asked by two people." in act(ana, two[0], "merge", other=other.pk)
    assert "two people" not in act(ana, two[0], "merge", other=two[1].pk)


def test_a_message_becomes_a_ticket_with_what_came_after_it_and_is_taken_back(
    here: Cast, ana: Client, two: tuple[Ticket, Ticket]
) -> None:
    ticket = two[0]
    at = timezone.now() - MINUTE
    dana = Sender(contact=here.dana)
    first = add_message(ticket, sender=dana, body="And logos are gone.", at=at)
    add_message(ticket, sender=dana, body="On every page.", at=at + MINUTE / 2)
    assert "Split off</a>" in page(ana, ticket)
    path = f"split/{first.pk}"
    assert "Enter a subject" in act(ana, ticket, path, subject="")
    said = act(ana, ticket, path, subject="Logos are gone", onwards="on")
    new = Ticket.objects.get(subject="Logos are gone")
    assert f"Split #{new.pk} off #{ticket.pk}." in said
    bodies = list(new.messages.order_by("pk").values_list("body", flat=True))
    assert bodies == ["And logos are gone.", "On every page."]
    first_reply = Clock.objects.get(ticket=new, metric="first_response")
    assert first_reply.started_at == first.written_at
    assert not Clock.objects.filter(ticket=new, metric="next_response").exists()
    ana.post("/desk/undo/", headers=PART)
    new.refresh_from_db()
    assert new.merged_into == ticket


def test_what_opened_a_ticket_stays_with_it(
    here: Cast, ana: Client, two: tuple[Ticket, Ticket]
) -> None:
    opening = two[0].messages.get()
    assert "What opened a ticket stays with it." in act(
        ana, two[0], f"split/{opening.pk}", subject="Other"
    )


def test_tickets_are_linked_on_both_and_unlinked(
    here: Cast, ana: Client, two: tuple[Ticket, Ticket]
) -> None:
    one, other = two
    assert "That is this ticket." in act(ana, one, "link", other=one.pk)
    act(ana, other, "link", other=one.pk)
    for ticket, linked in (two, two[::-1]):
        shown = page(ana, ticket)
        assert f"Linked with #{linked.pk} by Ana Silva" in shown
        assert f'Unlink<span class="unseen"> #{linked.pk}</span>' in shown
    act(ana, one, f"unlink/{other.pk}")
    assert "Unlink<" not in page(ana, one)
    ana.post("/desk/undo/", headers=PART)
    assert "Unlink<" in page(ana, one)
