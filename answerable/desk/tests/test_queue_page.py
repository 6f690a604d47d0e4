"""The queue page: views, rows, counts, and what it says of rows that left."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from answerable.cast import Cast
from answerable.desk.queries.queue import Asked, queue_list
from answerable.desk.tests.opening import ask, stranger_asks
from answerable.lib import times
from answerable.routing.models import QueueEntry
from answerable.sla.actions import wake_due
from answerable.tickets import actions
from answerable.tickets.models import Ticket

QUERIES = 11  # three of them ask who reads and how they stand, one who waits in a chat
MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")


def text(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    return " ".join(answer.content.decode().split())


def test_it_names_a_row_for_those_who_listen(here: Cast, ana: Client) -> None:
    opened = timezone.now() - 23 * MINUTE
    ticket = ask(here.dana, "Nobody can sign in", critical=True, at=opened)
    wake_due(at=timezone.now())  # The time for the decision has passed.
    actions.take(ticket, agent=here.ana, at=timezone.now())
    page = text(ana.get("/desk/"))
    due = times.moment(opened + 30 * MINUTE, timezone.now(), BERLIN)
    assert (
        f'aria-label="Critical. At risk, 6 minutes left, due {due}. '
        f"{ticket.pk} Nobody can sign in. Nordwind GmbH, Dana Wolf, Super Admin. "
        'Form, first reply. Assigned to you."'
    ) in page


def test_it_shows_no_countdown_where_nothing_is_promised(here: Cast, ana: Client) -> None:
    ask(here.tom, "Second workspace")
    page = text(ana.get("/desk/"))
    assert "Customer wrote" in page
    assert "<due-time" not in page


def test_an_aim_is_said_to_be_one(here: Cast, ana: Client) -> None:
    ask(here.sam)
    page = text(ana.get("/desk/"))
    assert "chip--aim" in page
    assert "<due-time" not in page


def test_an_aim_that_passed_is_not_said_to_be_ahead(here: Cast, ana: Client) -> None:
    ask(here.sam, at=timezone.now() - timedelta(days=7))
    assert "Aim was " in text(ana.get("/desk/"))


def test_a_row_shows_no_line_that_only_greets(here: Cast, ana: Client) -> None:
    ask(here.dana, "Dashboard is empty", body="Hello,\n\nthe dashboard is empty.")
    page = text(ana.get("/desk/"))
    assert "Dashboard is empty" in page
    assert "Hello," not in page


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("all", "No promises are waiting."),
        ("mine", "Nothing is assigned to you."),
        ("unassigned", "Every open ticket has somebody."),
        ("waiting", "No ticket waits for a customer."),
        ("review", "Nobody unknown has written."),
    ],
)
def test_an_empty_view_says_so(here: Cast, ana: Client, view: str, words: str) -> None:
    assert words in text(ana.get(f"/desk/q/{view}/"))


def test_an_empty_queue_says_where_work_comes_from(
    here: Cast, ana: Client, settings: Settings
) -> None:
    settings.ANSWERABLE_MAIL_ADDRESS = "help@vendor.example"
    page = text(ana.get("/desk/"))
    assert "with the request form or to help@vendor.example comes in here." in page


def test_the_title_names_the_view(here: Cast, ana: Client) -> None:
    assert "<title>Queue · " in text(ana.get("/desk/"))
    assert "<title>Mine · Queue · " in text(ana.get("/desk/q/mine/"))


def test_it_counts_what_is_there(here: Cast, ana: Client) -> None:
    ask(here.dana)
    ask(here.sam)
    stranger_asks()
    assert "2 open · least slack" in text(ana.get("/desk/"))
    assert "1 for review" in text(ana.get("/desk/q/review/"))


def test_it_shows_sixty_and_more_on_request(here: Cast, ana: Client) -> None:
    now = timezone.now()
    tickets = Ticket.objects.bulk_create(
        Ticket(subject="x", channel="form", created_at=now, last_at=now) for _ in range(1100)
    )
    QueueEntry.objects.bulk_create(
        QueueEntry(ticket=one, band=QueueEntry.Band.OPEN, act_by=now) for one in tickets
    )
    page = text(ana.get("/desk/"))
    assert "1,000+ open · least slack" in page
    assert page.count('class="queue-row"') == 60
    assert 'href="?most=120"' in page
    assert text(ana.get("/desk/?most=120")).count('class="queue-row"') == 120


def test_a_row_that_left_says_who_did_what(here: Cast, ana: Client) -> None:
    resolved, answered, there = ask(here.dana, "One"), ask(here.dana, "Two"), ask(here.dana)
    now = timezone.now()
    actions.resolve(resolved, agent=here.ben, contact=None, reason="Twice", at=now)
    actions.answer(answered, agent=here.ana, body="Done", seen=2**62, at=now)
    have = f"{resolved.pk},{answered.pk},{there.pk}"
    part = text(ana.get(f"/desk/q/all/rows/?have={have}"))
    time = now.astimezone(BERLIN)
    assert f"Resolved by Ben {time:%H:%M}" in part
    assert f"Answered by you {time:%H:%M}" in part
    assert part.count("data-gone") == 2


def test_a_row_that_sank_below_what_is_shown_is_not_gone(here: Cast) -> None:
    now = timezone.now()
    ticket = ask(here.sam)
    for number in range(60):
        ask(here.dana, f"Urgent {number}", at=now)
    listed = queue_list(here.ana, "all", at=now, zone=BERLIN, asked=Asked(have=[ticket.pk]))
    assert [f'id="row-{ticket.pk}"' in row for row in listed.beyond] == [True]
    assert listed.gone == []


def test_what_a_page_asks_for_may_be_nonsense(here: Cast, ana: Client) -> None:
    for query in (
        "have=1,x,,-3",
        "most=-5",
        "most=999999999999",
        "have=99999999999999999999",
        "have=²",
    ):
        assert ana.get(f"/desk/q/all/rows/?{query}").status_code == 200


def test_it_costs_the_same_with_one_ticket_and_with_many(
    here: Cast, ana: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(70):
        ask(here.dana)
    ask(here.olive, critical=True)
    ana.get("/desk/")
    with django_assert_max_num_queries(QUERIES):
        ana.get("/desk/")


def test_it_marks_the_row_of_the_open_ticket(here: Cast, ana: Client) -> None:
    ticket, _ = ask(here.dana), ask(here.sam)
    page = text(ana.get(f"/desk/q/all/{ticket.pk}/"))
    row = page.split(f'id="row-{ticket.pk}"')[1].split("</a>")[0]
    assert 'aria-current="page"' in row
    rows = page.split('id="queue-rows"')[1].split("</main>")[0].split("<timeline-tabs")[0]
    assert rows.count('aria-selected="true"') == 1


def test_next_opens_what_has_the_least_slack(here: Cast, ana: Client) -> None:
    ask(here.sam)
    urgent = ask(here.dana)
    answer = ana.get("/desk/next/")
    assert answer.headers["Location"] == f"/desk/q/all/{urgent.pk}/"


def test_next_says_when_there_is_nothing(here: Cast, ana: Client) -> None:
    actions.take(ask(here.dana), agent=here.ben, at=timezone.now())
    answer = ana.get("/desk/next/", follow=True)
    assert "Nothing you can work on is waiting. 1 ticket has somebody on it." in text(answer)
    part = ana.get("/desk/next/", headers={"HX-Request": "true"})
    assert part.status_code == 404
    assert part.content.decode() == (
        "Nothing you can work on is waiting. 1 ticket has somebody on it."
    )
