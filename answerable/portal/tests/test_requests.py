"""The list of a contact's requests."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.portal.tests.helping import OUTAGE, answered_by, sent_by, text_of
from answerable.routing.models import QueueEntry
from answerable.sla.actions import wake_due
from answerable.tickets import actions as tickets
from answerable.tickets.models import Ticket


def numbers(client: Client, address: str = "/requests/") -> list[int]:
    page = client.get(address).content.decode()
    return [int(number) for number in re.findall(r'href="/requests/(\d+)/"', page)]


def test_it_shows_an_ordinary_user_only_their_own(cast: Cast, sam: Client) -> None:
    sent_by(cast.dana, "Exports fail")
    mine = sent_by(cast.sam, "Rename a field")
    assert numbers(sam) == [mine.pk]
    assert "My requests" in text_of(sam.get("/requests/"))


def test_it_shows_a_super_admin_the_whole_account(cast: Cast, dana: Client) -> None:
    mine, theirs = sent_by(cast.dana), sent_by(cast.sam, "Rename a field")
    sent_by(cast.olive, "Booking pages return 503")
    assert set(numbers(dana)) == {mine.pk, theirs.pk}
    said = text_of(dana.get("/requests/"))
    assert "Rename a field (Sam Ortiz)" in said
    assert "Booking pages" not in said


def test_it_puts_first_what_waits_then_guarantees_by_time_then_aims(
    cast: Cast, dana: Client, at: datetime
) -> None:
    aim = sent_by(cast.sam, "Rename a field", at=at - timedelta(minutes=50))
    standard = sent_by(cast.dana, "Exports fail", at=at - timedelta(minutes=5))
    critical = sent_by(cast.dana, "Nobody can sign in", at=at, impact=OUTAGE)
    waiting = sent_by(cast.dana, "Certificate", at=at - timedelta(minutes=40))
    answered_by(cast.ana, waiting, "Which one?", at=at)
    assert numbers(dana) == [waiting.pk, critical.pk, standard.pk, aim.pk]
    assert numbers(dana, "/requests/?view=waiting") == [waiting.pk]


def test_it_names_each_row_with_number_title_and_promise(cast: Cast, dana: Client) -> None:
    ticket = sent_by(cast.dana, "Exports fail")
    said = text_of(dana.get("/requests/"))
    assert re.search(rf"#{ticket.pk} Exports fail \. Guaranteed reply by ", said)


def test_it_says_that_a_reply_is_late_and_never_counts_below_zero(
    cast: Cast, dana: Client, at: datetime
) -> None:
    sent_by(cast.dana, at=at - timedelta(minutes=64))
    said = text_of(dana.get("/requests/"))
    assert "This reply is late." in said
    assert not re.search(r"-\d|\u2212\d", said)


def test_it_says_that_an_aim_has_passed(cast: Cast, dana: Client, at: datetime) -> None:
    sent_by(cast.sam, "Rename a field", at=at - timedelta(days=7))
    said = text_of(dana.get("/requests/"))
    assert re.search(r"We aimed for .+\d\d:\d\d\. No reply yet\.", said)
    assert "We aim " not in said


def test_it_puts_an_aim_that_passed_before_those_ahead(
    cast: Cast, dana: Client, at: datetime
) -> None:
    passed = sent_by(cast.sam, "Rename a field", at=at - timedelta(days=7))
    ahead = sent_by(cast.sam, "Move a field", at=at)
    wake_due(at=at)
    assert numbers(dana) == [passed.pk, ahead.pk]


def test_it_says_that_a_promise_was_kept(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at - timedelta(minutes=50))
    answered_by(cast.ana, ticket, "Try again", at=at - timedelta(minutes=8))
    tickets.add_message(ticket, sender=tickets.Sender(contact=cast.dana), body="Works", at=at)
    assert "Promise kept, 18 min early" in text_of(dana.get("/requests/"))


def test_it_says_by_how_much_an_answer_was_late(cast: Cast, dana: Client, at: datetime) -> None:
    ticket = sent_by(cast.dana, at=at - timedelta(minutes=70))
    wake_due(at=at)
    answered_by(cast.ana, ticket, "Try again", at=at - timedelta(minutes=6))
    tickets.add_message(ticket, sender=tickets.Sender(contact=cast.dana), body="Works", at=at)
    assert "Answered 4 min late" in text_of(dana.get("/requests/"))


def test_it_keeps_closed_requests_apart_and_finds_them(
    cast: Cast, dana: Client, at: datetime
) -> None:
    closed = sent_by(cast.dana, "Invoice address", at=at)
    tickets.resolve(closed, agent=None, contact=cast.dana, reason="", at=at)
    assert numbers(dana) == []
    assert "You have no open requests." in text_of(dana.get("/requests/"))
    assert numbers(dana, "/requests/?view=closed") == [closed.pk]
    assert numbers(dana, "/requests/?q=invoice") == [closed.pk]
    assert numbers(dana, f"/requests/?q=%23{closed.pk}") == [closed.pk]
    said = text_of(dana.get("/requests/?q=nothing+like+it"))
    assert "No request matches nothing like it. Closed requests are included." in said
    assert "Show open requests" in said
    assert "1 request matches invoice." in text_of(dana.get("/requests/?q=invoice"))


def test_it_finds_nothing_of_others(cast: Cast, dana: Client) -> None:
    theirs = sent_by(cast.olive, "Booking pages return 503")
    assert numbers(dana, "/requests/?q=booking") == []
    assert numbers(dana, f"/requests/?q={theirs.pk}") == []


def test_it_sends_the_list_alone_to_htmx(cast: Cast, dana: Client) -> None:
    sent_by(cast.dana)
    part = dana.get("/requests/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div class="stack" id="requests"')
    assert "<input" not in part


def test_it_listens_to_all_that_its_reader_may_see(
    cast: Cast, dana: Client, sam: Client, at: datetime
) -> None:
    shown = sent_by(cast.dana)
    tickets.name_participant(shown, cast.sam, contact=cast.dana, at=at)
    page = dana.get("/requests/").content.decode()
    assert f"topics=requests-{cast.dana.pk},incidents-shown,customer-{cast.nordwind.pk}" in page
    page = sam.get("/requests/").content.decode()
    assert f"topics=requests-{cast.sam.pk},incidents-shown,request-{shown.pk}" in page


def test_it_asks_as_many_questions_for_fifty_as_for_one(
    cast: Cast, dana: Client, django_assert_num_queries: DjangoAssertNumQueries, at: datetime
) -> None:
    sent_by(cast.dana)
    dana.get("/requests/")
    # One of them: what Dana is asked of requests that were solved.
    with django_assert_num_queries(10):
        dana.get("/requests/")
    for number in range(54):
        sent_by(cast.dana, f"Export {number} fails", at=at)
    with django_assert_num_queries(10):
        dana.get("/requests/")
    assert len(numbers(dana)) == 50
    assert len(numbers(dana, "/requests/?page=2")) == 5


def test_it_leads_to_older_requests_and_back(cast: Cast, dana: Client, at: datetime) -> None:
    for number in range(51):
        sent_by(cast.dana, f"Export {number} fails", at=at)
    first = dana.get("/requests/").content.decode()
    second = dana.get("/requests/?page=2").content.decode()
    assert 'href="?page=2"' in first
    assert 'href="?page=0"' not in first
    assert 'href="?page=1"' in second
    assert 'href="?page=3"' not in second


def test_it_counts_to_a_thousand(cast: Cast, dana: Client, at: datetime) -> None:
    tickets = Ticket.objects.bulk_create(
        Ticket(subject="x", channel="form", created_at=at, last_at=at) for _ in range(1001)
    )
    QueueEntry.objects.bulk_create(
        QueueEntry(ticket=one, band=3, act_by=at, customer=cast.dana.customer)
        for one in tickets
    )
    assert "Open 1,000+ Waiting for you 0 Closed" in text_of(dana.get("/requests/"))


def test_it_sends_a_stranger_to_sign_in(db: None, client: Client) -> None:
    answer = client.get("/requests/?view=closed")
    assert answer.headers["Location"] == "/sign-in/?next=/requests/%3Fview%3Dclosed"
