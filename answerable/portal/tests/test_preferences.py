"""What a contact chooses for themselves, and that it is honoured."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from answerable.accounts.actions import let_in
from answerable.accounts.exports.actions import forget_ended
from answerable.accounts.models import DataExport
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.post import send_all
from answerable.portal.jobs import make_export
from answerable.portal.tests.helping import sent_by, text_of
from answerable.sla.actions import wake_due
from answerable.tickets import actions as tickets
from answerable.tickets.models import Message

MAILS = {"part": "mail", "replies": "on", "promises": "late"}


def mails(cast: Cast, kind: str) -> list[str]:
    sent = OutgoingMail.objects.filter(contact=cast.dana, kind=kind, is_quiet=False)
    return list(sent.order_by("pk").values_list("subject", flat=True))


def test_it_keeps_each_part_alone(cast: Cast, dana: Client) -> None:
    page = dana.post("/preferences/", MAILS | {"promises": "all", "report": "on"}, follow=True)
    assert "Your preferences are kept." in text_of(page)
    dana.post("/preferences/", {"part": "phone", "phone": "+49 (0)30 - 901 820"})
    dana.post(
        "/preferences/",
        {"part": "place", "language": "de", "zone": "Asia/Tokyo", "theme": "dark"},
    )
    cast.dana.refresh_from_db()
    assert (cast.dana.mailed_promises, cast.dana.mailed_report) == ("all", True)
    assert (cast.dana.phone, cast.dana.zone) == ("+4930901820", "Asia/Tokyo")
    shown = dana.get("/preferences/").content.decode()
    assert '<html lang="de"' in shown
    assert 'data-theme="dark"' in shown


def test_it_says_what_is_no_number(dana: Client) -> None:
    answer = dana.post("/preferences/", {"part": "phone", "phone": "call me"})
    assert answer.status_code == 422
    assert "Enter a phone number with country code, like +49 30 901820" in text_of(answer)


def test_a_reply_that_is_not_wanted_by_mail_still_keeps_its_promise(
    cast: Cast, dana: Client, at: datetime
) -> None:
    dana.post("/preferences/", {"part": "mail", "promises": "none"})
    ticket = sent_by(cast.dana, at=at - timedelta(minutes=10))
    reply = tickets.answer(ticket, agent=cast.ana, body="Try again", seen=2**62, at=at)
    send_all()
    assert Message.objects.get(pk=reply.pk).delivered_at
    assert ticket.clocks.get(metric="first_response").outcome == "met"
    assert mails(cast, "reply") == []
    dana.post("/preferences/", MAILS)
    tickets.answer(ticket, agent=cast.ana, body="And again", seen=2**62, at=at)
    assert len(mails(cast, "reply")) == 1


@pytest.mark.parametrize(
    ("wanted", "late", "kept"), [("late", 1, 0), ("all", 1, 1), ("none", 0, 0)]
)
def test_it_tells_of_promises_as_somebody_wants(
    cast: Cast, at: datetime, wanted: str, late: int, kept: int
) -> None:
    cast.dana.mailed_promises = wanted
    cast.dana.save(update_fields=["mailed_promises"])
    sent_by(cast.dana, at=at - timedelta(minutes=61))
    in_time = sent_by(cast.dana, at=at - timedelta(minutes=10))
    wake_due(at=at)
    reply = tickets.answer(in_time, agent=cast.ana, body="Try again", seen=2**62, at=at)
    tickets.mark_delivered(reply, at=at)
    subjects = mails(cast, "notice")
    assert sum("Our reply is late" in subject for subject in subjects) == late
    assert sum("Promise kept" in subject for subject in subjects) == kept


def test_it_shows_where_somebody_is_signed_in_and_ends_it(cast: Cast, at: datetime) -> None:
    here, there = (
        Client(headers={"User-Agent": f"Mozilla/5.0 ({system}) {browser}"})
        for system, browser in (("Windows NT 10.0", "Firefox/140.0"), ("iPhone", "Safari/1"))
    )
    for browser in (here, there):
        browser.force_login(let_in(cast.dana, at=at))
        browser.get("/requests/")
    page = here.get("/preferences/")
    assert "Firefox, Windows (this one)" in text_of(page)
    assert "Safari, iPhone" in text_of(page)
    key = re.search(r'name="device" value="([0-9a-f]{24})"', page.content.decode())
    assert key
    assert str(there.session.session_key) not in page.content.decode()
    here.post("/preferences/devices/", {"device": key[1]})
    assert there.get("/requests/").status_code == 302
    assert here.get("/requests/").status_code == 200


def test_it_signs_out_everywhere_else(cast: Cast, dana: Client, at: datetime) -> None:
    other = Client()
    other.force_login(let_in(cast.dana, at=at))
    dana.post("/preferences/devices/", {"device": "others"})
    assert other.get("/requests/").status_code == 302
    assert dana.get("/requests/").status_code == 200


def test_nobody_ends_the_sessions_of_others(cast: Cast, dana: Client, olive: Client) -> None:
    olive.post("/preferences/devices/", {"device": "others"})
    assert dana.get("/requests/").status_code == 200


def test_p_01_somebody_takes_their_data_along(
    cast: Cast, sam: Client, dana: Client, at: datetime
) -> None:
    file = SimpleUploadedFile("../notes.txt", b"Seen at nine")
    ticket, theirs = sent_by(cast.sam, "Rename a field"), sent_by(cast.dana, "Exports fail")
    sam.post(f"/requests/{ticket.pk}/messages/", {"body": "Look", "new_files": file})
    tickets.add_note(ticket, agent=cast.ana, body="Gossip", at=at)
    sam.post("/preferences/data/")
    sam.post("/preferences/data/")
    export = DataExport.objects.get()
    assert "Being made." in text_of(sam.get("/preferences/"))
    make_export(export.pk)
    answer = sam.get(f"/preferences/data/{export.pk}/")
    bundle = zipfile.ZipFile(BytesIO(answer.getvalue()))
    names = bundle.namelist()
    assert f"requests/{ticket.pk}/request.json" in names
    assert not any(str(theirs.pk) in name.split("/")[1:2] for name in names)
    said = json.loads(bundle.read(f"requests/{ticket.pk}/request.json"))
    assert [message["text"] for message in said["messages"]] == ["Rename a field", "Look"]
    assert json.loads(bundle.read("me.json"))["email"] == "sam@nordwind.example"
    assert all(".." not in name for name in names)
    assert dana.get(f"/preferences/data/{export.pk}/").status_code == 404
    forget_ended(at=at + timedelta(days=8))
    assert sam.get(f"/preferences/data/{export.pk}/").status_code == 404


def test_a_passkey_is_added_after_signing_in_just_now(
    cast: Cast, dana: Client, at: datetime
) -> None:
    assert "To add one, sign in again" in text_of(dana.get("/preferences/"))
    dana.post("/sign-in/", {"email": cast.dana.email, "next": "/preferences/"})
    link = re.search(r"/sign-in/link/\S+/", OutgoingMail.objects.latest("pk").text)
    assert link
    assert dana.post(link[0]).headers["Location"] == "/preferences/"
    assert "Add a passkey" in text_of(dana.get("/preferences/"))
    assert dana.get("/sign-in/agent/2fa/webauthn/add/").status_code == 200
