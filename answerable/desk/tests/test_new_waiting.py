"""What we write to somebody first waits for a time or for a colleague, as a reply does."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.desk.tests.new_mail import facts
from answerable.desk.tests.opening import PART, SignIn
from answerable.tickets.models import BegunTicket, Draft, PreparedReply, Ticket

LATER = timedelta(hours=3)


@pytest.fixture
def page() -> str:
    return f"/desk/new/{uuid4()}/"


def shown(client: Client, ticket: Ticket) -> str:
    return unescape(client.get(f"/desk/tickets/{ticket.pk}/").content.decode())


def test_its_page_offers_the_times_of_who_reads_it(here: Cast, ana: Client, page: str) -> None:
    box = unescape(ana.get(f"{page}?person={here.dana.pk}&kind=write").content.decode())
    assert "When Dana begins work" in box
    assert "after the promise is due" not in box
    assert f'name="reviewer" value="{here.ben.pk}"' in box
    assert f'name="reviewer" value="{here.ana.pk}"' not in box
    assert "It is sent once they approve it." in box


def test_planned_it_waits_on_its_ticket_and_among_the_drafts(
    here: Cast, ana: Client, page: str
) -> None:
    ana.post(f"{page}draft/", facts(here.dana, base=""))
    said = facts(here.dana, then="later", send_at=(now() + LATER).isoformat(), note="For May")
    opened = ana.post(page, said)
    ticket = Ticket.objects.get(subject="Your invoice")
    assert opened["Location"] == f"/desk/tickets/{ticket.pk}/"
    there = shown(ana, ticket)
    assert "It is sent" in there
    assert "Planned for" in there
    assert "Edit or cancel" in there
    listed = ana.get("/desk/drafts/").content.decode()
    rows = ana.get("/desk/q/all/rows/").content.decode()
    assert "Not sent yet" in rows
    assert "Customer wrote" not in rows
    assert "Planned for" in listed
    assert "Your invoice" in listed
    assert not BegunTicket.objects.exists()
    assert not OutgoingMail.objects.filter(kind="reply").exists()
    assert ticket.messages.get().kind == "note"
    assert ana.post(page, said)["Location"] == opened["Location"]
    assert PreparedReply.objects.count() == 1


def test_edited_it_is_a_draft_and_goes_when_it_is_sent(
    here: Cast, ana: Client, page: str
) -> None:
    ana.post(page, facts(here.dana, then="later", send_at=(now() + LATER).isoformat()))
    waits = PreparedReply.objects.get()
    ana.post(f"/desk/tickets/{waits.ticket_id}/prepared/{waits.pk}/call-off/", headers=PART)
    assert Draft.objects.get().body == "Here it is."
    seen = waits.ticket.events.latest("pk").pk
    ana.post(f"/desk/tickets/{waits.ticket_id}/reply/", {"reply": "For May.", "seen": seen})
    assert OutgoingMail.objects.get(kind="reply").to == here.dana.email


def test_what_is_asked_first_does_not_make_it_go_at_once(
    here: Cast, ana: Client, page: str
) -> None:
    words = "The invoice is attached."
    said = facts(here.dana, body=words, send_at=(now() + LATER).isoformat())
    asked = ana.post(page, said | {"then": "later"}).content.decode()
    assert 'value="attachment:later"' in asked
    assert '<details class="tool" id="send-later" open>' in asked
    ana.post(page, said | {"asked": "attachment:later"})
    assert PreparedReply.objects.get().body == words
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"then": "later"}, "Choose when it is sent"),
        ({"then": "later", "send_at_typed": "2020-01-01T10:00"}, "That time has passed"),
        ({"then": "later", "send_at_typed": "2099-01-01T10:00"}, "within a year"),
        ({"then": "review"}, "Select who reads it"),
    ],
)
def test_what_it_waits_for_is_asked_for_and_the_words_stay(
    here: Cast, ana: Client, page: str, form: dict[str, str], words: str
) -> None:
    answer = ana.post(page, facts(here.dana, **form))
    assert answer.status_code == 422
    said = unescape(answer.content.decode())
    assert words in said
    assert "Here it is." in said
    assert not Ticket.objects.filter(subject="Your invoice").exists()


def test_a_colleague_reads_it_and_sends_it(
    here: Cast, ana: Client, page: str, sign_in: SignIn
) -> None:
    ana.post(page, facts(here.dana, then="review", reviewer=here.ben.pk))
    ticket, ben = Ticket.objects.get(subject="Your invoice"), sign_in(here.ben)
    assert here.ben.notices.get().event.data["to"] == here.ben.name
    assert "Approve and send" in shown(ben, ticket)
    assert "Approve and send" not in shown(ana, ticket)
    waits = PreparedReply.objects.get()
    ben.post(f"/desk/tickets/{ticket.pk}/prepared/{waits.pk}/approve/", headers=PART)
    assert ticket.messages.get().agent == here.ana
    assert OutgoingMail.objects.get(kind="reply").to == here.dana.email


def test_approved_for_somebody_who_left_it_says_so(
    here: Cast, ana: Client, page: str, sign_in: SignIn
) -> None:
    ana.post(page, facts(here.dana, then="review", reviewer=here.ben.pk))
    here.dana.left_at = now()
    here.dana.save()
    waits = PreparedReply.objects.get()
    place = f"/desk/tickets/{waits.ticket_id}/prepared/{waits.pk}/approve/"
    said = unescape(sign_in(here.ben).post(place, headers=PART).content.decode())
    assert "Not sent: somebody it goes to has left the customer." in said
    assert "was held back: somebody it goes to has left" in shown(ana, waits.ticket)
