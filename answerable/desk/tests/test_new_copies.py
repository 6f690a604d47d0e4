"""Who gets copies of our answers to what somebody asked of an agent."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.post import send_all
from answerable.desk.recipients import MOST
from answerable.desk.tests import new_mail
from answerable.desk.tests.new_mail import KIM, STRANGER
from answerable.desk.tests.opening import PART
from answerable.tickets import actions
from answerable.tickets.models import Ticket


@pytest.fixture
def page() -> str:
    return f"/desk/new/{uuid4()}/"


def facts(person: Contact, **more: object) -> dict[str, object]:
    asked = {"kind": "asked", "subject": "Exports fail", "channel": "phone", "language": "en"}
    return new_mail.facts(person, **asked) | more


def test_they_get_each_answer_and_the_log_says_who_said_so(
    here: Cast, ana: Client, page: str
) -> None:
    ana.post(page, facts(here.dana, cc=[KIM, STRANGER], kept=STRANGER))
    ticket = Ticket.objects.get(subject="Exports fail")
    shown = unescape(ana.get(f"/desk/tickets/{ticket.pk}/").content.decode())
    assert "Kim Park gets copies of replies, says Ana" in shown
    send_all()
    assert not OutgoingMail.objects.filter(to__in=[KIM, STRANGER]).exists()
    actions.answer(ticket, agent=here.ana, body="It works.", seen=2**62, at=now())
    send_all()
    sent = OutgoingMail.objects.filter(ticket=ticket, kind="reply").order_by("pk")
    assert [mail.to for mail in sent] == [here.dana.email, KIM, STRANGER]


def test_who_is_outside_is_asked_about_until_they_are_kept(
    here: Cast, ana: Client, page: str
) -> None:
    answer = ana.post(page, facts(here.dana, cc=STRANGER))
    assert answer.status_code == 422
    assert f"{STRANGER} is not at Nordwind" in unescape(answer.content.decode())
    assert not Ticket.objects.filter(subject="Exports fail").exists()
    assert ana.post(page, facts(here.dana, cc=STRANGER, asked="outside")).status_code == 302
    assert Ticket.objects.get(subject="Exports fail").participants.get().address == STRANGER


def test_more_than_fifty_are_refused(here: Cast, ana: Client, page: str) -> None:
    many = [f"a{n}@nordwind.example" for n in range(MOST)]
    said = unescape(ana.post(page, facts(here.dana, cc=many)).content.decode())
    assert "A reply goes to 50 people at most. You entered 51." in said
    assert ana.post(page, facts(here.dana, cc=many[1:])).status_code == 302
    ticket = Ticket.objects.get(subject="Exports fail")
    assert ticket.participants.kept().count() == MOST - 1


def test_what_we_wrote_to_others_becomes_copies_for_them(
    here: Cast, ana: Client, page: str
) -> None:
    said = {"recipients": "1", "to": [here.dana.email, KIM]}
    address = f"{page}recipients/?person={here.dana.pk}&kind=asked"
    shown = unescape(ana.post(address, said, headers=PART).content.decode())
    assert f'name="cc" value="{KIM}"' in shown
    assert f'name="to" value="{here.dana.email}"' in shown
    assert "add_to" not in shown
    assert "Too large for email" not in shown
