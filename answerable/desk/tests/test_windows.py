"""A long conversation is read a window at a time, which costs what a short one costs."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.long_ticket import long_ticket
from answerable.desk.tests.opening import PART, ask
from answerable.tickets import actions
from answerable.tickets.models import Ticket

LONG, SHORT = 600, 60
OPENED = timezone.now() - timedelta(days=30)


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return long_ticket(here, LONG, at=OPENED)


def window(client: Client, ticket: Ticket, query: str = "") -> str:
    answer = client.get(f"/desk/tickets/{ticket.pk}/window/?{query}", headers=PART)
    assert answer.status_code == 200
    return answer.content.decode()


def entries(shown: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article id="e(\d+)"', shown)]


def value(shown: str, name: str) -> str:
    found = re.search(rf'data-{name}="([^"]*)"', shown)
    assert found
    return found[1]


def events(ticket: Ticket) -> list[int]:
    spoken = ticket.events.filter(message__isnull=False).order_by("pk")
    return list(spoken.values_list("pk", flat=True))


def test_windows_join_without_a_gap(ticket: Ticket, ana: Client) -> None:
    shown = window(ana, ticket)
    seen = entries(shown)
    while earlier := value(shown, "earlier"):
        shown = window(ana, ticket, f"before={earlier}")
        assert value(shown, "later")
        seen = entries(shown) + seen
    assert [number for number in seen if number in set(events(ticket))] == events(ticket)
    assert seen == sorted(set(seen))
    following, down = window(ana, ticket, "after=0"), []
    while True:
        down += entries(following)
        if not (later := value(following, "later")):
            break
        following = window(ana, ticket, f"after={later}")
    assert down == seen


def test_a_window_stands_around_an_entry_and_says_where(ticket: Ticket, ana: Client) -> None:
    middle = events(ticket)[LONG // 2]
    shown = window(ana, ticket, f"around={middle}")
    assert middle in entries(shown)
    assert len(entries(shown)) == 50
    assert int(value(shown, "count")) >= LONG
    assert 0 < int(value(shown, "above")) < LONG // 2
    where = ana.get(f"/desk/tickets/{ticket.pk}/where/?first={middle}", headers=PART).json()
    assert where["count"] == int(value(shown, "count"))
    assert where["above"] > int(value(shown, "above"))


def test_a_day_leads_to_its_first_entry(ticket: Ticket, ana: Client) -> None:
    number = events(ticket)[LONG // 2]
    at: datetime = ticket.events.get(pk=number).at
    day = at.astimezone(timezone.get_current_timezone()).date()
    assert f'data-day="{day}"' in window(ana, ticket, f"day={day}")
    for odd in ("2025-02-31", "tomorrow", "0001-01-01", "9999-12-31"):
        assert entries(window(ana, ticket, f"day={odd}"))


@pytest.mark.parametrize(
    ("show", "kinds"),
    [
        ("notes", {"note"}),
        ("messages", {"message", "reply"}),
        ("clock", {"mark"}),
    ],
)
def test_one_sort_of_entries_is_read_from_the_whole_conversation(
    ticket: Ticket, ana: Client, show: str, kinds: set[str]
) -> None:
    shown = window(ana, ticket, f"show={show}&after=0")
    assert set(re.findall(r'data-kind="(\w+)"', shown)) == kinds


def test_words_are_found_wherever_they_stand(ticket: Ticket, here: Cast, ana: Client) -> None:
    actions.add_note(ticket, agent=here.ben, body="50 % <of> IT_", at=timezone.now())
    path = f"/desk/tickets/{ticket.pk}/find/"
    found = ana.get(path, {"q": "Message 7 says"}, headers=PART).content.decode()
    assert re.findall(r'data-entry="(\d+)"', found) == [str(events(ticket)[8])]
    assert "<mark>Message 7 says</mark>" in found
    literal = ana.get(path, {"q": "% <OF> it_"}, headers=PART).content.decode()
    assert "50 <mark>% &lt;of&gt; IT_</mark>" in literal
    assert "Nobody wrote that here." in ana.get(path, {"q": "quark"}).content.decode()
    many = ana.get(path, {"q": "message"}, headers=PART).content.decode()
    assert many.count("data-entry") == 50
    assert "data-entry" not in ana.get(path, {"q": " "}, headers=PART).content.decode()


def test_d_28_a_long_conversation_costs_what_a_short_one_costs(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    short = long_ticket(here, SHORT, at=OPENED)
    for path in ("", "parts/", "window/?after=0", "window/?around={middle}"):
        asked = []
        for one in (short, ticket):
            address = path.format(middle=events(one)[SHORT // 2])
            ana.get(f"/desk/tickets/{one.pk}/{address}", headers=PART)
            with CaptureQueriesContext(connection) as queries:
                shown = ana.get(f"/desk/tickets/{one.pk}/{address}", headers=PART)
            asked.append((len(queries), shown.content.decode().count("<article")))
        assert asked[0] == asked[1], path


def test_nobody_else_has_these(here: Cast, ana: Client) -> None:
    other = ask(here.dana)
    for path in ("window/", "where/", "find/?q=x"):
        assert ana.get(f"/desk/tickets/{other.pk + 9999}/{path}").status_code == 404
        assert Client().get(f"/desk/tickets/{other.pk}/{path}").status_code in {302, 401}
