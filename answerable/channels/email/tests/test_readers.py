"""Mails are read in a process of its own: one that hangs or dies costs only the mail it had."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from answerable.channels.email import readers
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.reading import Asked
from answerable.channels.email.readers import GAVE_UP, Readers
from answerable.channels.email.tests.post import mail_of

# The reading process, but for mails that say what is to become of it.
POISONED = """
import os, time
from answerable.channels.email import reader
usual = reader.reading_of

def read(asked):
    raw = asked.raw[:1000]
    if b"DIE" in raw:
        os.abort()
    if b"HANG" in raw:
        time.sleep(60)
    if b"BLOAT" in raw:
        bytearray(8 * 1024**3)
    return usual(asked)

reader.reading_of = read
reader.main(int(os.sys.argv[1]))
"""


@pytest.fixture
def poisonable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Readers]:
    monkeypatch.setattr(readers, "SECONDS", 1.0)
    script = tmp_path / "poisoned.py"
    script.write_text(POISONED)
    reading = Readers([sys.executable, str(script)])
    yield reading
    reading.close()


def read(reading: Readers, *texts: str) -> list[Mail]:
    raws = [mail_of("Dana Wolf <dana@nordwind.example>", text) for text in texts]
    asked = [Asked(raw, "dana@nordwind.example", "answerable.example") for raw in raws]
    return [each.mail for each in reading.read(asked)]


def test_it_reads_mails_as_they_are_read_here(poisonable: Readers) -> None:
    one, two = read(poisonable, "Exports fail.", "They stop.")
    assert (one.sender, one.text.strip()) == ("dana@nordwind.example", "Exports fail.")
    assert two.text.strip() == "They stop."


@pytest.mark.parametrize("poison", ["DIE", "HANG", "BLOAT"])
def test_it_reads_a_mail_that_is_too_much_as_plain_text(
    poisonable: Readers, poison: str
) -> None:
    before, bad, behind = read(poisonable, "Before.", poison, "Behind.")
    assert (before.text.strip(), behind.text.strip()) == ("Before.", "Behind.")
    assert (bad.sender, bad.text.strip()) == ("dana@nordwind.example", poison)
    assert bad.problems == (GAVE_UP,)
    assert before.problems == behind.problems == ()


def test_it_begins_a_new_process_when_the_last_one_is_gone(poisonable: Readers) -> None:
    assert read(poisonable, "DIE")[0].problems == (GAVE_UP,)
    assert read(poisonable, "Exports fail.")[0].problems == ()


def test_large_mails_and_their_files_come_back_as_they_were(poisonable: Readers) -> None:
    contents = [bytes(range(256)) * size for size in (1, 4000, 8000)]
    message = EmailMessage()
    message["From"], message["Subject"] = "Dana Wolf <dana@nordwind.example>", "Logs"
    message.set_content("See these.")
    for content in contents:
        message.add_attachment(content, "application", "octet-stream", filename="log.bin")
    asked = Asked(message.as_bytes(), "dana@nordwind.example", "answerable.example")
    large, small = poisonable.read(
        [asked, replace(asked, raw=mail_of("dana@nordwind.example"))]
    )
    files = large.mail.attachments
    assert [file.read() for file in files] == contents
    assert [file.read() for file in files] == contents, "as often as one likes"
    assert [hashlib.sha256(content).hexdigest() for content in contents] == [
        file.sha256 for file in files
    ]
    assert small.mail.text.strip() == "Exports fail."
