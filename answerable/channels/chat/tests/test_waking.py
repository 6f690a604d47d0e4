"""What happens to chats by itself, once each, whoever looks."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.chat.actions import (
    Line,
    LineClosed,
    close_line,
    come_back,
    go_away,
    keep_here,
    open_line,
    say,
    see,
)
from answerable.channels.chat.models import Chat
from answerable.channels.chat.queries import entries_after
from answerable.channels.chat.shown import entry_data
from answerable.channels.chat.tests.chatting import (
    MINUTE,
    SECOND,
    answered,
    begun,
    fresh,
    kinds,
    taken,
)
from answerable.channels.chat.watch import look
from answerable.channels.email.models import OutgoingMail
from answerable.sla.models import Clock


def here(chat: Chat, at: datetime) -> None:
    """Its customer looks at it."""
    keep_here([chat.pk], at=at)


def mails(chat: Chat) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(ticket=chat.ticket, kind="notice").order_by("pk"))


def test_a_chat_nobody_takes_is_a_request_promised_from_its_first_message(
    cast: Cast, at: datetime
) -> None:
    chat = begun(cast, at)
    here(chat, at + 10 * MINUTE - SECOND)
    look(at + 10 * MINUTE - SECOND)
    assert fresh(chat).ended_at is None
    look(at + 10 * MINUTE)
    look(at + 10 * MINUTE)
    ended = fresh(chat)
    assert (ended.end, ended.ended_at, ended.wakes_at) == ("unanswered", at + 10 * MINUTE, None)
    clock = Clock.objects.get(ticket=chat.ticket, metric="first_response")
    assert (clock.started_at, clock.met_at) == (at, None)
    said = entry_data(entries_after(chat, 1)[0], "contact")["html"]
    assert said == (
        f"Nobody was free in time. This is now email request #{chat.ticket_id}: "
        "guaranteed reply by 09:00 today."
    )
    assert kinds(chat) == ["said", "ended"]


def test_the_wait_ends_when_the_desk_closes(cast: Cast, at: datetime) -> None:
    chat = begun(cast, at, closes_at=at + MINUTE)
    look(at + MINUTE)
    assert fresh(chat).end == "closed"


def test_a_silent_customer_is_told_and_then_it_goes_on_by_mail(
    cast: Cast, at: datetime
) -> None:
    chat = answered(cast, at)
    for minutes in (10, 24, 25, 26, 29, 30):
        here(chat, at + minutes * MINUTE)
        look(at + minutes * MINUTE)
    assert kinds(chat)[3:] == ["told", "ended"]
    told, ended = entries_after(chat, 3)
    assert told.at == at + 25 * MINUTE
    assert "In 5 minutes we go on by mail." in entry_data(told, "contact")["html"]
    assert (fresh(chat).end, ended.at) == ("idle", at + 30 * MINUTE)


def test_a_word_of_the_customer_begins_the_silence_anew(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    here(chat, at + 25 * MINUTE)
    look(at + 25 * MINUTE)
    say(chat, Line(body="Here", token="d", contact=cast.dana), at=at + 26 * MINUTE)
    here(chat, at + 31 * MINUTE)
    look(at + 31 * MINUTE)
    assert fresh(chat).ended_at is None


def test_what_a_customer_who_left_does_not_see_reaches_them_by_mail_once(
    cast: Cast, at: datetime
) -> None:
    chat = answered(cast, at)
    see(chat, "contact", 3, at=at)
    go_away(chat, since=at + MINUTE, at=at + MINUTE)
    say(chat, Line(body="Fixed it", token="a2", agent=cast.ana), at=at + 2 * MINUTE)
    look(at + 3 * MINUTE)
    look(at + 3 * MINUTE + SECOND)
    (mail,) = mails(chat)
    assert mail.to == cast.dana.email
    assert "Fixed it" in mail.text
    assert "Which exports?" not in mail.text
    look(at + 6 * MINUTE)
    assert fresh(chat).end == "gone"
    assert len(mails(chat)) == 1


def test_who_comes_back_in_time_is_mailed_nothing(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    go_away(chat, since=at, at=at)
    come_back(chat, at=at + 30 * SECOND)
    here(chat, at + 10 * MINUTE)
    look(at + 10 * MINUTE)
    assert mails(chat) == []
    assert fresh(chat).ended_at is None


def test_a_page_heard_of_since_was_not_closed(cast: Cast, at: datetime) -> None:
    chat = taken(cast, at)
    here(chat, at + 2 * SECOND)
    assert not go_away(chat, since=at + SECOND, at=at + 6 * SECOND)
    assert fresh(chat).contact_left_at is None


def test_a_page_that_nobody_hears_of_is_taken_as_closed(cast: Cast, at: datetime) -> None:
    chat = begun(cast, at)
    look(at + 76 * SECOND)
    assert fresh(chat).contact_left_at == at


def test_who_leaves_the_line_has_abandoned_it_and_keeps_their_request(
    cast: Cast, at: datetime
) -> None:
    chat = begun(cast, at)
    Chat.objects.filter(pk=chat.pk).update(expected_seconds=3600)
    look(at + 76 * SECOND)
    look(at + 10 * MINUTE)
    assert fresh(chat).end == "abandoned"
    assert chat.ticket.messages.count() == 1
    assert list(chat.ticket.events.filter(verb="chat_left"))


def test_a_closed_line_lets_nobody_new_in(cast: Cast, at: datetime) -> None:
    lead: Agent = cast.lena
    waiting = begun(cast, at)
    close_line(agent=lead, at=at)
    close_line(agent=lead, at=at)
    assert fresh(waiting).ended_at is None
    with pytest.raises(LineClosed):
        begun(cast, at, contact=cast.sam)
    open_line(agent=lead, at=at + MINUTE)
    assert begun(cast, at + MINUTE, contact=cast.sam).ended_at is None
