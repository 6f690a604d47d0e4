"""The page that sends a request."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.lib import times
from answerable.portal.tests.helping import form_with, sent_by, text_of
from answerable.sla.models import Clock
from answerable.tickets.models import Claim, Message, Ticket


def test_it_promises_a_super_admin_before_anything_is_sent(dana: Client) -> None:
    said = text_of(dana.get("/contact/"))
    assert "Contact Premium Support" in said
    assert re.search(r"Guaranteed reply by .+, in (59|60) minutes \(UTC[+\d:]+\)", said)
    assert re.search(r"Business-critical: guaranteed reply by .+, in (29|30) minutes", said)
    assert "Specialists reply in English." in said


def test_it_tells_an_ordinary_user_that_it_is_no_guarantee(sam: Client) -> None:
    said = text_of(sam.get("/contact/"))
    assert re.search(r"We aim to reply by .+\. This is not a guarantee\.", said)
    assert "Guaranteed times apply when a Super Admin sends the request." in said
    assert "Guaranteed reply" not in said


def test_it_promises_nothing_in_another_language(dana: Client) -> None:
    said = text_of(dana.get("/contact/promise/?language=de"))
    assert "Guaranteed reply" not in said
    assert "Guaranteed times apply to requests in English." in said


def test_it_says_why_a_suspended_contract_promises_nothing(cast: Cast, dana: Client) -> None:
    entitlements.suspend(cast.contract)
    said = text_of(dana.get("/contact/"))
    assert "Premium for Nordwind GmbH is suspended." in said
    assert "Contact support" in said
    assert "Guaranteed reply" not in said


def test_it_sends(dana: Client, cast: Cast) -> None:
    answer = dana.post("/contact/", form_with(dana, body="Exports fail\nsince nine"))
    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == f"/requests/{ticket.pk}/?sent=1"
    assert (ticket.subject, ticket.requester, ticket.channel) == (
        "Exports fail",
        cast.dana,
        "form",
    )
    said = text_of(dana.get(answer.headers["Location"]))
    assert "We have your message" in said
    assert f"Request #{ticket.pk}. Guaranteed reply by" in said
    assert "You get the answer here and at dana@nordwind.example." in said


def test_it_is_private_from_the_start_where_its_sender_says_so(
    sam: Client, dana: Client
) -> None:
    sent = sam.post("/contact/", form_with(sam, body="My own matter.", private="on"))
    assert sam.get(sent.headers["Location"]).status_code == 200
    ticket = Ticket.objects.get(subject="My own matter.")
    assert ticket.is_private
    assert dana.get(f"/requests/{ticket.pk}/").status_code == 404


def test_it_promises_what_the_clock_keeps(dana: Client) -> None:
    dana.post("/contact/", form_with(dana))
    clock = Clock.objects.get(metric="first_response")
    assert clock.due_at == clock.started_at + timedelta(hours=1)
    shown = times.customer_by(clock.due_at, now(), ZoneInfo("Europe/Berlin"))
    for address in [f"/requests/{clock.ticket_id}/?sent=1", "/requests/"]:
        assert f"Guaranteed reply {shown}" in text_of(dana.get(address))


def test_it_makes_one_request_however_often_it_is_pressed(dana: Client) -> None:
    filled = form_with(dana)
    first, second = (dana.post("/contact/", filled) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Ticket.objects.count() == 1


def test_it_keeps_a_token_to_its_person(dana: Client, olive: Client) -> None:
    filled = form_with(dana)
    dana.post("/contact/", filled)
    olive.post("/contact/", filled)
    assert Ticket.objects.count() == 2


def test_it_asks_what_is_blocked(dana: Client) -> None:
    answer = dana.post("/contact/", form_with(dana, body="Nothing works", critical="on"))
    said = text_of(answer)
    assert answer.status_code == 422
    assert "There is a problem" in said
    assert "Select what is blocked" in said
    assert "Nothing works" in said
    assert "<title>Error: " in answer.content.decode()
    assert re.search(r'name="critical"[^>]* checked', answer.content.decode())


def test_it_asks_for_words_on_something_else(dana: Client) -> None:
    filled = form_with(dana, critical="on", impact="other")
    assert "Enter what is blocked" in text_of(dana.post("/contact/", filled))
    dana.post("/contact/", filled | {"words": "The factory stands still"})
    assert Claim.objects.get().words == "The factory stands still"


def test_it_sends_a_claim_with_its_impact(dana: Client) -> None:
    answer = dana.post("/contact/", form_with(dana, critical="on", impact="outage"))
    ticket = Ticket.objects.get()
    assert ticket.severity == "business_critical"
    assert Clock.objects.get(metric="first_response").allowance == timedelta(minutes=30)
    said = text_of(dana.get(answer.headers["Location"]))
    assert "A specialist checks the business-critical rating first" in said


def test_it_ignores_an_impact_without_the_tick(dana: Client) -> None:
    dana.post("/contact/", form_with(dana, impact="outage"))
    assert not Claim.objects.exists()


@pytest.mark.parametrize("body", ["", "   \n\t ", "\x00\x01"])
def test_it_needs_a_text(dana: Client, body: str) -> None:
    answer = dana.post("/contact/", form_with(dana, body=body))
    assert answer.status_code == 422
    assert "Enter what happened" in text_of(answer)


def test_it_keeps_a_text_that_is_too_long_and_says_how_long(dana: Client) -> None:
    long = "word " * 2400
    answer = dana.post("/contact/", form_with(dana, body=long))
    assert answer.status_code == 422
    said = text_of(answer)
    assert "Message must be 10,000 characters or fewer. It has 12,000." in said
    assert long.strip() in answer.content.decode()
    assert not Ticket.objects.exists()


def test_it_takes_exactly_ten_thousand(dana: Client) -> None:
    dana.post("/contact/", form_with(dana, body="x" * 10_000))
    assert len(Message.objects.get().body) == 10_000


def test_it_cleans_what_cannot_be_kept(dana: Client) -> None:
    dana.post("/contact/", form_with(dana, body="Exp\x00orts\x1b fail\r\nstill"))
    assert Message.objects.get().body == "Exports fail\nstill"


def test_it_asks_before_it_sends_the_same_twice(dana: Client) -> None:
    dana.post("/contact/", form_with(dana))
    first = Ticket.objects.get()
    filled = form_with(dana)
    answer = dana.post("/contact/", filled)
    said = text_of(answer)
    assert answer.status_code == 422
    assert f"You sent this as #{first.pk} at " in said
    assert f"Add to #{first.pk}" in said
    added = dana.post("/contact/", filled | {"add": str(first.pk)})
    assert added.headers["Location"] == f"/requests/{first.pk}/#latest"
    assert first.messages.count() == 2
    dana.post("/contact/", filled | {"as_new": "1"})
    assert Ticket.objects.count() == 2


def test_it_does_not_ask_after_ten_minutes(dana: Client, cast: Cast, at: datetime) -> None:
    sent_by(cast.dana, at=at - timedelta(minutes=11))
    dana.post("/contact/", form_with(dana))
    assert Ticket.objects.count() == 2


def test_it_lets_a_stranger_sign_in_first_and_keeps_the_text(
    cast: Cast, client: Client
) -> None:
    said = text_of(client.get("/contact/"))
    assert "Guaranteed times apply once we know who you are." in said
    answer = client.post(
        "/contact/", form_with(client, body="Nobody can sign in", critical="on")
    )
    sign_in = urlsplit(answer.headers["Location"])
    assert sign_in.path == "/sign-in/"
    assert parse_qs(sign_in.query) == {"next": ["/contact/"], "kept": ["1"]}
    assert not Ticket.objects.exists()
    page = client.get("/contact/").content.decode()
    assert "Nobody can sign in" in page
    assert re.search(r'name="critical"[^>]* checked', page)


def test_it_forgets_the_text_once_it_is_sent(dana: Client) -> None:
    stranger = Client()
    filled = form_with(stranger, body="Kept text")
    stranger.post("/contact/", filled)
    stranger.cookies["sessionid"] = dana.cookies["sessionid"]
    dana.post("/contact/", form_with(dana, body="Kept text"))
    assert "Kept text" not in dana.get("/contact/").content.decode()


def test_it_answers_htmx_with_a_way_on(dana: Client) -> None:
    answer = dana.post("/contact/", form_with(dana), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"/requests/{Ticket.objects.get().pk}/?sent=1"


def test_it_asks_few_questions(
    dana: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dana.get("/contact/")
    # Seven are about calls and chats: who is there, who waits, and what others waited. One asks
    # which of the vendor's own fields a request needs.
    with django_assert_num_queries(18):
        dana.get("/contact/")


def test_it_tells_htmx_to_keep_the_text_while_somebody_signs_in(
    cast: Cast, client: Client
) -> None:
    answer = client.post("/contact/", form_with(client), headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/sign-in/?next=")
