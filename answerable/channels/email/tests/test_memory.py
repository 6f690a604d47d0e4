"""A large file goes in and out by pieces: it is at no time whole in our memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from answerable.apart.tests.opening import attached
from answerable.cast import Cast
from answerable.channels.email.actions import Holder, drain, send_waiting
from answerable.channels.email.compose import compose
from answerable.channels.email.core.dots import dotted
from answerable.channels.email.core.mapped import gathered
from answerable.channels.email.core.proof import Standing, proof_from
from answerable.channels.email.core.reading import Asked, Reading, reading_of
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.keys import dmarc, domain
from answerable.channels.email.tests.large import (
    CONTENT,
    MEGABYTE,
    in_a_mail,
    in_its_html,
    in_its_lines,
    most_memory,
    with_file,
)
from answerable.channels.email.tests.name_server import NameServer
from answerable.channels.email.tests.post import arrive, opened_by_mail, queued
from answerable.channels.email.tests.server import Server
from answerable.channels.email.transport import open_way
from answerable.files.reading import pieces
from answerable.tickets import actions as tickets
from answerable.tickets.models import Attachment

# The files have three, and four as they are encoded: this leaves no room for one of them.
MEGABYTES = 2.5


@pytest.mark.parametrize("large", [with_file, in_its_lines, in_its_html, in_a_mail])
def test_reading_a_large_mail_takes_little(large: Callable[[], bytes]) -> None:
    raw = gathered([large()])
    read: list[Reading] = []

    def work() -> None:
        read.append(reading_of(Asked(raw, "dana@nordwind.example", "answerable.example")))

    assert most_memory(work) < MEGABYTES
    assert read[0].mail.text.strip() == "See this."
    (file,) = read[0].mail.attachments
    assert file.size >= 3 * MEGABYTE
    if large is not in_a_mail:
        assert file.sha256 == sha256(CONTENT).hexdigest()
    assert sha256(file.read()).hexdigest() == file.sha256


def test_a_worker_takes_little_for_a_large_mail(
    cast: Cast, names: NameServer, at: datetime
) -> None:
    nordwind = domain("nordwind.example")
    names.publish(nordwind.records, dmarc("nordwind.example"))
    mail = arrive(nordwind.sign(with_file()), at=at)
    assert most_memory(lambda: drain(clock=now)) < MEGABYTES
    mail.refresh_from_db(fields=["checks", "state", "message"])
    assert (mail.state, proof_from(mail.checks).standing) == ("accepted", Standing.PROVEN)
    (kept,) = Attachment.objects.filter(message=mail.message_id)
    assert b"".join(pieces(kept.file)) == CONTENT


def test_writing_a_large_mail_takes_little(
    cast: Cast, at: datetime, settings: Settings
) -> None:
    settings.ANSWERABLE_DKIM_KEY = domain("answerable.example").pem
    settings.ANSWERABLE_DKIM_SELECTOR = ["s1"]
    reply = reply_with_file(cast, at)
    sent = sha256()

    def work() -> None:
        for piece in dotted(compose(reply, []).wire.pieces()):
            sent.update(piece)

    assert most_memory(work) < MEGABYTES
    whole = compose(reply, []).wire.as_bytes()
    assert whole.startswith(b"DKIM-Signature: ")
    assert sent.digest() == sha256(b"".join(dotted([whole]))).digest()


def test_a_large_file_arrives_as_it_was(cast: Cast, at: datetime, server: Server) -> None:
    reply_with_file(cast, at)
    way = open_way(server.url)
    send_waiting(way, holder=Holder(1), clock=now)
    way.close()
    (file,) = [file for mail in server.received for file in mail.iter_attachments()]
    assert file.get_filename() == "rows.bin"
    assert file.get_content() == CONTENT


def reply_with_file(cast: Cast, at: datetime) -> OutgoingMail:
    ticket = opened_by_mail(cast.dana, at=at)
    reply = tickets.answer(ticket, agent=cast.ana, body="See this.", seen=2**62, at=now())
    attached(reply, CONTENT, "rows.bin", at=at)
    return queued("reply")[0]
