"""One request: the promise on it, what was said, and what its customer can do."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from answerable.accounts.actions import let_in
from answerable.cast import Cast
from answerable.portal.tests.helping import OUTAGE, answered_by, sent_by, text_of
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Sender
from answerable.tickets.models import Message, Ticket

PARTS = ["", "conversation/", "promise/", "why/"]
DEEDS = ["messages/", "closure/", "reopening/"]
QUERIES = 15  # One of them is by when the next update is promised.


@pytest.mark.parametrize("part", PARTS)
def test_it_is_nothing_to_another_customer(cast: Cast, olive: Client, part: str) -> None:
    ticket = sent_by(cast.dana, "Exports fail")
    answer = olive.get(f"/requests/{ticket.pk}/{part}")
    assert answer.status_code == 404
    assert "Exports" not in answer.content.decode()


@pytest.mark.parametrize("deed", DEEDS)
def test_it_lets_another_customer_do_nothing(cast: Cast, olive: Client, deed: str) -> None:
    ticket = sent_by(cast.dana)
    assert olive.post(f"/requests/{ticket.pk}/{deed}", {"body": "Mine"}).status_code == 404
    ticket.refresh_from_db()
    assert (ticket.state, ticket.messages.count()) == ("open", 1)


def test_it_is_nothing_to_a_colleague_who_is_no_super_admin(cast: Cast, sam: Client) -> None:
    assert sam.get(f"/requests/{sent_by(cast.dana).pk}/").status_code == 404


def test_it_is_nothing_to_an_agent_on_customers_pages(cast: Cast, client: Client) -> None:
    client.force_login(cast.ana.user)
    assert client.get(f"/requests/{sent_by(cast.dana).pk}/").status_code == 404


def test_it_knows_no_number_that_is_too_big(dana: Client) -> None:
    assert dana.get(f"/requests/{10**30}/").status_code == 404


def test_it_shows_the_promise_and_why(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana)
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert re.search(r"Guaranteed reply by .+, in \d+ minutes", said)
    assert "Because: Premium v1, standard request from a Super Admin" in said
    assert "first reply within 1 hour, 24×7." in said  # noqa: RUF001  # The plan's own word.


def test_it_says_that_it_is_late_and_who_was_told(
    cast: Cast, dana: Client, at: datetime
) -> None:
    ticket = sent_by(cast.dana, at=at - timedelta(minutes=64))
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert re.search(r"This reply is late\. It was due (at )?.*\d\d:\d\d\.", said)
    assert "Lena Brandt, who leads the team, has been told." in said


def test_it_tells_an_ordinary_user_why_there_is_no_guarantee(cast: Cast, sam: Client) -> None:
    said = text_of(sam.get(f"/requests/{sent_by(cast.sam).pk}/"))
    assert "This is not a guarantee." in said
    assert "Guaranteed times apply when a Super Admin sends the request." in said
    assert "Guaranteed reply" not in said


def test_it_says_that_mail_carries_no_guarantee(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana, channel="email")
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert "The guarantee needs the request form." in said


def test_it_shows_what_was_said_in_order(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.sam, "Exports fail", at=at)
    answered_by(cast.ana, ticket, "Which export?\nSee https://example.com/a", at=at)
    tickets.add_message(ticket, sender=Sender(contact=cast.dana), body="All", at=at)
    page = dana.get(f"/requests/{ticket.pk}/")
    said = text_of(page)
    assert re.search(
        r"Sam Ortiz .*Exports fail.*Ana Silva \(specialist\).*Which.*You .*All", said
    )
    assert '<a href="https://example.com/a"' in page.content.decode()


def test_it_shows_what_was_quoted_folded(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at)
    sender = Sender(contact=cast.dana)
    tickets.add_message(ticket, sender=sender, body="Yes", folded="> Which export?", at=at)
    page = dana.get(f"/requests/{ticket.pk}/").content.decode()
    assert re.search(r"<details[^>]*><summary>[^<]+</summary>&gt; Which export\?", page)


def test_it_never_shows_what_is_not_for_customers(
    cast: Cast, dana: Client, at: datetime
) -> None:
    ticket = sent_by(cast.dana, "Exports fail", at=at, impact=OUTAGE)
    tickets.take(ticket, agent=cast.ana, at=at)
    tickets.add_note(ticket, agent=cast.ana, body="Their admin broke it", at=at)
    answered_by(cast.ana, ticket, "We are on it", at=at)
    for part in ["", "conversation/", "promise/", "why/", "?sent=1"]:
        page = dana.get(f"/requests/{ticket.pk}/{part}").content.decode()
        assert "broke it" not in page
        assert not re.search(r"\b(slack|internal|note|queue)\b", page, re.IGNORECASE), part
    assert "broke it" not in dana.get("/requests/").content.decode()


def test_it_escapes_what_people_write(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana, "<script>alert(1)</script>")
    assert "<script>alert" not in dana.get(f"/requests/{ticket.pk}/").content.decode()


def test_it_takes_an_answer(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at)
    answered_by(cast.ana, ticket, "Which export?", at=at)
    answer = dana.post(f"/requests/{ticket.pk}/messages/", {"body": "All of them"})
    assert answer.headers["Location"] == f"/requests/{ticket.pk}/#latest"
    ticket.refresh_from_db()
    assert ticket.state == Ticket.State.OPEN
    assert ticket.messages.latest("pk").body == "All of them"


def test_it_takes_an_answer_once_however_often_it_is_pressed(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana)
    for _ in range(2):
        dana.post(f"/requests/{ticket.pk}/messages/", {"body": "All of them"})
    assert ticket.messages.count() == 2


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "Enter your message"),
        ("x" * 10_001, "Message must be 10,000 characters or fewer. It has 10,001."),
    ],
)
def test_it_says_what_is_wrong_with_an_answer(
    cast: Cast, dana: Client, body: str, says: str
) -> None:
    ticket = sent_by(cast.dana)
    answer = dana.post(f"/requests/{ticket.pk}/messages/", {"body": body})
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert body in answer.content.decode()


def test_it_keeps_an_answer_through_signing_in(
    cast: Cast, client: Client, at: datetime
) -> None:
    ticket = sent_by(cast.dana)
    answer = client.post(f"/requests/{ticket.pk}/messages/", {"body": "Half an hour of typing"})
    assert answer.headers["Location"] == f"/sign-in/?next=%2Frequests%2F{ticket.pk}%2F&ended=1"
    client.force_login(let_in(cast.dana, at=at))
    page = client.get(f"/requests/{ticket.pk}/").content.decode()
    assert "Half an hour of typing" in page
    client.post(f"/requests/{ticket.pk}/messages/", {"body": "Half an hour of typing"})
    kept = client.get(f"/requests/{ticket.pk}/").content.decode()
    assert not re.search(r"<textarea[^>]*>\s*Half an hour", kept)


def test_it_is_solved_and_opened_again(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana)
    dana.post(f"/requests/{ticket.pk}/closure/")
    ticket.refresh_from_db()
    assert ticket.state == Ticket.State.RESOLVED
    assert "This is not solved" in text_of(dana.get(f"/requests/{ticket.pk}/"))
    dana.post(f"/requests/{ticket.pk}/reopening/")
    ticket.refresh_from_db()
    assert ticket.state == Ticket.State.OPEN


def test_it_stays_closed_after_fourteen_days(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at - timedelta(days=16))
    ended = at - timedelta(days=15)
    tickets.resolve(ticket, agent=None, contact=cast.dana, reason="", at=ended)
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert "This is not solved" not in said
    assert "For something new, send a new request." in said
    dana.post(f"/requests/{ticket.pk}/reopening/")
    ticket.refresh_from_db()
    assert ticket.state == Ticket.State.RESOLVED


def test_it_says_that_a_claim_was_confirmed(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at, impact=OUTAGE)
    tickets.confirm_claim(ticket, agent=cast.ana, at=at)
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert "Confirmed by Ana Silva at" in said


def test_it_says_that_a_claim_was_changed_and_why(
    cast: Cast, dana: Client, at: datetime
) -> None:
    ticket = sent_by(cast.dana, at=at, impact=OUTAGE)
    claim = tickets.change_claim(
        ticket,
        agent=cast.ana,
        reason="few",
        reason_says="One person or a small group is affected",
        words="Only one workspace cannot export.",
        at=at,
    )
    assert "Rated standard" not in text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert claim.notice
    tickets.mark_delivered(claim.notice, at=at)
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert re.search(r"Rated standard by Ana Silva at [\d: ()A-Z+]+\.", said)
    assert "Reason: One person or a small group is affected." in said
    assert re.search(r"Due changed from .+ to .+: severity changed by Ana Silva\.", said)
    assert "Only one workspace cannot export." in said
    assert "CRIT" not in said


def test_it_says_whose_claim_it_is(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.kim, at=at, impact=OUTAGE)
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert "Kim Park called it business-critical: An outage stops core work" in said
    assert "You called it" not in said


def test_it_names_the_day_of_a_promise_that_was_kept_another_day(
    cast: Cast, dana: Client, at: datetime
) -> None:
    ticket = sent_by(cast.dana, at=at - timedelta(days=5), impact=OUTAGE)
    tickets.confirm_claim(ticket, agent=cast.ana, at=at - timedelta(days=5))
    answered_by(cast.ana, ticket, "Try again", at=at - timedelta(days=5))
    said = text_of(dana.get(f"/requests/{ticket.pk}/"))
    assert re.search(r"The guaranteed reply was due \w{3} \d+ \w+, \d\d:\d\d \(UTC", said)
    assert re.search(r"Confirmed by Ana Silva on \w{3} \d+ \w+ \d\d:\d\d\.", said)


def test_it_explains_the_time_to_its_customer(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana)
    said = text_of(dana.get(f"/requests/{ticket.pk}/why/"))
    assert f"How the time of request #{ticket.pk} is worked out" in said
    assert "60 min" in said
    assert "usually" not in said


def test_it_has_words_for_a_reply_that_arrived(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at)
    part = f"/requests/{ticket.pk}/conversation/"
    assert "has written." not in text_of(dana.get(part))
    answered_by(cast.ana, ticket, "Which export?", at=at)
    page = dana.get(part).content.decode()
    found = re.search(r'<say-new number="(\d+)" hidden>([^<]+)<', page)
    assert found
    assert found[2] == "Ana Silva has written."


@pytest.mark.parametrize("part", ["conversation/", "promise/"])
def test_it_refetches_nothing_that_holds_typed_text(
    cast: Cast, dana: Client, part: str
) -> None:
    page = dana.get(f"/requests/{sent_by(cast.dana).pk}/{part}").content.decode()
    assert not re.search(r"<(input|textarea|select|form)\b", page)


def test_it_asks_as_many_questions_for_a_long_conversation(
    cast: Cast, dana: Client, django_assert_num_queries: DjangoAssertNumQueries, at: datetime
) -> None:
    ticket = sent_by(cast.dana, at=at, impact=OUTAGE)
    dana.get(f"/requests/{ticket.pk}/")
    with django_assert_num_queries(QUERIES):
        dana.get(f"/requests/{ticket.pk}/")
    for number in range(20):
        tickets.add_message(
            ticket, sender=Sender(contact=cast.kim), body=f"And export {number}", at=at
        )
    with django_assert_num_queries(QUERIES):
        dana.get(f"/requests/{ticket.pk}/")
    assert Message.objects.count() == 21


def test_it_gives_the_time_of_another_zone_beside_the_companys(
    cast: Cast, dana: Client
) -> None:
    ticket = sent_by(cast.dana)
    assert "Berlin" not in text_of(dana.get(f"/requests/{ticket.pk}/promise/"))
    type(cast.dana).objects.filter(pk=cast.dana.pk).update(zone="Asia/Tokyo")
    said = text_of(dana.get(f"/requests/{ticket.pk}/promise/"))
    assert re.search(r"\d\d:\d\d \(UTC\+9\) \(\d\d:\d\d Berlin\)", said)
