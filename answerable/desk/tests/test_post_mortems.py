"""A critical promise that was missed asks somebody what was learnt, until they say it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.notices.happening import happenings
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock, PostMortem
from answerable.tickets import actions
from answerable.tickets.models import Ticket, TicketEvent


@pytest.fixture
def missed(here: Cast) -> Ticket:
    """A business-critical ticket whose guaranteed reply was missed, with Ana."""
    at = timezone.now()
    ticket = ask(here.dana, "Nobody can sign in", critical=True, at=at - timedelta(hours=1))
    actions.take(ticket, agent=here.ana, at=at - timedelta(minutes=50))
    wake_due(at=at)
    return ticket


def act(client: Client, ticket: Ticket, **data: object) -> str:
    clock = PostMortem.objects.get().clock_id
    path = f"/desk/tickets/{ticket.pk}/misses/{clock}/learnt/"
    return " ".join(client.post(path, data, headers=PART).content.decode().split())


def drafts(client: Client) -> str:
    return " ".join(client.get("/desk/drafts/").content.decode().split())


def test_a_missed_critical_guarantee_asks_whoever_has_the_ticket(
    here: Cast, missed: Ticket, ana: Client, sign_in: SignIn
) -> None:
    asked = PostMortem.objects.get()
    assert asked.owner == here.ana
    assert asked.due_at - asked.clock.due_at == timedelta(days=5)
    assert "Nobody can sign in" in drafts(ana)
    assert "Say what the missed promise taught us" in drafts(sign_in(here.lena))
    assert "Say what the missed promise taught us" not in drafts(sign_in(here.ben))
    line = TicketEvent.objects.get(verb="post_mortem_asked")
    told = [one for one in happenings([line]) if one.agent == here.ana.pk]
    assert [one.kind for one in told] == ["duty"]


def test_a_standard_promise_asks_nobody(here: Cast) -> None:
    ask(here.dana, at=timezone.now() - timedelta(hours=3))
    wake_due(at=timezone.now())
    assert Clock.objects.filter(outcome="missed").exists()
    assert not PostMortem.objects.exists()


def test_it_is_done_once_somebody_says_what_was_learnt(
    here: Cast, missed: Ticket, ana: Client
) -> None:
    assert "Enter what was learnt" in act(ana, missed, learnt=" ", owner=here.ana.pk)
    said = act(ana, missed, learnt="Two must be on duty.", owner=here.ana.pk)
    assert f"Wrote the post-mortem of #{missed.pk}." in said
    assert "Nobody can sign in" not in drafts(ana)
    page = ana.get(f"/desk/tickets/{missed.pk}/").content.decode()
    assert "Post-mortem by Ana Silva: Two must be on duty." in page
    again = act(ana, missed, learnt="Or three.", owner=here.ana.pk)
    assert "This was decided meanwhile." in again
    assert PostMortem.objects.get().learnt == "Two must be on duty."


def test_it_is_handed_on(here: Cast, missed: Ticket, ana: Client, sign_in: SignIn) -> None:
    act(ana, missed, hand="1", owner=here.ben.pk)
    assert PostMortem.objects.get().owner == here.ben
    assert "Nobody can sign in" in drafts(sign_in(here.ben))
    assert "Nobody can sign in" not in drafts(ana)


def test_it_is_asked_once_however_often_the_miss_is_seen(here: Cast, missed: Ticket) -> None:
    wake_due(at=timezone.now())
    assert TicketEvent.objects.filter(verb="post_mortem_asked").count() == 1
