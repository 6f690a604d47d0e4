"""Doing one thing to many tickets, and taking all of it back."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, ask
from answerable.desk.views import bulk as bulk_view
from answerable.desk.views import undoing
from answerable.routing.actions.bulking import Order, begin_bulk, begin_taking_back, go_on
from answerable.routing.jobs import go_on_with_bulk, sweep_bulks
from answerable.routing.models import Bulk
from answerable.tickets import actions
from answerable.tickets.actions.tagging import add_tag
from answerable.tickets.actions.undoing import NothingToUndo, take_back_act
from answerable.tickets.models import Ticket, TicketEvent


@pytest.fixture
def tickets(here: Cast) -> list[Ticket]:
    return [ask(here.dana, f"Question {number}") for number in range(4)]


def address(act: str, tickets: list[Ticket]) -> str:
    numbers = ",".join(str(ticket.pk) for ticket in tickets)
    return f"/desk/q/all/bulk/{act}/?numbers={numbers}"


def sent(client: Client, place: str, **data: object) -> str:
    data = {"since": newest(), **data}
    return " ".join(client.post(place, data, headers=PART).content.decode().split())


def newest() -> int:
    return TicketEvent.objects.latest("pk").pk


def states(tickets: list[Ticket]) -> list[str]:
    found = dict(Ticket.objects.values_list("pk", "state"))
    return [found[ticket.pk] for ticket in tickets]


def test_all_are_assigned_and_taken_back_with_one_press(
    here: Cast, ana: Client, tickets: list[Ticket]
) -> None:
    place = address("assign", tickets)
    assert "Assign 4 tickets" in ana.get(place, headers=PART).content.decode()
    said = sent(ana, place, to=here.ben.pk)
    assert "Assigned 4 tickets." in said
    assert Ticket.objects.filter(assignee=here.ben).count() == 4
    back = ana.post("/desk/undo/", headers=PART).content.decode()
    assert "Taken back: Assigned 4 tickets." in back
    assert not Ticket.objects.filter(assignee=here.ben).exists()


def test_what_changed_meanwhile_stays_and_is_shown(
    here: Cast, ana: Client, tickets: list[Ticket]
) -> None:
    since = newest()
    other = tickets[2]
    actions.take(other, agent=here.ben, at=timezone.now())
    said = sent(ana, address("assign", tickets), to=here.chidi.pk, since=since)
    assert f"Applied to 3 of 4. #{other.pk} changed meanwhile." in said
    assert f'href="/desk/tickets/{other.pk}/">Show it' in said
    other.refresh_from_db()
    assert other.assignee == here.ben


def test_each_act_is_done_and_taken_back(
    here: Cast, ana: Client, tickets: list[Ticket]
) -> None:
    tag = add_tag("Outage", by=here.ana, at=timezone.now())
    assert "Labelled 4 tickets." in sent(ana, address("label", tickets), tags=[tag.pk])
    assert tag.tickets.count() == 4
    held = sent(
        ana, address("hold", tickets), kind="vendor", reason="A fix comes", until="open"
    )
    assert "Put 4 tickets on hold." in held
    assert states(tickets) == ["held"] * 4
    ana.post("/desk/undo/")
    assert states(tickets) == ["open"] * 4
    ana.post("/desk/undo/")
    assert tag.tickets.count() == 0
    done = sent(ana, address("resolve", tickets), reason="All of one outage")
    assert "Resolved 4 tickets." in done
    ana.post("/desk/undo/")
    assert states(tickets) == ["open"] * 4
    sent(ana, address("merge", tickets))
    assert states(tickets) == ["open", "resolved", "resolved", "resolved"]
    ana.post("/desk/undo/")
    assert states(tickets) == ["open"] * 4


def test_many_are_held_until_a_time_that_is_offered(
    here: Cast, ana: Client, tickets: list[Ticket]
) -> None:
    shown = ana.get(address("hold", tickets), headers=PART).content.decode()
    offered = re.findall(r'name="until" value="([^"]+)"', shown)
    assert len(offered) == 5
    assert offered[-1] == "open"
    until = offered[1].replace("&#x2B;", "+")
    sent(ana, address("hold", tickets), kind="vendor", reason="A fix comes", until=until)
    ends = {one.holds.get().until for one in tickets}
    assert ends == {datetime.fromisoformat(until)}
    for wrong in ("", "yesterday", "2001-01-01T09:00:00+00:00"):
        answer = sent(ana, address("hold", tickets), kind="vendor", reason="x", until=wrong)
        assert "Select until when" in answer


def test_what_an_act_lacks_is_asked_for(here: Cast, ana: Client, tickets: list[Ticket]) -> None:
    assert "Enter a reason" in sent(ana, address("hold", tickets), kind="vendor")
    assert "Applied to 0 of 4." in sent(ana, address("resolve", tickets))
    nothing = ana.get("/desk/q/all/bulk/assign/?numbers=x,,-1", headers=PART)
    assert "Select tickets first." in nothing.content.decode()
    assert ana.get("/desk/q/all/bulk/delete/").status_code == 404


def test_all_that_match_is_what_the_filters_say(
    here: Cast, ana: Client, tickets: list[Ticket]
) -> None:
    other = ask(here.olive)
    customer = here.dana.customer_id
    said = sent(ana, f"/desk/q/all/bulk/assign/?all=1&customer={customer}", to=here.ben.pk)
    assert "Assigned 4 tickets." in said
    other.refresh_from_db()
    assert other.assignee is None


def test_more_than_can_be_waited_for_is_a_job_with_progress(
    here: Cast, ana: Client, tickets: list[Ticket]
) -> None:
    numbers = [ticket.pk for ticket in tickets]
    order = Order("assign", {"to": here.ben.pk}, numbers, newest(), "Assigned 4 tickets.")
    at = timezone.now()
    bulk = begin_bulk(order, agent=here.ana, at=at)
    assert not go_on(bulk, at=at, most=2)
    shown = ana.get(f"/desk/bulk/{bulk.pk}/", headers=PART).content.decode()
    assert "2 of 4 so far." in shown
    go_on_with_bulk(bulk=bulk.pk)
    go_on_with_bulk(bulk=bulk.pk)  # As after a death: there is nothing left to be done.
    over = ana.get(f"/desk/bulk/{bulk.pk}/", headers=PART).content.decode()
    assert "Assigned 4 tickets." in over
    assert Bulk.objects.get().ended_at is not None
    take_back_act(here.ana, at=timezone.now() + timedelta(seconds=50))
    assert not Ticket.objects.filter(assignee=here.ben).exists()


def test_two_who_go_on_with_the_same_take_turns(here: Cast, tickets: list[Ticket]) -> None:
    numbers = [ticket.pk for ticket in tickets]
    at = timezone.now()
    order = Order("assign", {"to": here.ben.pk}, numbers, newest(), "Assigned 4 tickets.")
    bulk = begin_bulk(order, agent=here.ana, at=at)
    other = Bulk.objects.get()
    assert not go_on(bulk, at=at, most=3)
    assert go_on(other, at=at)
    assert (other.done, other.kept_count) == (4, 0)
    assert TicketEvent.objects.filter(verb="assigned").count() == 4


def test_one_that_stumbles_stops_none_of_the_others(here: Cast, tickets: list[Ticket]) -> None:
    numbers = [ticket.pk for ticket in tickets]
    at = timezone.now()
    order = Order("hold", {"kind": "vendor", "until": "never"}, numbers, newest(), "Held.")
    bulk = begin_bulk(order, agent=here.ana, at=at)
    assert go_on(bulk, at=at)
    assert (bulk.done, bulk.kept_count, bulk.kept) == (0, 4, numbers)


def test_what_nobody_was_left_to_do_is_found_within_a_minute(
    here: Cast, tickets: list[Ticket]
) -> None:
    order = Order("assign", {"to": here.ben.pk}, [tickets[0].pk], newest(), "Assigned.")
    bulk = begin_bulk(order, agent=here.ana, at=timezone.now())
    sweep_bulks(timestamp=0)
    sweep_bulks(timestamp=0)
    (job,) = ProcrastinateJob.objects.filter(task_name__endswith="go_on_with_bulk")
    assert job.args == {"bulk": bulk.pk}


def test_more_is_taken_back_by_a_job_and_what_is_under_way_ends(
    here: Cast, ana: Client, tickets: list[Ticket]
) -> None:
    numbers = [ticket.pk for ticket in tickets]
    at = timezone.now()
    order = Order("assign", {"to": here.ben.pk}, numbers, newest(), "Assigned 4 tickets.")
    bulk = begin_bulk(order, agent=here.ana, at=at)
    go_on(bulk, at=at, most=3)
    back = begin_taking_back(here.ana, at=at)
    assert go_on(bulk, at=at)
    assert not go_on(back, at=at, most=1)
    shown = ana.get(f"/desk/bulk/{back.pk}/", headers=PART).content.decode()
    assert "1 of 3 so far." in shown
    go_on_with_bulk(bulk=back.pk)
    over = ana.get(f"/desk/bulk/{back.pk}/", headers=PART).content.decode()
    assert "Taken back: Assigned 4 tickets." in over
    assert not Ticket.objects.filter(assignee=here.ben).exists()
    with pytest.raises(NothingToUndo):
        begin_taking_back(here.ana, at=at)


def test_an_act_on_more_than_many_is_left_to_a_job_when_it_is_taken_back(
    here: Cast, ana: Client, tickets: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(ana, address("assign", tickets), to=here.ben.pk)
    monkeypatch.setattr(undoing, "AT_ONCE", 3)
    said = ana.post("/desk/undo/", headers=PART).content.decode()
    assert "Taken back: Assigned 4 tickets." in said
    assert Bulk.objects.latest("pk").act == "undo"


def test_a_filter_that_matches_too_many_is_to_be_narrowed_down(
    here: Cast, ana: Client, tickets: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_view, "MOST", 3)
    place = "/desk/q/all/bulk/assign/?all=1"
    words = "4 tickets match. This can be done to 3 at once: narrow them down by a filter."
    assert words in ana.get(place, headers=PART).content.decode()
    answer = ana.post(place, {"to": here.ben.pk, "since": newest()}, headers=PART)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Bulk.objects.exists()


def test_what_each_customer_read_last_is_shown_before_many_are_resolved(
    here: Cast, ana: Client, tickets: list[Ticket]
) -> None:
    answered = tickets[0]
    actions.answer(
        answered,
        agent=here.ana,
        body="Exports work again.\nTell us.",
        seen=newest(),
        at=timezone.now(),
    )
    shown = " ".join(
        ana.get(address("resolve", tickets), headers=PART).content.decode().split()
    )
    assert "Last reply: <bdi>Exports work again.</bdi>" in shown
    assert "3 tickets have no reply: they need a reason." in shown
    assert shown.count("No reply was sent.") == 3
    assert "The promise is due" in shown
