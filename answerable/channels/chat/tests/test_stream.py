"""The stream of a chat as a page hears it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from asgiref.sync import sync_to_async
from django.utils import translation
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries, Settings

from answerable.cast import Cast
from answerable.channels.chat import pages, streaming
from answerable.channels.chat.actions import (
    Line,
    edit,
    end_chat,
    keep_here,
    say,
    see,
    take_chat,
    type_in,
)
from answerable.channels.chat.hub import ChatHub
from answerable.channels.chat.models import Chat
from answerable.channels.chat.pages import Pages
from answerable.channels.chat.reading import news_of
from answerable.channels.chat.tests.chatting import SECOND, answered, begun, fresh, taken
from answerable.channels.chat.tests.streams import Ear, listen, listening
from answerable.live.tests.wires import run

AGENT, CONTACT = Chat.Side.AGENT, Chat.Side.CONTACT
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def hub(monkeypatch: pytest.MonkeyPatch) -> ChatHub:
    """A hub of the test's own, and beats that need no waiting for."""
    hub = ChatHub()
    monkeypatch.setattr(streaming, "hub", hub)
    monkeypatch.setattr(streaming, "pages", Pages())
    monkeypatch.setattr(streaming, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(streaming, "BEATS_TO_ASK_AGAIN", 2)
    monkeypatch.setattr(pages, "LOOK_SECONDS", 0.05)
    return hub


@pytest.fixture
def cast(at: datetime) -> Cast:
    """Everybody, in a database that other connections see too."""
    return Cast(at)


def test_it_tells_what_was_missed_and_then_what_is_said(cast: Cast, at: datetime) -> None:
    chat = taken(cast, at)
    line = Line(body="See https://a.example <b>", token="a", agent=cast.ana)

    async def hear(ear: Ear) -> list[dict[str, object]]:
        missed = await ear.next("entry")
        await sync_to_async(say)(chat, line, at=at)
        return [missed, await ear.next("entry")]

    joined, said = listen(chat, CONTACT, hear, after=1)
    assert (joined["seq"], joined["html"]) == (2, "Ana Silva joined")
    assert (said["seq"], said["side"], said["mine"], said["token"]) == (3, "agent", False, None)
    assert "&lt;b&gt;" in said["html"]
    assert 'href="https://a.example"' in said["html"]


def test_who_wrote_a_line_knows_it_by_its_token(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)

    async def hear(ear: Ear) -> dict[str, object]:
        return await ear.next("entry")

    said = listen(chat, AGENT, hear, after=2)
    assert (said["mine"], said["token"]) == (True, "ana-1")


def test_it_speaks_its_readers_language(cast: Cast, at: datetime) -> None:
    chat = taken(cast, at)

    async def hear(ear: Ear) -> dict[str, object]:
        return await ear.next("entry")

    with translation.override("de"):
        assert listen(chat, CONTACT, hear, after=1)["html"] == "Ana Silva ist dazugekommen"


def test_it_tells_how_the_chat_stands_when_that_changes(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)

    async def hear(ear: Ear) -> list[dict[str, object]]:
        before = await ear.next("state")
        await sync_to_async(see)(chat, CONTACT, 3, at=at)
        after = await ear.next("state")
        await sync_to_async(end_chat)(chat, Chat.End.AGENT, agent=cast.ana, at=at)
        return [before, after, await ear.next("entry"), await ear.next("state")]

    before, after, ended, over = listen(chat, AGENT, hear, after=3)
    assert (before["turn"], before["agent"], before["waiting"]) == (
        "contact",
        "Ana Silva",
        False,
    )
    assert (before["seen"], after["seen"]) == (
        {"contact": 0, "agent": 0},
        {"contact": 3, "agent": 0},
    )
    assert (ended["kind"], over["end"]) == ("ended", "agent")


def test_it_tells_who_waits_how_many_are_before_them(cast: Cast, at: datetime) -> None:
    first = begun(cast, at)
    chat = begun(cast, at + SECOND, contact=cast.sam)

    async def hear(ear: Ear) -> list[dict[str, object]]:
        before = await ear.next("state")
        await sync_to_async(take_chat)(first, agent=cast.ana, at=at)
        return [before, await ear.next("state")]

    states = listen(chat, CONTACT, hear)
    assert [(state["ahead"], state["estimate"]) for state in states] == [(1, ""), (0, "")]


@pytest.mark.parametrize(("preview", "text"), [(False, ""), (True, "The exp")])
def test_typing_is_told_to_the_other_side_alone(
    cast: Cast, at: datetime, hub: ChatHub, settings: Settings, preview: bool, text: str
) -> None:
    settings.ANSWERABLE_CHAT_PREVIEW = preview
    chat = taken(cast, at)

    async def hear(ear: Ear) -> dict[str, object]:
        await ear.next("state")
        await hub.hears.wait()
        await sync_to_async(type_in)(chat, cast.ana, AGENT)
        await sync_to_async(type_in)(chat, cast.dana, CONTACT, "The exp")
        return await ear.next("typing")

    assert listen(chat, AGENT, hear) == {"side": "contact", "name": "Dana Wolf", "text": text}


def test_it_ends_when_its_reader_may_no_longer_listen(cast: Cast, at: datetime) -> None:
    chat = taken(cast, at)

    async def hear(ear: Ear) -> dict[str, object]:
        return await ear.next("never")

    assert listen(chat, CONTACT, hear, may=lambda: False) == {"over": True}


def test_a_customer_is_there_while_a_page_of_theirs_is_open(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "GRACE", timedelta())
    chat = taken(cast, now())
    Chat.objects.filter(pk=chat.pk).update(contact_left_at=now())

    async def work() -> list[object]:
        async with listening(chat, AGENT) as ours:
            heard = [(await ours.next("state"))["contact_here"]]
            async with listening(chat, CONTACT) as theirs:
                await theirs.next("state")
                heard.append((await ours.next("state"))["contact_here"])
            heard.append((await ours.next("state"))["contact_here"])
        return heard

    assert run(work()) == [False, True, False]


def test_many_chats_are_read_at_once(
    cast: Cast, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chats = [answered(cast, at), begun(cast, at, contact=cast.sam)]
    edit(chats[0], 3, "Which?", writer=cast.ana, at=at)
    with django_assert_num_queries(2):
        found = {news.chat.pk: news for news in news_of({chats[0].pk: 2, chats[1].pk: 0})}
    assert [one.seq for one in found[chats[0].pk].entries] == [3, 4]
    assert [one.seq for one in found[chats[1].pk].entries] == [1]


def test_who_is_here_is_written_for_many_at_once(
    cast: Cast, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chats = [taken(cast, at), begun(cast, at, contact=cast.sam)]
    with django_assert_num_queries(2):
        keep_here([chat.pk for chat in chats], at=at + SECOND)
    assert [fresh(chat).contact_here_at for chat in chats] == [at + SECOND] * 2
