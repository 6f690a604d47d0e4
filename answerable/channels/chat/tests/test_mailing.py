"""What goes by mail of a chat, and the files in it."""

from __future__ import annotations

from datetime import datetime

from answerable.cast import Cast
from answerable.channels.chat.actions import Line, end_chat, mail_copy, say, unsay
from answerable.channels.chat.models import Chat
from answerable.channels.chat.queries import entries_after
from answerable.channels.chat.reading import files_of
from answerable.channels.chat.shown import entry_data
from answerable.channels.chat.tests.chatting import SECOND, answered, taken
from answerable.channels.email.models import OutgoingMail
from answerable.files.actions import Content, Waiting, put
from answerable.tickets.models import Attachment
from answerable.tickets.places import owner_of

Kind = OutgoingMail.Kind


def copies(chat: Chat, kind: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(ticket=chat.ticket, kind=kind))


def waiting(cast: Cast, at: datetime) -> Waiting:
    """A picture that Dana pasted."""
    owner = owner_of(cast.dana)
    upload = put(
        owner, "chat", content=Content.of(b"log"), name="a.log", declared="text/plain", at=at
    )
    return Waiting(owner, "chat", (upload.pk,))


def test_a_copy_has_what_was_said_and_not_what_was_deleted(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    say(chat, Line(body="All of them", token="d1", contact=cast.dana), at=at)
    say(chat, Line(body="hunter2", token="d2", contact=cast.dana), at=at)
    unsay(chat, 5, writer=cast.dana, at=at + SECOND)
    mail_copy(chat, to="customer", at=at)
    mail_copy(chat, to="agent", at=at)
    (theirs,), (ours,) = copies(chat, Kind.NOTICE), copies(chat, Kind.NOTIFICATION)
    assert (theirs.to, ours.to) == (cast.dana.email, cast.ana.user.email)
    for mail in (theirs, ours):
        assert mail.text.index("Exports fail") < mail.text.index("Which exports?")
        assert mail.text.index("Which exports?") < mail.text.index("All of them")
        assert "hunter2" not in mail.text


def test_copies_go_to_whom_the_plan_names(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    Chat.objects.filter(pk=chat.pk).update(policy={"transcript_to": ["customer", "agent"]})
    end_chat(chat, Chat.End.AGENT, agent=cast.ana, at=at)
    assert len(copies(chat, Kind.NOTICE)) == 1
    assert len(copies(chat, Kind.NOTIFICATION)) == 1


def test_nobody_is_mailed_who_was_there_to_the_end(cast: Cast, at: datetime) -> None:
    chat = answered(cast, at)
    end_chat(chat, Chat.End.CONTACT, at=at)
    assert copies(chat, Kind.NOTICE) == []


def test_files_go_with_a_line_that_says_nothing_else(cast: Cast, at: datetime) -> None:
    chat = taken(cast, at)
    line = Line(body="", token="f", contact=cast.dana, files=waiting(cast, at))
    entry = say(chat, line, at=at)
    assert say(chat, line, at=at).pk == entry.pk
    (read,) = entries_after(chat, 2)
    data = entry_data(read, "agent", files_of([read])[read.message_id or 0], "/f/{}".format)
    assert (data["text"], data["html"]) == ("", "")
    assert [(one["name"], one["address"][:3]) for one in data["files"]] == [("a.log", "/f/")]
    assert Attachment.objects.count() == 1
    chat.ticket.refresh_from_db()
    assert chat.ticket.last_line == "a.log"


def test_a_deleted_line_takes_its_files_along(cast: Cast, at: datetime) -> None:
    chat = taken(cast, at)
    say(chat, Line(body="See", token="f", contact=cast.dana, files=waiting(cast, at)), at=at)
    unsay(chat, 3, writer=cast.dana, at=at)
    assert Attachment.objects.count() == 0
