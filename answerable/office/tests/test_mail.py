"""The mail ledger's pages: everything that came is there, can be found, and be decided on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.channels.email.actions import deciding, drain
from answerable.channels.email.actions.deciding import AcceptedBefore
from answerable.channels.email.jobs import replay_mails
from answerable.channels.email.models import InboundMail, Replay
from answerable.channels.email.tests.post import arrive, mail_of, opened_by_mail, receive
from answerable.tickets.models import Message, Ticket

NOW = timezone.now()
LEDGER = "/office/mail/"
LIST = {"List_Id": "<news.example>"}


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def parked(text: str = "News.", sender: str = "Max <max@strange.example>") -> InboundMail:
    mail = receive(mail_of(sender, text, Subject="Our news", **LIST), at=NOW)
    assert mail.state == "review"
    return mail


def again(mail: InboundMail) -> InboundMail:
    return InboundMail.objects.get(pk=mail.pk)


def test_it_says_so_when_no_mail_came(here: Cast, ida: Client) -> None:
    assert "No mail has come yet." in text_of(ida, LEDGER)


def test_it_lists_what_came_and_what_became_of_it(here: Cast, ida: Client) -> None:
    ticket = opened_by_mail(here.dana, at=NOW)
    raw = mail_of("robot@nordwind.example", Subject="Away <b>", Auto_Submitted="auto-replied")
    receive(raw, at=NOW)
    receive(raw, at=NOW)
    parked()
    page = text_of(ida, LEDGER)
    assert f"Opened #{ticket.pk}." in page
    assert f'href="/desk/tickets/{ticket.pk}/"' in page
    assert "Away &lt;b&gt;" in page
    assert "It says so itself (Auto-Submitted: auto-replied)." in page
    assert "The same mail came before." in page
    assert "It came by a mailing list (List-Id)." in page
    assert "1 mail waits for somebody to decide." in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=exports", 2),
        ("q=export+data", 1),
        ("q=dana", 1),
        ("q=nordwind.example", 1),
        ("q=dana%40nordwind.example", 1),
        ("q=max+news", 1),
        ("q=%3Cone%40nordwind.example%3E", 1),
        ("q=nothing", 0),
        ("q=%27%28%26%7C%21%3A*", 0),
        ("q=%00", 3),
        ("state=review", 1),
        ("state=accepted", 2),
        ("state=nonsense", 3),
        ("q=max%40strange.example", 1),
        ("since=2025-10-20&until=2025-10-20", 1),
        ("since=never", 3),
        ("before=1", 0),
        ("before=99999999999999999999", 3),
    ],
)
def test_it_finds_what_is_looked_for(here: Cast, ida: Client, query: str, count: int) -> None:
    long_ago = datetime(2025, 10, 20, 12, tzinfo=UTC)
    receive(
        mail_of(
            here.dana.email, Subject="Exports stop data", Message_ID="<one@nordwind.example>"
        ),
        at=NOW,
    )
    receive(mail_of("eve@strange.example", Subject="Exports"), at=long_ago)
    parked()
    page = text_of(ida, f"{LEDGER}?{query}")
    assert page.count('<th scope="row">') == count
    if not count:
        assert "No mail matches." in page


def test_it_finds_the_mails_of_a_ticket(here: Cast, ida: Client) -> None:
    ticket = opened_by_mail(here.dana, at=NOW)
    parked()
    for said in (f"%23{ticket.pk}", str(ticket.pk)):
        assert text_of(ida, f"{LEDGER}?q={said}").count('<th scope="row">') == 1


def test_it_goes_on_where_a_page_ends(here: Cast, ida: Client) -> None:
    for number in range(53):
        arrive(mail_of(here.dana.email, f"Text {number}"), at=NOW)
    drain(clock=timezone.now)
    first = ida.get(LEDGER)
    older = first.context["older"]
    assert len(first.context["rows"]) == 50
    assert len(ida.get(LEDGER + older).context["rows"]) == 3
    assert ida.get(LEDGER + older).context["older"] == ""


def test_it_shows_a_mail_as_text_alone(here: Cast, ida: Client) -> None:
    raw = mail_of("eve@strange.example", "<script>alert(1)</script> Hello.", Subject="<i>Hi")
    mail = receive(raw, at=NOW)
    page = text_of(ida, f"{LEDGER}{mail.pk}/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Hello." in page
    assert "<script>alert" not in page
    assert "&lt;i&gt;Hi" in page
    assert "support@answerable.example" in page


def test_its_source_is_a_file_to_keep_and_nothing_a_browser_shows(
    here: Cast, ida: Client
) -> None:
    mail = arrive(mail_of("eve@strange.example", "<script>alert(1)</script>"), at=NOW)
    answer = ida.get(f"{LEDGER}{mail.pk}/source/")
    assert answer.content == bytes(mail.raw)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("number", [999, 2**62, 2**80])
def test_a_mail_that_is_not_there_is_not_found(here: Cast, ida: Client, number: int) -> None:
    for path in ("", "source/"):
        assert ida.get(f"{LEDGER}{number}/{path}").status_code == 404
    for path in ("accept/", "refuse/", "again/"):
        assert ida.post(f"{LEDGER}{number}/{path}").status_code == 404


def test_a_parked_mail_becomes_a_ticket_from_when_it_came(here: Cast, ida: Client) -> None:
    came = NOW - timedelta(hours=3)
    raw = mail_of("Max <max@strange.example>", "Help.", **LIST)
    mail = receive(raw, at=came)
    ida.post(f"{LEDGER}{mail.pk}/accept/", {"where": "new"})
    mail = again(mail)
    assert (mail.state, mail.decided_by) == ("accepted", here.ida)
    assert mail.ticket
    assert mail.ticket.created_at == came
    assert mail.ticket.state == "review"
    page = text_of(ida, f"{LEDGER}{mail.pk}/")
    assert "Decided by Ida Holm" in page
    assert "Ida Holm had it decided anew." in page
    assert "Before: parked. It came by a mailing list (List-Id)." in page


def test_a_parked_mail_is_added_to_a_ticket_unverified(here: Cast, ida: Client) -> None:
    ticket, mail = opened_by_mail(here.dana, at=NOW), parked("More facts.")
    answer = ida.post(
        f"{LEDGER}{mail.pk}/accept/", {"where": "into", "number": f"#{ticket.pk}"}, follow=True
    )
    assert f"it is in #{ticket.pk} now" in answer.content.decode()
    message = Message.objects.get(ticket=ticket, body__contains="More facts.")
    assert not message.verified
    assert again(mail).ticket == ticket


@pytest.mark.parametrize("said", ["", "4821x", "999999", "9" * 30])
def test_a_ticket_that_is_not_there_is_said_so(here: Cast, ida: Client, said: str) -> None:
    mail = parked()
    answer = ida.post(f"{LEDGER}{mail.pk}/accept/", {"where": "into", "number": said})
    assert answer.status_code == 422
    assert "Enter the number of a ticket, like 4821" in answer.content.decode()
    assert again(mail).state == "review"


def test_a_parked_mail_is_refused_with_a_reason(here: Cast, ida: Client) -> None:
    mail = parked()
    answer = ida.post(f"{LEDGER}{mail.pk}/refuse/", {"reason": ""})
    assert "Enter why it is refused" in answer.content.decode()
    ida.post(f"{LEDGER}{mail.pk}/refuse/", {"reason": "Advertising."})
    assert (again(mail).state, again(mail).reason) == ("refused", "Advertising.")
    late = ida.post(f"{LEDGER}{mail.pk}/accept/", {"where": "new"}, follow=True)
    assert "The mail is accepted" in late.content.decode()


def test_who_decides_second_is_told_so(here: Cast, ida: Client) -> None:
    mail = parked()
    ida.post(f"{LEDGER}{mail.pk}/accept/", {"where": "new"})
    for path, values in (
        ("accept/", {"where": "new"}),
        ("refuse/", {"reason": "No."}),
        ("again/", {}),
    ):
        answer = ida.post(f"{LEDGER}{mail.pk}/{path}", values, follow=True)
        assert "Somebody has decided on this mail meanwhile." in answer.content.decode()
    assert Ticket.objects.count() == 1


def test_a_mail_whose_copy_was_accepted_is_not_accepted_again(here: Cast, ida: Client) -> None:
    first, second = parked(), parked("Other news.")
    InboundMail.objects.filter(pk=second.pk).update(digest=first.digest, mail_id=first.mail_id)
    raw = bytes(first.raw)
    InboundMail.objects.filter(pk=second.pk).update(raw=raw)
    ida.post(f"{LEDGER}{first.pk}/accept/", {"where": "new"})
    with pytest.raises(AcceptedBefore):
        deciding.accept_as_ticket(again(second), agent=here.ida, at=NOW)
    answer = ida.post(f"{LEDGER}{second.pk}/accept/", {"where": "new"}, follow=True)
    assert "The same mail was accepted before." in answer.content.decode()
    assert Ticket.objects.count() == 1


def test_one_mail_is_read_again_by_the_rules_of_today(here: Cast, ida: Client) -> None:
    mail = parked()
    InboundMail.objects.filter(pk=mail.pk).update(raw=mail_of("Max <max@strange.example>"))
    ida.post(f"{LEDGER}{mail.pk}/again/")
    assert again(mail).state == "stored"
    drain(clock=timezone.now)
    assert again(mail).state == "accepted"
    verdict = again(mail).verdicts.get()
    assert (verdict.state, verdict.undone_by) == ("review", here.ida)


def test_all_that_is_looked_for_is_read_again_with_its_progress(
    here: Cast, ida: Client
) -> None:
    mails = [parked(f"News {n}.") for n in range(3)]
    opened_by_mail(here.dana, at=NOW)
    asked = f"{LEDGER}again/?state=review"
    assert "3 mails that are parked, refused or duplicates are read" in text_of(ida, asked)
    progress = ida.post(asked).headers["Location"]
    replay = Replay.objects.get()
    assert "0 of 3 are read." in text_of(ida, progress)
    for _ in range(2):
        replay_mails(number=replay.pk)
    InboundMail.objects.filter(pk=mails[0].pk).update(raw=mail_of("Max <max@strange.example>"))
    drain(clock=timezone.now)
    page = text_of(ida, progress)
    assert "All are read: 3." in page
    assert "hx-get" not in page
    states = sorted(again(mail).state for mail in mails)
    assert states == ["accepted", "review", "review"]
    part = ida.get(progress, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="progress"')


def test_accepted_mails_are_never_read_again(here: Cast, ida: Client) -> None:
    opened_by_mail(here.dana, at=NOW)
    assert "None of these mails can be read again" in text_of(ida, f"{LEDGER}again/")
    assert ida.post(f"{LEDGER}again/").status_code == 200
    assert not Replay.objects.exists()


def test_the_desk_tells_administrators_that_mail_is_parked(
    here: Cast, ida: Client, sign_in: object
) -> None:
    assert "is parked" not in ida.get("/desk/").content.decode()
    parked()
    assert 'aria-label="1 mail is parked"' in ida.get("/desk/").content.decode()
    assert "is parked" not in sign_in(here.lena).get("/desk/").content.decode()  # type: ignore[operator]
