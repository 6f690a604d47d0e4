"""Files of mails: kept with the message that a mail became, and sent with replies."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from django.core import mail as outgoing
from django.test import Client
from django.utils.timezone import now

from answerable.apart.tests.opening import attached, fetch
from answerable.cast import Cast
from answerable.channels.email.actions import Holder, drain, send_waiting
from answerable.channels.email.actions.deciding import accept_as_ticket
from answerable.channels.email.compose import compose
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.enclosing import MOST_IN_MAIL, enclosed_in
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.tests.post import (
    SUPPORT,
    arrive,
    opened_by_mail,
    receive,
    send_all,
)
from answerable.files.capability import link_token
from answerable.files.models import StoredFile
from answerable.files.reading import pieces
from answerable.files.tests.samples import PDF, PNG
from answerable.tickets import actions as tickets
from answerable.tickets.models import Attachment, HtmlBody, Message

HTML = '<p>See <b>this</b>: <img src="cid:shot"></p><img src="https://t.example/p.gif">'


def mail_with_files(sender: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, SUPPORT, "Exports fail"
    message["Message-ID"] = "<1@nordwind.example>"
    message.set_content("See this")
    message.add_alternative(HTML, subtype="html")
    html: Any = message.get_payload()
    html[1].add_related(PNG, "image", "png", cid="<shot>", filename="shot.png")
    message.add_attachment(PDF, "application", "pdf", filename="Übersicht.pdf")
    return message.as_bytes()


def test_a_mails_files_are_kept_with_its_message(cast: Cast, at: datetime) -> None:
    mail = receive(mail_with_files("Dana Wolf <dana@nordwind.example>"), at=at)
    found = Attachment.objects.filter(message=mail.message_id).order_by("pk")
    assert {one.name: one.inline for one in found} == {"shot.png": True, "Übersicht.pdf": False}
    assert {b"".join(pieces(one.file)) for one in found} == {PNG, PDF}
    assert mail.message
    assert mail.message.body == "See this"


def test_a_mails_html_is_kept_sanitised(cast: Cast, at: datetime) -> None:
    mail = receive(mail_with_files("Dana Wolf <dana@nordwind.example>"), at=at)
    body = HtmlBody.objects.get(message=mail.message_id)
    assert 'src="cid:shot"' in body.html
    assert 'data-remote="https://t.example/p.gif"' in body.html
    assert body.remote == ["https://t.example/p.gif"]
    assert not body.is_rich


def test_a_parked_mails_files_are_kept_when_it_is_accepted(cast: Cast, at: datetime) -> None:
    raw = b"List-Id: <news.example>\r\n" + mail_with_files("Max <max@strange.example>")
    mail = receive(raw, at=at)
    assert (mail.state, Attachment.objects.count()) == ("review", 0)
    accepted = accept_as_ticket(mail, agent=cast.ida, at=at)
    assert Attachment.objects.filter(message=accepted.message_id).count() == 2


def test_the_files_of_imported_mails_are_kept(cast: Cast, at: datetime) -> None:
    raw = mail_with_files("Dana Wolf <dana@nordwind.example>")
    mail = arrive(raw, at=at)
    InboundMail.objects.filter(pk=mail.pk).update(door=InboundMail.Door.IMPORT)
    drain(clock=now)
    mail.refresh_from_db()
    assert mail.reason.startswith("Kept as history")
    assert Attachment.objects.filter(message=mail.message_id).count() == 2


def test_a_copy_keeps_nothing_twice(cast: Cast, at: datetime) -> None:
    raw = mail_with_files("Dana Wolf <dana@nordwind.example>")
    for _ in range(2):
        receive(raw, at=at)
    assert Attachment.objects.count() == StoredFile.objects.count() == 2


def test_a_reply_takes_its_files_along(cast: Cast, at: datetime) -> None:
    reply = reply_with(cast, at, {"Übersicht.pdf": PDF, "seite.html": b"<p>Hi</p>"})
    (sent,) = [one for one in send_all() if reply.body in one.parsed.text]
    files = {one.name: one for one in read_mail(bytes(sent.raw)).attachments}
    assert files["Übersicht.pdf"].read() == PDF
    assert files["Übersicht.pdf"].type == "application/pdf"
    assert files["seite.html"].type == "application/octet-stream"
    assert sent.parsed.files == (("Übersicht.pdf", len(PDF)), ("seite.html", 9))


def test_a_provider_is_given_the_files_beside_the_mail(cast: Cast, at: datetime) -> None:
    reply = reply_with(cast, at, {"Übersicht.pdf": PDF, "seite.html": b"<p>Hi</p>"})
    way = outgoing.get_connection("anymail.backends.test.EmailBackend")
    send_waiting(way, holder=Holder(1), clock=now)
    (sent,) = [one for one in outgoing.outbox if reply.body in one.body]
    told: Any = vars(sent)["anymail_test_params"]["attachments"]
    assert [(file.name, file.mimetype, file.b64content) for file in told] == [
        ("Übersicht.pdf", "application/pdf", b64encode(PDF).decode()),
        ("seite.html", "application/octet-stream", b64encode(b"<p>Hi</p>").decode()),
    ]


def test_what_is_too_large_for_mail_is_a_link_that_needs_no_account(
    cast: Cast, at: datetime, client: Client
) -> None:
    large = os.urandom(19 * 1024 * 1024)
    reply = reply_with(cast, at, {"dump.bin": large, "note.txt": b"Hi"})
    (sent,) = [one for one in send_all() if reply.body in one.parsed.text]
    assert [name for name, _size in sent.parsed.files] == ["note.txt"]
    said = " ".join(sent.parsed.text.split())
    assert "Too large for email: dump.bin (File, 19.0 MB)" in said
    (path,) = re.findall(r"http://127.0.0.1:8000(/sent/\S+/)", said)
    page = client.get(path)
    assert "dump.bin" in page.content.decode()
    assert fetch(client.get(client.get(f"{path}?get=1")["Location"])) == large
    look = message_from_bytes(bytes(sent.raw), policy=default).get_body(("html",))
    assert look
    assert f'<a href="http://127.0.0.1:8000{path}">' in look.get_content()
    queued = OutgoingMail.objects.get(message=reply)
    first, second = (compose(queued, []).wire.as_bytes() for _ in range(2))
    assert first == second


def test_what_fits_beside_a_large_file_goes_along(cast: Cast, at: datetime) -> None:
    reply = reply_with(cast, at, {name: name.encode() for name in ("a.txt", "b.txt", "c.txt")})
    second = reply.attachments.order_by("pk")[1]
    StoredFile.objects.filter(pk=second.file_id).update(size=MOST_IN_MAIL)
    files = enclosed_in(OutgoingMail(message=reply))
    assert [one.name for one in files.goes] == ["a.txt", "c.txt"]
    assert [one.name for one in files.linked] == ["b.txt"]


def test_a_link_ends_after_thirty_days_and_a_strangers_is_none(
    cast: Cast, at: datetime, client: Client
) -> None:
    file = reply_with(cast, at, {"dump.bin": b"core"}).attachments.get()
    ended = link_token(file.pk, at=now() - timedelta(days=30, seconds=1))
    answer = client.get(f"/sent/{ended}/?get=1")
    assert answer.status_code == 410
    assert "This link has ended" in answer.content.decode()
    good = link_token(file.pk, at=now() - timedelta(days=29))
    assert client.get(f"/sent/{good}/?get=1").status_code == 302
    other = good.replace(str(file.pk), str(file.pk + 1), 1)
    for broken in (other, good[:-1], "x"):
        answer = client.get(f"/sent/{broken}/")
        assert answer.status_code == 404
        assert "This link does not work" in answer.content.decode()
    StoredFile.objects.update(verdict="infected", found="Eicar")
    assert client.get(f"/sent/{good}/?get=1").status_code == 409
    file.delete()
    assert client.get(f"/sent/{good}/").status_code == 404


def test_what_the_scanner_found_something_in_is_not_sent(cast: Cast, at: datetime) -> None:
    reply = reply_with(cast, at, {"fix.pdf": PDF})
    StoredFile.objects.update(verdict="infected", found="Eicar")
    (sent,) = [one for one in send_all() if reply.body in one.parsed.text]
    assert sent.parsed.files == ()
    assert "Not sent: the virus scanner found something in fix.pdf." in sent.parsed.text
    assert "/sent/" not in sent.parsed.text


def reply_with(cast: Cast, at: datetime, files: dict[str, bytes]) -> Message:
    ticket = opened_by_mail(cast.dana, at=at)
    reply = tickets.answer(ticket, agent=cast.ana, body="Try this fix", seen=2**62, at=now())
    for name, content in files.items():
        attached(reply, content, name, at=at)
    return reply
