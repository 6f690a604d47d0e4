"""Mails of the past are found in whatever files they were kept, each whole and once."""

from __future__ import annotations

import mailbox
from datetime import UTC, datetime
from pathlib import Path

import pytest

from answerable.channels.email.past import Found, NoMails, mails_in
from answerable.channels.email.tests.post import mail_of

DANA = "dana@nordwind.example"


def dated(day: int, text: str = "Exports fail.") -> bytes:
    return mail_of(DANA, text, Date=f"Mon, {day:02} Oct 2025 10:00:00 +0200")


def raw_of(mail: Found) -> bytes:
    with mail.spool() as spool:
        return b"".join(spool.pieces())


def test_it_reads_an_mbox_as_its_writer_meant_it(tmp_path: Path) -> None:
    raws = [dated(3, "From here on.\n\nFrom me to you."), dated(2, ">From twice"), dated(1)]
    box = mailbox.mbox(tmp_path / "box")
    for raw in raws:
        box.add(raw)
    box.close()
    found = mails_in([tmp_path / "box"])
    assert [mail.at.day for mail in found] == [1, 2, 3]
    assert [raw_of(mail).rstrip() for mail in found[:1]] == [raws[2].rstrip()]
    assert b"\nFrom here on.\n\nFrom me to you." in raw_of(found[2])


def test_it_does_not_take_a_line_of_text_for_a_new_mail(tmp_path: Path) -> None:
    text = (
        b"From dana@x.example Mon Oct 20 10:00:00 2025\n" + dated(1) + b"\nFrom us all: 2025\n"
    )
    (tmp_path / "box").write_bytes(text)
    (mail,) = mails_in([tmp_path / "box"])
    assert raw_of(mail).endswith(b"\nFrom us all: 2025\n")


@pytest.mark.parametrize(
    "line",
    [
        "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
        "From 123@xxx Mon Jan 01 00:00:00 +0000 2020",
        "From a@b.example Mon Jan 01 00:00 2020",
        "From - Mon Jan 01 00:00:00 2020",
    ],
)
def test_it_knows_the_first_lines_that_programs_write(tmp_path: Path, line: str) -> None:
    one = line.encode() + b"\r\n" + dated(1).replace(b"\n", b"\r\n") + b"\r\n"
    (tmp_path / "box").write_bytes(one * 3)
    assert len(mails_in([tmp_path / "box"])) == 3


def test_it_reads_a_maildir_with_its_folders(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "Maildir")
    box.add(dated(2))
    box.add_folder("Sent").add(dated(1))
    found = mails_in([tmp_path / "Maildir"])
    assert [mail.at.day for mail in found] == [1, 2]
    assert raw_of(found[1]) == dated(2) or b"Exports fail." in raw_of(found[1])


def test_it_reads_single_files_and_folders_of_them(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.eml").write_bytes(dated(5))
    (tmp_path / "in" / ".hidden").write_bytes(dated(6))
    (tmp_path / "in" / "empty.eml").write_bytes(b"")
    (tmp_path / "b.eml").write_bytes(dated(4))
    found = mails_in([tmp_path / "in", tmp_path / "b.eml"])
    assert [mail.at for mail in found] == [
        datetime(2025, 10, day, 8, tzinfo=UTC) for day in (4, 5)
    ]


def test_a_mail_without_a_date_has_that_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"From: dana@nordwind.example\n\nText.")
    (mail,) = mails_in([file])
    assert mail.at == datetime.fromtimestamp(file.stat().st_mtime, UTC)


def test_a_place_without_mails_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoMails, match="There is no mail in"):
        mails_in([tmp_path])
    with pytest.raises(FileNotFoundError):
        mails_in([tmp_path / "nowhere"])
