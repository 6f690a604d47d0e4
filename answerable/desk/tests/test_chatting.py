"""What an agent says in a chat, changes, and hands on; and what each refusal says."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from answerable.cast import Cast
from answerable.channels.chat import actions
from answerable.channels.chat.models import Chat
from answerable.desk.tests.chatting import asked, before, says, taken
from answerable.desk.tests.opening import PART, SignIn
from answerable.tickets.actions import LONGEST


@pytest.fixture
def chat(here: Cast) -> Chat:
    return taken(here.dana, here.ana, ago=120)


def post(client: Client, chat: Chat, what: str, **fields: object) -> tuple[int, str]:
    answer = client.post(f"/desk/chats/{chat.key}/{what}/", fields, headers=PART)
    return answer.status_code, answer.content.decode()


def lines(chat: Chat) -> list[tuple[str, str]]:
    rows = chat.entries.order_by("seq").select_related("message")
    return [(one.kind, one.message.body if one.message else "") for one in rows]


def test_a_line_is_answered_with_its_entry_and_is_there_once(chat: Chat, ana: Client) -> None:
    address, fields = f"/desk/chats/{chat.key}/say/", {"reply": "Which ones?", "token": "t1"}
    first = ana.post(address, fields, headers=PART).json()
    again = ana.post(address, fields, headers=PART).json()
    assert first == again
    assert (first["seq"], first["token"], first["mine"]) == (3, "t1", True)
    assert lines(chat)[2:] == [("said", "Which ones?")]


def test_it_works_as_a_plain_form(chat: Chat, ana: Client) -> None:
    answer = ana.post(f"/desk/chats/{chat.key}/say/", {"reply": "Which ones?"})
    assert answer.headers["Location"] == f"/desk/chats/{chat.key}/"
    assert lines(chat)[-1] == ("said", "Which ones?")


def test_files_that_waited_go_with_a_line(chat: Chat, ana: Client) -> None:
    file = SimpleUploadedFile("log.txt", b"17 errors", content_type="text/plain")
    address = f"/desk/tickets/{chat.ticket_id}/uploads/reply/"
    waiting = ana.post(address, {"new_files": file}, headers=PART).content.decode()
    number = waiting.split('value="')[1].split('"')[0]
    said = ana.post(
        f"/desk/chats/{chat.key}/say/",
        {"reply": "", "token": "f", "files": number},
        headers=PART,
    ).json()
    assert [one["name"] for one in said["files"]] == ["log.txt"]
    assert ana.get(said["files"][0]["address"]).status_code == 302


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (" \n", "Enter a message"),
        ("x" * (LONGEST + 1), "The message must be 10,000 characters or fewer"),
    ],
)
def test_what_cannot_be_said_is_said_and_kept(
    chat: Chat, ana: Client, body: str, words: str
) -> None:
    assert post(ana, chat, "say", reply=body, token="x") == (422, words)
    page = ana.post(f"/desk/chats/{chat.key}/say/", {"reply": body})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert f"{body}</textarea>" in page.content.decode()


def test_nothing_is_said_after_the_end(chat: Chat, ana: Client) -> None:
    actions.end_chat(chat, Chat.End.CONTACT, at=before(0))
    status, words = post(ana, chat, "say", reply="Wait", token="late")
    assert (status, words) == (409, "Not sent: the chat has ended.")


def test_a_line_reads_otherwise_within_a_minute(here: Cast, chat: Chat, ana: Client) -> None:
    seq = says(chat, here.ana, "Wich ones?", ago=5)
    assert post(ana, chat, "change", of=seq, body="Which ones?")[0] == 200
    old = says(chat, here.ana, "Old", ago=70)
    status, words = post(ana, chat, "change", of=old, body="New")
    assert (status, words) == (422, "It was said more than a minute ago, and stays.")


def test_a_line_is_taken_back(here: Cast, chat: Chat, ana: Client) -> None:
    says(chat, here.ana, "I look at it", ago=9)
    seq = says(chat, here.ana, "Wrong window", ago=5)
    assert post(ana, chat, "change", of=seq)[0] == 200
    assert post(ana, chat, "change", of=seq)[0] == 200
    assert [kind for kind, _ in lines(chat)].count("deleted") == 1
    status, words = post(ana, chat, "change", of=seq, body="Another")
    assert (status, words) == (422, "This message cannot be changed any more.")


def test_nobody_changes_what_another_said(here: Cast, chat: Chat, ana: Client) -> None:
    seq = says(chat, here.dana, "Hers", ago=5)
    assert post(ana, chat, "change", of=seq, body="Mine")[0] == 422
    assert ("said", "Hers") in lines(chat)


def test_seen_is_noted_of_who_is_in_the_chat(
    here: Cast, chat: Chat, ana: Client, sign_in: SignIn
) -> None:
    post(sign_in(here.ben), chat, "seen", seq=2)
    chat.refresh_from_db()
    assert chat.agent_seen == 0
    post(ana, chat, "seen", seq=2)
    chat.refresh_from_db()
    assert chat.agent_seen == 2


def test_of_two_agents_the_second_reads_who_was_faster(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    chat = asked(here.dana)
    assert post(sign_in(here.ben), chat, "take")[0] == 302
    assert "Ben took this chat." in post(ana, chat, "take")[1]
    chat.refresh_from_db()
    assert chat.agent == here.ben


def test_handing_on_needs_a_sentence_that_both_read(
    here: Cast, chat: Chat, ana: Client
) -> None:
    status, words = post(ana, chat, "transfer", to=here.ben.pk)
    assert (status, "Enter one sentence" in words) == (422, True)
    assert "Ben Adler · Offline · 0 of 3 chats" in words
    status, words = post(ana, chat, "transfer", to=here.ben.pk, sentence="Knows exports")
    assert (status, "Ben has the chat now." in words) == (200, True)
    chat.refresh_from_db()
    assert chat.agent == here.ben
    assert chat.entries.get(kind="transferred").data["sentence"] == "Knows exports"
    assert (
        "You are not in this chat any more."
        in post(ana, chat, "transfer", to=here.lena.pk, sentence="Again")[1]
    )


def test_handed_on_to_nobody_it_is_back_in_line(here: Cast, chat: Chat, ana: Client) -> None:
    assert (
        "The chat is back in line." in post(ana, chat, "transfer", sentence="My shift ends")[1]
    )
    assert Chat.objects.waiting().get() == chat


def test_a_colleague_is_brought_in_joins_writes_and_leaves(
    here: Cast, chat: Chat, ana: Client, sign_in: SignIn
) -> None:
    ben = sign_in(here.ben)
    assert post(ana, chat, "invite", to=here.ben.pk)[0] == 422
    assert post(ana, chat, "invite", to=here.ben.pk, sentence="Knows exports")[0] == 200
    assert "Join the chat" in ben.get(f"/desk/chats/{chat.key}/").content.decode()
    assert post(ben, chat, "join")[0] == 302
    assert post(ben, chat, "say", reply="Hello", token="b")[0] == 200
    assert post(ben, chat, "leave")[0] == 302
    kinds = [kind for kind, _ in lines(chat)]
    assert kinds[-4:] == ["invited", "joined", "said", "left"]


def test_it_ends_and_leaves_the_ticket_open_or_resolved(
    here: Cast, chat: Chat, ana: Client
) -> None:
    says(chat, here.ana, "It is fixed")
    assert "Select what becomes of the ticket" in post(ana, chat, "end")[1]
    assert "Chat ended. The ticket stays open." in post(ana, chat, "end", then="open")[1]
    chat.ticket.refresh_from_db()
    assert chat.ticket.state == "waiting"
    assert "The chat has ended already." in post(ana, chat, "end", then="open")[1]
    other = taken(here.sam, here.ana)
    says(other, here.ana, "It is fixed")
    assert "Chat ended, ticket resolved." in post(ana, other, "end", then="resolved")[1]
    other.ticket.refresh_from_db()
    assert other.ticket.state == "resolved"
