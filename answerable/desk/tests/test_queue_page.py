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
from answerable.desk.rows import Shown
from answerable.desk.tests.opening import PART, SignIn, ask, stranger_asks
from answerable.entitlements.models import Contract
from answerable.lib import times
from answerable.routing.models import QueueEntry
from answerable.routing.views import view_for
from answerable.sla.actions import wake_due
from answerable.tickets import actions
from answerable.tickets.models import Ticket

QUERIES = 14  # three ask who reads and how they stand, one who waits in a chat, three for views
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
    assert "2 open" in text(ana.get("/desk/"))
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
    assert "1,100 open" in page
    assert 'aria-rowcount="1100"' in page
    assert page.count('class="queue-row"') == 60
    assert 'href="?from=60"' in page
    last = text(ana.get("/desk/?from=1080"))
    assert last.count('class="queue-row"') == 20
    assert f'data-number="{tickets[-1].pk}"' in last


def test_d_01_forty_tickets_stand_in_the_order_of_their_slack(here: Cast, ana: Client) -> None:
    now = timezone.now()
    asked = [ask(here.dana, at=now - (7 * number % 40) * MINUTE) for number in range(40)]
    claim = ask(here.olive, critical=True)
    aim = ask(here.sam)
    page = text(ana.get("/desk/"))
    assert 'role="grid" class="queue-grid" aria-label="Queue, least slack first"' in page
    band, _, rest = page.partition('class="queue-rest"')
    assert f'id="row-{claim.pk}"' in band
    in_order = sorted(asked, key=lambda ticket: ticket.created_at)
    shown = [int(part.split('"')[0]) for part in rest.split('id="row-')[1:]]
    assert shown == [ticket.pk for ticket in (*in_order, aim)]


def test_filters_are_chips_and_can_be_taken_away(here: Cast, ana: Client) -> None:
    mine, other = ask(here.dana, "Exports fail"), ask(here.olive, "Imports fail")
    customer = here.dana.customer_id
    page = text(ana.get(f"/desk/q/all/?customer={customer}&channel=form&colour=red"))
    assert f'id="row-{mine.pk}"' in page
    assert f'id="row-{other.pk}"' not in page
    assert "1 ticket" in page
    assert f"Account: {here.dana.customer.name}" in page
    assert f'href="?customer={customer}"' in page
    assert "Not understood: colour=red" in page
    none = text(ana.get("/desk/q/all/?channel=chat"))
    assert "No tickets match these filters." in none


def test_contracts_are_chosen_by_their_account_or_order(here: Cast, ana: Client) -> None:
    contract = here.contract
    assert "Order references of contracts" in text(ana.get("/desk/q/all/filter/", headers=PART))
    answer = ana.post("/desk/q/all/filter/", {"contract": here.dana.customer.name[:5]})
    assert answer.headers["Location"] == f"/desk/q/all/?contract={contract.pk}"
    Contract.objects.filter(pk=contract.pk).update(order_ref="PO-77")
    answer = ana.post("/desk/q/all/filter/", {"contract": "po-7"})
    assert answer.headers["Location"] == f"/desk/q/all/?contract={contract.pk}"
    assert "Contract: PO-77" in text(ana.get(answer.headers["Location"]))


def test_the_dialog_of_filters_leads_to_an_address(here: Cast, ana: Client) -> None:
    shown = text(ana.get("/desk/q/all/filter/?state=open,held", headers=PART))
    assert shown.count("checked") == 2
    sent = {"state": ["open"], "customer": "nordw", "not.state": "on", "created": ["7d"]}
    answer = ana.post("/desk/q/mine/filter/", sent)
    wanted = f"/desk/q/mine/?state=!open&customer={here.dana.customer_id}&created=7d"
    assert answer.headers["Location"] == wanted
    assert ana.get(wanted).status_code == 200
    assert ana.post("/desk/q/mine/filter/", {}).headers["Location"] == "/desk/q/mine/?f="


def test_a_view_is_saved_seen_by_whom_it_is_for_and_counted(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    late = ask(here.dana, at=timezone.now() - 90 * MINUTE)
    ask(here.olive)
    query = f"customer={here.dana.customer_id}&order=due"
    sent = {"name": "Nordwind", "whose": "shared"}
    address = ana.post(f"/desk/q/all/save/?{query}", sent).headers["Location"]
    ben = sign_in(here.ben)
    page = text(ben.get(address))
    assert f'id="row-{late.pk}"' in page
    assert 'aria-label="Queue, by due time"' in page
    key = address.split("/")[3]
    counted = text(ben.get(f"/desk/q/{key}/counts/"))
    assert "Nordwind" in counted
    assert "1, 1 late" in counted
    assert ben.post(f"/desk/q/{key}/save/", {"forget": "1"}).status_code == 403
    mine = ana.post("/desk/q/all/save/?state=held", {"name": "Held", "whose": "mine"})
    assert ben.get(mine.headers["Location"]).status_code == 404
    ana.post(f"/desk/q/{key}/save/", {"forget": "1"})
    assert ben.get(address).status_code == 404


def test_skipping_asks_why_and_stands_in_the_log(here: Cast, ana: Client) -> None:
    first, second = ask(here.dana), ask(here.dana)
    asked = text(ana.get(f"/desk/tickets/{first.pk}/skip/", headers=PART))
    assert f"Why skip #{first.pk}?" in asked
    sent = {"reason": "conflict", "note": "My brother works there"}
    answer = ana.post(f"/desk/tickets/{first.pk}/skip/", sent, headers=PART)
    assert f"/desk/q/all/{second.pk}/" in answer.headers["HX-Trigger"]
    page = text(ana.get(f"/desk/tickets/{first.pk}/"))
    assert "Ana Silva skipped it: conflict with the customer · My brother works there" in page
    assert ana.get(f"/desk/next/?after={second.pk}").headers["Location"] == "/desk/"


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
    shown = Shown(here.ana, now, BERLIN)
    listed = queue_list(view_for(here.ana, "all"), shown, asked=Asked(have=[ticket.pk]))
    assert [f'id="row-{ticket.pk}"' in row for row in listed.beyond] == [True]
    assert listed.gone == []


def test_what_a_page_asks_for_may_be_nonsense(here: Cast, ana: Client) -> None:
    for query in (
        "have=1,x,,-3",
        "from=-5",
        "from=999999999999999999",
        "created=x..y&field.x=,&priority=9",
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
    assert page.split('id="queue-end"')[0].count('aria-selected="true"') == 1


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
