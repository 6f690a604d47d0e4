"""`answerable mail import`, `ledger` and `replay`: history, and what came of each mail."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email.actions import drain
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.tests.post import mail_of, receive
from answerable.cli.mail_import import run as bring
from answerable.cli.mail_ledger import ledger, replay
from answerable.cli.parser import parse
from answerable.cli.wrong import Wrong
from answerable.routing.models import QueueEntry
from answerable.sla.models import Clock, Decision
from answerable.tickets.models import Message, Ticket

DANA = "Dana Wolf <dana@nordwind.example>"
SUPPORT = "Support <support@answerable.example>"


def dated(sender: str, text: str, day: int, **headers: str) -> bytes:
    return mail_of(sender, text, Date=f"Mon, {day:02} Jun 2025 10:00:00 +0200", **headers)


def imported(tmp_path: Path, *mails: bytes) -> None:
    for number, mail in enumerate(mails):
        (tmp_path / f"{number}.eml").write_bytes(mail)
    assert bring(parse(["mail", "import", str(tmp_path)])) == 0


CONVERSATION = (
    dated(DANA, "It works now.", 3, Message_ID="<c@x>", References="<a@x> <b@x>"),
    dated(DANA, "Exports fail.", 1, Message_ID="<a@x>"),
    dated(SUPPORT, "We look into it.", 2, Message_ID="<b@x>", In_Reply_To="<a@x>", To=DANA),
)


def test_a_conversation_of_the_past_is_one_ticket_in_its_own_time(
    cast: Cast, tmp_path: Path
) -> None:
    imported(tmp_path, *CONVERSATION)
    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.state) == (cast.dana, "resolved")
    assert ticket.created_at == datetime(2025, 6, 1, 8, tzinfo=UTC)
    assert ticket.last_at == datetime(2025, 6, 3, 8, tzinfo=UTC)
    said = Message.objects.order_by("pk").values_list("kind", "body", "written_at__day")
    assert list(said) == [
        ("message", "Exports fail.", 1),
        ("reply", "We look into it.", 2),
        ("message", "It works now.", 3),
    ]


def test_nothing_follows_from_the_past(cast: Cast, tmp_path: Path) -> None:
    imported(tmp_path, *CONVERSATION, dated("eve@strange.example", "Hello.", 4))
    assert Ticket.objects.count() == 2
    for nothing in (Clock, Decision, QueueEntry, OutgoingMail):
        assert not nothing.objects.exists()


def test_it_may_be_run_again_and_says_what_was_there(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    robot = dated("robot@x.example", "Away.", 4, Auto_Submitted="auto-replied")
    imported(tmp_path, *CONVERSATION, robot)
    out = capsys.readouterr().out
    assert "4 mails found, 0 of them were in the ledger already." in out
    assert "3 kept as history, 0 duplicates, 1 refused, 0 parked." in out
    imported(tmp_path, dated(DANA, "Later.", 9, Message_ID="<d@x>", References="<c@x>"))
    out = capsys.readouterr().out
    assert "4 mails found, 3 of them were in the ledger already." in out
    assert InboundMail.objects.count() == 5
    assert Message.objects.filter(ticket=Ticket.objects.get()).count() == 4


def test_what_was_stored_before_it_was_killed_is_read_at_last(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from answerable.cli import mail_import  # noqa: PLC0415  # To stop it between its halves.

    monkeypatch.setattr(mail_import, "_read", lambda numbers: None)
    imported(tmp_path, *CONVERSATION)
    assert InboundMail.objects.unhandled().count() == 3
    monkeypatch.undo()
    imported(tmp_path, *CONVERSATION)
    assert InboundMail.objects.unhandled().count() == 0
    assert Message.objects.count() == 3


def test_live_mail_is_read_before_the_past(cast: Cast) -> None:
    from answerable.channels.email.actions import Arrival, store_mail  # noqa: PLC0415

    for number in range(3):
        store_mail(
            [
                Arrival(
                    raw=mail_of(DANA, f"Past {number}."),
                    door="import",
                    envelope_from="x",
                    envelope_to=(),
                    peer="",
                    at=now(),
                )
            ]
        )
    receive(mail_of(DANA, "Live."), at=now())
    drain(clock=now)
    first = InboundMail.objects.exclude(ticket=None).order_by("ticket_id")[0]
    assert first.door == "smtp"


def test_a_place_without_mails_is_said_so(db: None, tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="There is no mail in"):
        bring(parse(["mail", "import", str(tmp_path)]))
    with pytest.raises(Wrong, match="Cannot read"):
        bring(parse(["mail", "import", str(tmp_path / "none")]))


def test_the_ledger_is_printed(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    receive(mail_of(DANA), at=now())
    receive(mail_of("r@x.example", Auto_Submitted="auto-replied"), at=now())
    assert ledger(parse(["mail", "ledger"])) == 0
    refused, accepted = capsys.readouterr().out.splitlines()
    assert "accepted" in accepted
    assert "It says so itself" in refused
    ledger(parse(["mail", "ledger", "--state", "accepted", "exports"]))
    assert len(capsys.readouterr().out.splitlines()) == 1
    ledger(parse(["mail", "ledger", "nothing"]))
    assert capsys.readouterr().out == "No mail matches.\n"
    with pytest.raises(Wrong, match="--since must be a day"):
        ledger(parse(["mail", "ledger", "--since", "soon"]))


def test_mails_are_read_again(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = receive(mail_of(DANA), at=now())
    mails = [
        receive(mail_of("r@x.example", f"{n}", Auto_Submitted="auto-replied"), at=now())
        for n in range(3)
    ]
    numbers = [str(mails[0].pk), str(accepted.pk)]
    assert replay(parse(["mail", "replay", *numbers])) == 1
    assert capsys.readouterr().out == "1 of 2 mails are read again.\n"
    assert replay(parse(["mail", "replay", "--state", "refused"])) == 0
    assert capsys.readouterr().out == "2 mails are read again.\n"
    assert InboundMail.objects.unhandled().count() == 3
    with pytest.raises(Wrong, match="Name mails by their numbers"):
        replay(parse(["mail", "replay"]))
