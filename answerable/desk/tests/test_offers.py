"""What rings at an agent: its card, taking it, passing it on, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.channels.chat.actions import begin_chat, end_chat, take_chat
from answerable.channels.chat.models import Chat
from answerable.channels.chat.queries import line_is_open
from answerable.desk.queries.leads import lead_cards
from answerable.desk.queries.offers import ring_cards
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.routing import actions as routing
from answerable.routing.models import Offer, Presence
from answerable.sla.actions import wake_due
from answerable.tickets import actions
from answerable.tickets.actions import Opening, Sender, Wanted
from answerable.tickets.models import Ticket


def chat_of(contact: Contact, at: datetime | None = None) -> Chat:
    sender = Sender(contact=contact)
    opening = Opening(sender=sender, subject="Exports fail", body="Since 8.", channel="chat")
    return begin_chat(opening, contact=contact, at=at or timezone.now())


def ring(*agents: Agent) -> None:
    """Let what waits ring at somebody of these."""
    at = timezone.now()
    for agent in agents:
        routing.heard(agent, f"page of {agent.pk}", at=at)
        routing.set_status(agent, "available", at=at)
    routing.make_offers(at=at)


def cards(client: Client, *have: object) -> str:
    path = f"/desk/offers/?have={','.join(map(str, have))}"
    return " ".join(client.get(path).content.decode().split())


def post(client: Client, offer: Offer, act: str, **data: str) -> tuple[str, str]:
    """Return what is said, and what the page is to do."""
    answer = client.post(f"/desk/offers/{offer.pk}/{act}/", data, headers=PART)
    return answer.content.decode(), answer.headers.get("HX-Trigger", "")


def test_a_chat_rings_with_who_waits_and_since_when(here: Cast, ana: Client) -> None:
    chat = chat_of(here.dana)
    ring(here.ana)
    card = cards(ana)
    assert "Chat: Dana Wolf, Nordwind GmbH, Premium." in card
    assert f'data-since="{chat.asked_at.isoformat()}"' in card
    assert "Exports fail" in card
    assert "Take chat" in card
    rings = ring_cards(here.ana, at=chat.asked_at + timedelta(seconds=15), zone=UTC)
    assert [one.waited for one in rings] == ["0:15"]


def test_who_takes_it_is_led_to_the_chat(here: Cast, ana: Client) -> None:
    chat = chat_of(here.dana)
    ring(here.ana)
    _words, leads = post(ana, Offer.objects.get(), "accept")
    chat.refresh_from_db()
    assert chat.agent == here.ana
    assert f"/desk/chats/{chat.key}/" in leads
    assert cards(ana) == ""


def test_one_that_somebody_else_took_says_who(here: Cast, ana: Client) -> None:
    chat = chat_of(here.dana)
    ring(here.ana)
    offer = Offer.objects.get()
    take_chat(chat, agent=here.ben, at=timezone.now())
    routing.withdraw_gone(at=timezone.now())
    assert "Ben took this chat." in cards(ana, f"o{offer.pk}")
    words, leads = post(ana, offer, "accept")
    assert "Ben took it" in words
    assert "desk:taken" not in leads


def test_not_now_passes_it_on_with_a_reason(here: Cast, ana: Client) -> None:
    chat_of(here.dana)
    ring(here.ana)
    offer = Offer.objects.get()
    words, _leads = post(ana, offer, "decline", why="area")
    assert "Not now. It goes to the next person." in words
    offer.refresh_from_db()
    assert (offer.outcome, offer.reason) == ("declined", "area")
    ring(here.ben)
    assert Offer.objects.get(ended_at=None).agent == here.ben
    assert "It does not ring any more." in post(ana, offer, "decline")[0]


def test_the_timeline_says_who_was_offered_it(here: Cast, ana: Client) -> None:
    chat = chat_of(here.dana)
    ring(here.ana)
    post(ana, Offer.objects.get(), "decline", why="area")
    ring(here.ben)
    routing.miss_offers(at=Offer.objects.get(ended_at=None).ends_at)
    page = ana.get(f"/desk/tickets/{chat.ticket_id}/").content.decode()
    for words in (
        "Chat offered to Ana Silva",
        "Ana Silva did not take it: Not my area",
        "Ben Adler missed the offer",
    ):
        assert words in page, words


@pytest.mark.parametrize("why", ["", "because <b>I</b> say so"])
def test_a_reason_is_one_of_ours_or_none(here: Cast, ana: Client, why: str) -> None:
    chat_of(here.dana)
    ring(here.ana)
    post(ana, Offer.objects.get(), "decline", why=why)
    assert Offer.objects.get().reason == ""


def test_a_missed_one_says_that_it_went_on(here: Cast, ana: Client) -> None:
    chat_of(here.dana)
    ring(here.ana)
    offer = Offer.objects.get()
    routing.miss_offers(at=offer.ends_at)
    assert "You did not take it. It goes to the next." in cards(ana, f"o{offer.pk}")
    assert not Presence.objects.get(agent=here.ana).is_paused


def test_one_whose_customer_left_says_so(here: Cast, ana: Client) -> None:
    chat = chat_of(here.dana)
    ring(here.ana)
    offer = Offer.objects.get()
    end_chat(chat, Chat.End.CONTACT, at=timezone.now())
    routing.withdraw_gone(at=timezone.now())
    assert "Nobody waits there any more." in cards(ana, f"o{offer.pk}")


def test_a_call_rings_with_its_due_time_and_what_it_is_about(here: Cast, ana: Client) -> None:
    sender = Sender(contact=here.dana, channel=Ticket.Channel.CALLBACK)
    opening = Opening(sender=sender, body="Exports fail", channel=Ticket.Channel.CALLBACK)
    wanted = Wanted(phone="+4917155550123", country="DE")
    callback = actions.request_callback(opening, wanted, contact=here.dana, at=timezone.now())
    ring(here.ana)
    card = cards(ana)
    assert "Call Dana Wolf" in card
    assert "Nordwind GmbH · Premium · Super Admin · English" in card
    assert f"About: Exports fail (#{callback.ticket_id})" in card
    assert "+49 171 55550123" in card
    _words, leads = post(ana, Offer.objects.get(), "accept")
    assert f"/desk/q/all/{callback.ticket_id}/" in leads
    assert callback.calls.get().agent == here.ana


def test_a_critical_one_rings_once_as_one_card(here: Cast, ana: Client) -> None:
    claim = ask(here.dana, "Nobody can sign in", critical=True)
    wake_due(at=timezone.now())
    ring(here.ana)
    card = cards(ana)
    assert card.count("<article") == 1
    assert "Business-critical: Nordwind GmbH" in card
    post(ana, Offer.objects.get(), "accept")
    claim.refresh_from_db()
    assert claim.assignee == here.ana


def test_the_offer_of_somebody_else_is_not_there(here: Cast, ana: Client) -> None:
    chat_of(here.dana)
    ring(here.ben)
    offer = Offer.objects.get()
    assert cards(ana, f"o{offer.pk}") == ""
    assert ana.post(f"/desk/offers/{offer.pk}/accept/").status_code == 404


def test_a_lead_hears_that_nobody_can_take_chats(here: Cast, sign_in: SignIn) -> None:
    lena, ana = sign_in(here.lena), sign_in(here.ana)
    assert cards(lena) == ""
    chat = chat_of(here.dana, timezone.now() - timedelta(minutes=4, seconds=5))
    routing.make_offers(at=timezone.now())
    words = [card.words for card in lead_cards(here.lena, chat.asked_at + timedelta(minutes=4))]
    assert words == ["No one can take chats. 1 person waits, 4 min."]
    assert "Close chat for new people" in cards(lena)
    assert cards(ana) == ""
    ring(here.ben)
    assert cards(lena) == ""


def test_a_lead_closes_the_line_and_opens_it_again(here: Cast, sign_in: SignIn) -> None:
    lena, ana = sign_in(here.lena), sign_in(here.ana)
    assert ana.post("/desk/offers/line/", {"open": "0"}).status_code == 403
    answer = lena.post("/desk/offers/line/", {"open": "0"}, headers=PART)
    assert "Who waits goes on waiting." in answer.content.decode()
    assert not line_is_open()
    assert "Chat is closed for new people, by Lena Brandt." in cards(lena)
    lena.post("/desk/offers/line/", {"open": "1"}, headers=PART)
    assert line_is_open()
    assert cards(lena) == ""
