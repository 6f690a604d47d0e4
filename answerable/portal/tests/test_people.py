"""Who takes part in a request, private ones, and one that got worse."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from answerable.cast import Cast
from answerable.portal.tests.helping import OUTAGE, answered_by, sent_by, text_of
from answerable.portal.tests.test_requests import numbers
from answerable.routing.models import Notice
from answerable.tickets import actions as tickets
from answerable.tickets.models import Claim, Ticket

WORSE = {"impact_key": "outage", "words": "Since ten nobody can export."}


def test_p_04_a_private_request_leaks_nowhere(
    cast: Cast, sam: Client, dana: Client, at: datetime
) -> None:
    ticket = sent_by(cast.sam, "Complaint about my manager", at=at - timedelta(hours=3))
    sam.post(f"/requests/{ticket.pk}/privacy/", {"private": "yes"})
    assert numbers(dana) == []
    assert numbers(dana, "/requests/?q=complaint") == []
    for address in (
        f"/requests/{ticket.pk}/",
        f"/requests/{ticket.pk}/why/",
        f"/requests/{ticket.pk}/promise/",
        f"/requests/{ticket.pk}/conversation/",
    ):
        answer = dana.get(address)
        assert answer.status_code == 404, address
        assert "Complaint" not in answer.content.decode()
    said = text_of(dana.get("/team/"))
    assert "1 private request is not listed" in said
    assert "Complaint" not in said
    assert "Complaint" not in dana.get("/report/without-promise/").content.decode()


def test_p_04_another_account_gets_no_title(cast: Cast, olive: Client) -> None:
    ticket = sent_by(cast.dana, "Secret merger")
    answer = olive.get(f"/requests/{ticket.pk}/")
    assert answer.status_code == 404
    assert "Secret merger" not in answer.content.decode()


def test_only_who_sent_it_makes_it_private(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.sam)
    dana.post(f"/requests/{ticket.pk}/privacy/", {"private": "yes"})
    ticket.refresh_from_db()
    assert not ticket.is_private


def test_a_colleague_is_let_in_writes_and_leaves(cast: Cast, dana: Client, sam: Client) -> None:
    ticket = sent_by(cast.dana)
    assert sam.get(f"/requests/{ticket.pk}/").status_code == 404
    dana.post(f"/requests/{ticket.pk}/people/", {"contact": cast.sam.pk})
    assert numbers(sam) == [ticket.pk]
    sam.post(f"/requests/{ticket.pk}/messages/", {"body": "Here, too"})
    said = text_of(sam.get(f"/requests/{ticket.pk}/"))
    assert "Here, too" in said
    assert "Dana Wolf lets Sam Ortiz see it" in said
    one = ticket.participants.get()
    answer = sam.post(f"/requests/{ticket.pk}/people/{one.pk}/removal/")
    assert answer.headers["Location"] == "/requests/"
    assert numbers(sam) == []


def test_nobody_else_is_let_in(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana)
    answer = dana.post(f"/requests/{ticket.pk}/people/", {"contact": cast.olive.pk})
    assert answer.status_code == 404
    assert not ticket.participants.exists()


def test_it_lists_the_files_of_a_request(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana)
    page = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert "People Dana Wolf (you) asks" in page


def test_it_got_worse_is_a_claim_made_later(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at - timedelta(minutes=10))
    page = text_of(dana.get(f"/requests/{ticket.pk}/worse/"))
    assert re.search(r"Guaranteed reply .* in (19|20|29|30) minutes", page)
    dana.post(f"/requests/{ticket.pk}/worse/", WORSE)
    ticket.refresh_from_db()
    claim = Claim.objects.get()
    assert (ticket.severity, claim.words) == ("business_critical", WORSE["words"])
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert "Dana Wolf called it business-critical" in said
    assert "It got worse" not in said
    assert ticket.clocks.get(metric="first_response").target == "critical"
    told = set(Notice.objects.filter(ticket=ticket).values_list("agent__name", flat=True))
    assert {"Lena Brandt", "Ana Silva"} <= told
    tickets.confirm_claim(ticket, agent=cast.ana, at=at)


def test_it_asks_what_shows_that_it_got_worse(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana)
    answer = dana.post(f"/requests/{ticket.pk}/worse/", {})
    assert answer.status_code == 422
    assert "Select what is blocked" in text_of(answer)
    assert "Enter what has changed" in text_of(answer)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("how", ["claimed", "closed"])
def test_it_is_not_asked_where_there_is_nothing_more_to_say(
    cast: Cast, dana: Client, at: datetime, how: str
) -> None:
    ticket = sent_by(cast.dana, impact=OUTAGE if how == "claimed" else None)
    if how == "closed":
        tickets.resolve(ticket, agent=None, contact=cast.dana, reason="", at=at)
    assert dana.post(f"/requests/{ticket.pk}/worse/", WORSE).status_code == 302
    assert Claim.objects.count() == (how == "claimed")


def test_p_06_a_downgrade_says_why_who_and_by_when_and_can_be_looked_at_again(
    cast: Cast, dana: Client, at: datetime
) -> None:
    ticket = sent_by(cast.dana, at=at - timedelta(minutes=5), impact=OUTAGE)
    claim = tickets.change_claim(
        ticket,
        agent=cast.ana,
        reason="few",
        reason_says="One person or a small group is affected",
        words="One workspace is affected.",
        at=at,
    )
    assert claim.notice
    tickets.mark_delivered(claim.notice, at=at)
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert re.search(
        r"Rated standard by Ana Silva at \d\d:\d\d\. Reason: One person or a small group is "
        r"affected\. New guaranteed reply: (?:\w{3} )?\d\d:\d\d\. "
        r"You can object: Ask for another look",
        said,
    )
    dana.post(f"/requests/{ticket.pk}/another-look/", {"words": "All of us are affected."})
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert "Lena Brandt, who leads the team, has been told." in said
    assert Notice.objects.filter(ticket=ticket, agent=cast.lena).exists()


def test_p_13_what_is_the_vendors_own_stands_on_no_page(
    cast: Cast, dana: Client, at: datetime
) -> None:
    ticket = sent_by(cast.dana, impact=OUTAGE, at=at)
    tickets.add_note(ticket, agent=cast.ana, body="Gossip", at=at)
    tickets.assign(ticket, to=cast.ben, agent=cast.ana, at=at)
    answered_by(cast.ben, ticket, "We look into it", at=at)
    for address in (
        "/requests/",
        f"/requests/{ticket.pk}/",
        f"/requests/{ticket.pk}/why/",
        "/team/",
        "/team/people/",
        "/team/rules/",
        "/team/changes/",
        "/report/",
        "/preferences/",
    ):
        page = dana.get(address).content.decode()
        own = re.findall(r"\b(slack|internal|note|queue depth|Gossip)\b", page, re.I)
        assert own == [], address


def test_p_03_a_late_reply_is_said_at_once(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at - timedelta(minutes=61))
    assert isinstance(ticket, Ticket)
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert re.search(
        r"This reply is late\. It was due at \d\d:\d\d\. Lena Brandt, who leads the team, "
        r"has been told\.",
        said,
    )
    assert not re.search(r"[-\u2212]\d+ (min|h)", said)
