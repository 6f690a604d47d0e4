"""The column of chats and the page of one: who waits for whom, and what it costs."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.channels.chat import actions
from answerable.channels.chat.models import Chat
from answerable.desk.tests.chatting import asked, before, says, taken
from answerable.desk.tests.opening import PART, SignIn, ask, last_event
from answerable.tickets import actions as tickets

COLUMN_QUERIES = 11  # two of them ask who reads
PAGE_QUERIES = 38
ROW = re.compile(r'data-chat-key="([\w-]+)"')


def rows(client: Client) -> list[str]:
    return ROW.findall(client.get("/desk/chats/rows/").content.decode())


def page(client: Client, chat: Chat, what: str = "") -> str:
    return client.get(f"/desk/chats/{chat.key}/{what}").content.decode()


def test_who_waits_longest_for_the_agent_stands_first(here: Cast, ana: Client) -> None:
    first, second = taken(here.dana, here.ana, ago=300), taken(here.sam, here.ana, ago=200)
    third = taken(here.olive, here.ana, ago=100)
    assert rows(ana) == [first.key, second.key, third.key]
    says(first, here.ana, "I look at it", ago=90)
    assert rows(ana) == [second.key, third.key, first.key]
    says(first, here.dana, "Any news?", ago=10)
    assert rows(ana) == [second.key, third.key, first.key]


def test_others_chats_are_not_in_the_column_and_the_line_is(here: Cast, ana: Client) -> None:
    taken(here.dana, here.ben)
    waiting = asked(here.sam, ago=60)
    column = ana.get("/desk/chats/").content.decode()
    assert ROW.findall(column) == [waiting.key]
    assert "0 of 3" in column
    assert "In line: 1" in column


def test_c_leads_to_the_one_that_has_waited_longest(here: Cast, ana: Client) -> None:
    first, second = taken(here.dana, here.ana, ago=300), taken(here.sam, here.ana, ago=200)
    assert ana.get("/desk/chats/next/").headers["Location"] == f"/desk/chats/{first.key}/"
    following = ana.get("/desk/chats/next/", {"after": first.key}).headers["Location"]
    assert following == f"/desk/chats/{second.key}/"
    says(second, here.ana, "Done")
    following = ana.get("/desk/chats/next/", {"after": first.key}).headers["Location"]
    assert following == f"/desk/chats/{first.key}/"
    says(first, here.ana, "Done")
    answer = ana.get("/desk/chats/next/", headers=PART)
    assert (answer.status_code, answer.content.decode()) == (
        404,
        "Nobody waits for you in a chat.",
    )


def test_the_page_listens_to_the_tickets_and_accounts_of_its_rows(
    here: Cast, ana: Client
) -> None:
    chat, elsewhere = taken(here.dana, here.ana), taken(here.olive, here.ben)
    heard = re.search(r"topics=([^\"]+)", page(ana, elsewhere))
    assert heard
    wanted = {chat.ticket, elsewhere.ticket}
    topics = {f"ticket-{one.pk}" for one in wanted}
    topics |= {f"account-{one.customer_id}" for one in wanted}
    assert topics <= set(heard[1].split(","))


def test_the_rail_counts_who_waits(here: Cast, ana: Client) -> None:
    taken(here.dana, here.ana)
    says(taken(here.sam, here.ana), here.ana, "Done")
    assert ana.get("/desk/chats/count/").json() == {
        "count": 1,
        "label": "Chats: 1 waits for you",
    }
    assert 'aria-label="Chats: 1 waits for you"' in ana.get("/desk/").content.decode()


def test_beside_a_critical_ticket_there_is_room_for_one(here: Cast, ana: Client) -> None:
    taken(here.dana, here.ana)
    assert "1 of 3" in ana.get("/desk/chats/rows/").content.decode()
    tickets.take(ask(here.olive, critical=True), agent=here.ana, at=before(0))
    assert "1 of 1" in ana.get("/desk/chats/rows/").content.decode()


def test_a_draft_is_marked_in_its_row_and_stands_in_its_box(here: Cast, ana: Client) -> None:
    chat, other = taken(here.dana, here.ana), taken(here.sam, here.ana)
    ana.post(f"/desk/tickets/{chat.ticket_id}/draft/reply/", {"text": "Half a sen"})
    assert "Half a sen</textarea>" in page(ana, chat)
    assert "Half a sen" not in page(ana, other)
    assert page(ana, other).count("chat-row-draft") == 1


def test_a_note_stands_among_the_lines_and_reaches_no_customer(here: Cast, ana: Client) -> None:
    chat = taken(here.dana, here.ana, ago=60)
    tickets.add_note(chat.ticket, agent=here.ana, body="Ask Ben", at=before(30))
    assert "Ask Ben" in page(ana, chat, "parts/")
    assert all("Ask Ben" not in str(entry.data) for entry in chat.entries.all())


def test_somebody_elses_chat_is_read_along_and_not_written_in(here: Cast, ana: Client) -> None:
    chat = taken(here.dana, here.ben)
    shown = page(ana, chat)
    assert "Ben Adler is in this chat. You read along" in shown
    assert re.search(r"<chat-box[^>]* hidden>", shown)


def test_it_says_that_the_customer_left(here: Cast, ana: Client) -> None:
    chat = taken(here.dana, here.ana, ago=60)
    actions.go_away(chat, since=before(0), at=before(0))
    assert "What you write reaches them by mail." in page(ana, chat)


def test_an_ended_chat_leads_to_its_ticket(here: Cast, ana: Client) -> None:
    chat = taken(here.dana, here.ana)
    actions.end_chat(chat, Chat.End.CONTACT, at=before(0))
    shown = page(ana, chat)
    assert "This chat ended at" in shown
    assert f"/desk/tickets/{chat.ticket_id}/#reply" in shown


def test_customers_find_no_such_page(here: Cast, sign_in: SignIn) -> None:
    chat = taken(here.dana, here.ana)
    dana = sign_in(here.dana)
    for what in ("", "pane/", "parts/"):
        assert dana.get(f"/desk/chats/{chat.key}/{what}").status_code == 404


def test_no_chat_has_a_name_that_one_could_guess(here: Cast, ana: Client) -> None:
    chat = taken(here.dana, here.ana)
    assert ana.get(f"/desk/chats/{chat.pk}/").status_code == 404


def test_the_timeline_shows_a_chat_as_one_entry(here: Cast, ana: Client) -> None:
    chat = taken(here.dana, here.ana, "Exports fail", ago=90)
    line = says(chat, here.ana, "Which exprots?", ago=50)
    actions.edit(chat, line, "Which exports?", writer=here.ana, at=before(40))
    gone = says(chat, here.dana, "Wrong window", ago=30)
    actions.unsay(chat, gone, writer=here.dana, at=before(20))
    timeline = ana.get(f"/desk/tickets/{chat.ticket_id}/parts/").content.decode()
    assert timeline.count('data-kind="chat"') == 1
    assert timeline.count('data-kind="message"') == 1
    assert "Which exports?" in timeline
    assert "Which exprots?" not in timeline
    assert "Wrong window" not in timeline
    assert f'data-last="{last_event(chat.ticket)}"' in timeline


def test_a_long_chat_is_folded_in_the_timeline(here: Cast, ana: Client) -> None:
    chat = taken(here.dana, here.ana, ago=600)
    for number in range(30):
        says(chat, here.dana, f"Line {number}.", ago=500 - number)
    timeline = ana.get(f"/desk/tickets/{chat.ticket_id}/parts/").content.decode()
    assert "11 earlier lines" in timeline
    assert timeline.count("Line ") == 30


@pytest.mark.parametrize("lines", [2, 60])
def test_it_costs_the_same_however_much_was_said(
    here: Cast, ana: Client, lines: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    chat = taken(here.dana, here.ana, ago=600)
    taken(here.sam, here.ana)
    asked(here.olive)
    for number in range(lines):
        says(chat, here.dana, f"Line {number}.", ago=500 - number)
    page(ana, chat)
    with django_assert_max_num_queries(COLUMN_QUERIES):
        ana.get("/desk/chats/rows/")
    with django_assert_max_num_queries(PAGE_QUERIES):
        page(ana, chat)
