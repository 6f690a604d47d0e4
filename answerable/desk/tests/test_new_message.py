"""What we write to somebody first has what a reply has: copies, macros, questions, a note."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.post import send_all
from answerable.desk.tests.new_mail import KIM, STRANGER, facts
from answerable.desk.tests.opening import PART
from answerable.macros.actions import Wording, save_macro
from answerable.macros.models import Macro, MacroUse
from answerable.tickets.models import BegunTicket, Ticket

ACT = '{"kind": "add_tag", "value": "billing"}'


@pytest.fixture(autouse=True)
def at_once(here: Cast) -> None:
    """Ana's replies are not held back, so that what follows them has happened."""
    here.ana.undo_seconds = 0
    here.ana.save()


@pytest.fixture
def page() -> str:
    return f"/desk/new/{uuid4()}/"


def kept(client: Client, page: str, said: dict[str, object]) -> str:
    """Keep what was typed, and return the page as it is opened again."""
    assert client.post(f"{page}draft/", said | {"base": ""}).status_code == 200
    return unescape(client.get(page).content.decode())


def test_it_goes_to_whom_its_writer_chose(here: Cast, ana: Client, page: str) -> None:
    answer = ana.post(page, facts(here.dana, cc=KIM))
    ticket = Ticket.objects.get(subject="Your invoice")
    assert answer["Location"] == f"/desk/tickets/{ticket.pk}/"
    send_all()
    sent = OutgoingMail.objects.filter(ticket=ticket).order_by("pk")
    assert [mail.to for mail in sent] == [here.dana.email, KIM]
    assert sent[0].headers["Cc"] == KIM


def test_who_is_outside_is_asked_about_until_they_are_kept(
    here: Cast, ana: Client, page: str
) -> None:
    answer = ana.post(page, facts(here.dana, cc=STRANGER))
    assert answer.status_code == 422
    assert f"{STRANGER} is not at Nordwind" in unescape(answer.content.decode())
    assert not Ticket.objects.filter(subject="Your invoice").exists()
    assert ana.post(page, facts(here.dana, cc=STRANGER, kept=STRANGER)).status_code == 302


def test_a_gap_and_a_file_that_is_not_there_are_asked_about(
    here: Cast, ana: Client, page: str
) -> None:
    words = "The invoice is attached, {person.name}."
    first = unescape(ana.post(page, facts(here.dana, body=words)).content.decode())
    assert "Fill in {person.name} or remove it" in first
    second = ana.post(page, facts(here.dana, body=words, asked="gaps")).content.decode()
    assert "You mention an attachment. None is attached." in second
    assert words in unescape(second)
    said = facts(here.dana, body=words, asked=["gaps", "attachment"])
    assert ana.post(page, said).status_code == 302


def test_nobody_to_write_to_is_said(here: Cast, ana: Client, page: str) -> None:
    answer = ana.post(page, facts(here.dana, to=""))
    assert "Add at least one recipient" in answer.content.decode()


def test_a_macro_is_filled_in_for_them_and_does_its_acts_once_it_left(
    here: Cast, ana: Client, page: str
) -> None:
    macro = save_macro(
        Macro(name="Invoice"),
        Wording({"en": "Hello {person} at {customer}, #{ticket.number}"}),
        agent=here.lena,
        at=now(),
    )
    address = f"{page}macros/?person={here.dana.pk}"
    offered = ana.get(address).json()["macros"]
    (body,) = [one["body"] for one in offered if one["id"] == macro.pk]
    assert body == "Hello Dana at Nordwind GmbH, #{ticket.number}"
    ana.post(page, facts(here.dana, act=ACT, macro=macro.pk))
    ticket = Ticket.objects.get(subject="Your invoice")
    assert [tag.name for tag in ticket.tags.all()] == ["billing"]
    assert MacroUse.objects.get(macro=macro).ticket == ticket


def test_what_was_chosen_is_kept_with_the_draft(here: Cast, ana: Client, page: str) -> None:
    shown = kept(ana, page, facts(here.dana, cc=[KIM, STRANGER], act=ACT))
    assert f'name="cc" value="{KIM}"' in shown
    assert f'name="cc" value="{STRANGER}"' in shown
    assert "Label billing" in shown
    # Turned into what they asked, and back, it is all there.
    asked = facts(here.dana, kind="asked", body="Why?", cc=[KIM, STRANGER])
    ana.post(f"{page}draft/", asked | {"base": BegunTicket.objects.get().version})
    assert BegunTicket.objects.get().data["act"] == [ACT]
    assert BegunTicket.objects.get().data["cc"] == [KIM, STRANGER]


def test_begun_for_somebody_else_it_does_not_go_to_who_it_was_for(
    here: Cast, ana: Client, page: str
) -> None:
    said = facts(here.kim, to=here.dana.email, owner=here.dana.email, kept=STRANGER)
    ana.post(page, said)
    ticket = Ticket.objects.get(subject="Your invoice")
    assert ticket.requester == here.kim
    assert OutgoingMail.objects.filter(ticket=ticket).get().to == here.kim.email


def test_whoever_is_added_is_shown_at_once(here: Cast, ana: Client, page: str) -> None:
    said = {"recipients": "1", "to": here.dana.email, "add_cc": STRANGER}
    address = f"{page}recipients/?person={here.dana.pk}&kind=write"
    shown = unescape(ana.post(address, said, headers=PART).content.decode())
    assert 'data-button="Send to 2 people, 1 outside Nordwind GmbH"' in shown
    assert "Too large for email. They get a link that ends in 30 days." in shown


def test_its_note_is_kept_and_tells_whom_it_names(here: Cast, ana: Client, page: str) -> None:
    ana.post(page, facts(here.dana, note="@ben look at the sum"))
    ticket = Ticket.objects.get(subject="Your invoice")
    note = ticket.messages.get(kind="note")
    assert note.body == "@ben look at the sum"
    assert ticket.events.get(message=note).data["mentions"] == [here.ben.pk]
    assert OutgoingMail.objects.filter(ticket=ticket, contact=here.dana).count() == 1


def test_one_file_too_large_is_said_for_her_alone(here: Cast, ana: Client, page: str) -> None:
    shown = ana.get(f"{page}?person={here.dana.pk}&kind=write").content.decode()
    assert "Too large for email. Dana gets a link that ends in 30 days." in shown
    asked = ana.get(f"/desk/new/{uuid4()}/?person={here.dana.pk}").content.decode()
    assert "Too large for email" not in asked
