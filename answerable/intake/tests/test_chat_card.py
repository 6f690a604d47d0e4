"""The card of live chat says what is true for this person now (ux.md 5.4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.chat.actions import begin_chat, close_line, take_chat
from answerable.channels.chat.models import Chat
from answerable.entitlements.core.plan import Channel, Kind, Target
from answerable.intake.asked import Asked
from answerable.intake.channels import Card, Channels, channels_for
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Ability
from answerable.routing.tests.scenes import there
from answerable.sla.tests.plans import row, sold
from answerable.tickets.actions import Opening, Sender, resolve

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
PICKUP = row("chat_pickup", 5 * MINUTE)


def sell(cast: Cast, at: datetime, *rows: Target, **chat: Any) -> None:
    channels = {**cast.premium.terms.channels, "chat": Channel("chat", "chat", (), (), **chat)}
    sold(cast, at, *rows, channels=channels)


def seen(contact: Contact, at: datetime) -> Channels:
    return channels_for(contact, Asked(), at, BERLIN)


def card(cast: Cast, at: datetime) -> Card:
    return next(card for card in seen(cast.dana, at).cards if card.channel == "chat")


def asked(contact: Contact, at: datetime) -> Chat:
    opening = Opening(sender=Sender(contact=contact, channel="chat"), body="Hi", channel="chat")
    return begin_chat(opening, contact=contact, at=at)


def waited(cast: Cast, at: datetime, waits: timedelta, count: int = 8) -> None:
    """Let so many people have waited so long for a chat that has ended since."""
    for number in range(count):
        begun = at - waits - number * MINUTE
        chat = take_chat(asked(cast.olive, begun), agent=cast.lena, at=begun + waits)
        Chat.objects.filter(pk=chat.pk).update(ended_at=begun + waits, wakes_at=None)
        resolve(chat.ticket, agent=cast.lena, contact=None, reason="Done", at=begun + waits)


def test_with_room_it_says_what_people_waited_and_who_is_ahead(
    cast: Cast, at: datetime
) -> None:
    sell(cast, at)
    waited(cast, at, 2.5 * MINUTE)
    there(cast.ana, cast.ben, at=at)
    asked(cast.kim, at)
    asked(cast.sam, at)
    told = card(cast, at)
    assert (told.kind, told.lines) == (
        "estimate",
        ("Now: about 3 minutes", "2 people ahead of you"),
    )
    assert told.said == "Chat. Now: about 3 minutes."


def test_a_promise_of_chats_stands_first_and_no_longer_wait_beside_it(
    cast: Cast, at: datetime
) -> None:
    sell(cast, at, PICKUP)
    waited(cast, at, 8 * MINUTE)
    there(cast.ana, at=at)
    told = card(cast, at)
    assert (told.kind, told.lines) == ("promise", ("A specialist joins within 5 minutes",))


def test_no_wait_is_invented(cast: Cast, at: datetime) -> None:
    sell(cast, at)
    there(cast.ana, at=at)
    assert card(cast, at).lines == ("A specialist joins when one is free.",)


def test_where_nobody_is_free_soon_one_may_wait_in_line(cast: Cast, at: datetime) -> None:
    sell(cast, at)
    waited(cast, at, 17 * MINUTE)
    there(cast.ana, at=at)
    for contact in (cast.kim, cast.sam, cast.olive):
        take_chat(asked(contact, at), agent=cast.ana, at=at)
    told = card(cast, at)
    assert told.lines == ("Chat: all specialists are with customers. About 20 minutes.",)
    assert (told.kind, told.action) == ("busy", "Wait in line")


def test_over_half_an_hour_another_way_is_named(cast: Cast, at: datetime) -> None:
    sell(cast, at)
    waited(cast, at, 31 * MINUTE)
    there(cast.ana, at=at)
    for contact in (cast.kim, cast.sam, cast.olive):
        asked(contact, at)
    told = card(cast, at)
    assert told.lines == (
        "Chat is not a good choice now (over 30 minutes). Email has a guaranteed time.",
    )
    assert told.action == ""


def test_outside_its_hours_it_says_when_it_opens(cast: Cast, at: datetime) -> None:
    sell(cast, at, hours="office")
    saturday = at + timedelta(days=5)
    there(cast.ana, at=saturday)
    told = card(cast, saturday)
    assert (told.lines, told.action) == (("Chat opens Mon 08:00 (Berlin).",), "")


def test_chats_end_with_the_hours(cast: Cast, at: datetime) -> None:
    sell(cast, at, hours="office")
    closes_at = seen(cast.dana, at).chatting.closes_at
    assert closes_at is not None
    assert closes_at.astimezone(BERLIN).hour == 17


def test_with_nobody_there_it_is_no_button(cast: Cast, at: datetime) -> None:
    sell(cast, at)
    assert card(cast, at).lines == ("Chat: no specialist is there now.",)
    there(cast.ana, at=at)
    assert card(cast, at).action == "Start chat"
    close_line(agent=cast.lena, at=at)
    assert card(cast, at).action == ""


def test_what_is_not_in_the_plan_is_said(cast: Cast, at: datetime) -> None:
    sold(cast, at, channels={"form": cast.premium.terms.channels["form"]})
    channels = seen(cast.dana, at)
    assert [card.channel for card in channels.cards] == ["email"]
    assert channels.absent == (
        "Chat is not part of your plan.",
        "Phone support is not part of your plan.",
    )


def test_an_aim_is_called_no_promise(cast: Cast, at: datetime) -> None:
    sell(cast, at, row("chat_pickup", 5 * MINUTE, kind=Kind.AIM))
    there(cast.ana, at=at)
    told = card(cast, at)
    assert told.kind == "aim"
    assert told.lines == ("We aim to join within 5 minutes. This is not a guarantee.",)


def test_while_it_rings_at_the_only_one_who_is_free_nobody_is_said_to_be_with_customers(
    cast: Cast, at: datetime
) -> None:
    sell(cast, at)
    Ability.objects.create(agent=cast.ana, chats=1)
    there(cast.ana, at=at)
    chat = asked(cast.sam, at)
    dispatch(at=at)
    told = card(cast, at)
    assert (told.kind, told.lines) == ("busy", ("Chat: 1 person ahead of you.",))
    take_chat(chat, agent=cast.ana, at=at)
    assert card(cast, at).lines == ("Chat: all specialists are with customers.",)
