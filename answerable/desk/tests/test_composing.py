"""What is asked before a reply goes, to whom it goes, and what waits."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.channels.email.actions.copying import copies_of
from answerable.channels.email.models import OutgoingMail
from answerable.desk.composing import MENTIONS
from answerable.desk.queries.composer import presets
from answerable.desk.recipients import MOST
from answerable.desk.tests.opening import PART, SignIn, ask, last_event
from answerable.routing.models import Notice
from answerable.tickets import actions
from answerable.tickets.actions import Sender, leave
from answerable.tickets.models import Draft, PreparedReply, Ticket

DANA, PAT = "dana@nordwind.example", "pat@rival.example"


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return ask(here.dana)


def send(client: Client, ticket: Ticket, body: str = "It works.", **more: object) -> str:
    """Send a reply as the page does, and return what is said."""
    form = {"reply": body, "seen": last_event(ticket), **more}
    answer = client.post(f"/desk/tickets/{ticket.pk}/reply/", form, headers=PART)
    return f"{answer.status_code} {' '.join(answer.content.decode().split())}"


def replies(ticket: Ticket) -> list[str]:
    return list(
        ticket.messages.filter(kind="reply").order_by("pk").values_list("body", flat=True)
    )


def test_d_16_an_unfilled_gap_is_asked_about_once(ticket: Ticket, ana: Client) -> None:
    text = "It is done by {ticket.eta}."
    assert "Fill in {ticket.eta} or remove it" in send(ana, ticket, text)
    assert replies(ticket) == []
    send(ana, ticket, text, asked="gaps")
    assert replies(ticket) == [text]


def test_a_mentioned_attachment_is_asked_for_once(ticket: Ticket, ana: Client) -> None:
    text = "The log is attached."
    assert "You mention an attachment. None is attached." in send(ana, ticket, text)
    assert "It works." not in send(ana, ticket, "> I attached a log\n\nThank you.")
    assert "400" not in send(ana, ticket, text, asked="attachment")
    assert text in replies(ticket)


@pytest.mark.parametrize("words", ["See the attached file", "Im Anhang", "Anbei der Bericht"])
def test_it_knows_words_that_promise_a_file(words: str) -> None:
    assert MENTIONS.search(words)
    assert not MENTIONS.search("An unattachable idea")


def test_d_10_an_outside_recipient_is_asked_about_first(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    form: dict[str, Any] = {"recipients": "1", "to": [DANA], "cc": [PAT]}
    said = send(ana, ticket, **form)
    assert f"{PAT} is not at Nordwind GmbH." in said
    assert replies(ticket) == []
    send(ana, ticket, **form, asked="outside")
    mail = OutgoingMail.objects.get(kind="reply")
    assert (mail.to, mail.headers) == (DANA, {"Cc": PAT})
    assert [copy.to for copy in copies_of(mail, at=timezone.now())] == [PAT]
    ana.post(f"/desk/sending/{mail.message_id}/undo/", headers=PART)
    assert Draft.objects.get().data == {"to": [DANA], "cc": [PAT]}


@pytest.mark.parametrize(
    ("form", "button"),
    [
        ({"to": [DANA]}, "Send to Dana Wolf"),
        ({"to": [DANA, "kim@nordwind.example"]}, "Send to 2 people"),
        ({"to": [DANA], "cc": [PAT]}, "Send to 2 people, 1 outside Nordwind GmbH"),
        ({"to": [PAT, "a@b.example"]}, "Send to 2 people outside Nordwind GmbH"),
        ({"to": [DANA], "add_cc": "Kim <KIM@nordwind.example>,"}, "Send to 2 people"),
        ({"to": [DANA, PAT], "drop": [PAT]}, "Send to Dana Wolf"),
    ],
)
def test_the_button_names_the_audience(
    ticket: Ticket, ana: Client, form: dict[str, object], button: str
) -> None:
    part = ana.post(f"/desk/tickets/{ticket.pk}/recipients/", {"recipients": "1"} | form)
    assert f'data-button="{button}"' in part.content.decode()


def test_ten_thousand_recipients_are_refused_in_plain_words(
    ticket: Ticket, ana: Client
) -> None:
    many = ",".join(f"a{n}@x.example" for n in range(10_000))
    said = send(ana, ticket, recipients="1", add_to=many)
    assert f"A reply goes to {MOST} people at most. You entered 10,000." in said
    nobody = send(ana, ticket, recipients="1")
    assert "Add at least one recipient" in nobody
    wrong = send(ana, ticket, recipients="1", to="dana@", cc="x y")
    assert "dana@ is no address." in wrong
    assert replies(ticket) == []


def test_a_reply_waits_for_its_time_and_its_page_says_so(ticket: Ticket, ana: Client) -> None:
    later = timezone.now() + timedelta(hours=3)
    said = send(ana, ticket, then="later", send_at=later.isoformat())
    assert "It is sent" in said
    assert replies(ticket) == []
    page = ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "Planned for" in page
    assert "After the promise is due" in page
    assert "Edit or cancel" in page
    waits = PreparedReply.objects.get()
    ana.post(f"/desk/tickets/{ticket.pk}/prepared/{waits.pk}/call-off/", headers=PART)
    assert Draft.objects.get().body == "It works."


def test_what_is_asked_first_does_not_make_a_planned_reply_go_at_once(
    ticket: Ticket, ana: Client
) -> None:
    later = {"send_at": (timezone.now() + timedelta(hours=3)).isoformat()}
    asked = send(ana, ticket, "See the attached file", then="later", **later)
    assert 'value="attachment:later"' in asked
    send(ana, ticket, "See the attached file", asked="attachment:later", **later)
    assert replies(ticket) == []
    assert PreparedReply.objects.get().body == "See the attached file"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"then": "later"}, "Choose when it is sent"),
        ({"then": "later", "send_at": "soon"}, "Choose when it is sent"),
        ({"then": "later", "send_at_typed": "2020-01-01T10:00"}, "That time has passed"),
        ({"then": "later", "send_at_typed": "2099-01-01T10:00"}, "within a year"),
        ({"then": "review"}, "Select who reads it"),
        ({"then": "review", "reviewer": "99999"}, "Select who reads it"),
    ],
)
def test_what_a_reply_waits_for_is_asked_in_words(
    ticket: Ticket, ana: Client, form: dict[str, str], words: str
) -> None:
    assert words in send(ana, ticket, **form)
    assert not PreparedReply.objects.exists()


def test_a_colleague_reads_a_reply_before_it_is_sent(
    ticket: Ticket, here: Cast, ana: Client, sign_in: SignIn
) -> None:
    send(ana, ticket, "It is **fixed**.", then="review", reviewer=str(here.ben.pk))
    assert Notice.objects.filter(agent=here.ben).count() == 1
    mine = ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "The promise runs meanwhile: due" in mine
    assert "Approve and send" not in mine
    ben = sign_in(here.ben)
    page = ben.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert "It is <strong>fixed</strong>." in page
    waits = PreparedReply.objects.get()
    place = f"/desk/tickets/{ticket.pk}/prepared/{waits.pk}"
    assert ana.post(f"{place}/approve/", headers=PART).status_code == 404
    empty = ben.post(f"{place}/send-back/", {"words": " "}, headers=PART)
    assert "enter a sentence for Ana Silva" in empty.content.decode()
    ben.post(f"{place}/send-back/", {"words": "Name the region."}, headers=PART)
    assert Notice.objects.filter(agent=here.ana).count() == 1
    send(ana, ticket, "It is fixed in EU-2.", then="review", reviewer=str(here.ben.pk))
    waits = PreparedReply.objects.waiting().get()
    place = f"/desk/tickets/{ticket.pk}/prepared/{waits.pk}"
    assert "Approved and sent." in ben.post(f"{place}/approve/", headers=PART).content.decode()
    assert replies(ticket) == ["It is fixed in EU-2."]


def test_a_mentioned_colleague_is_told_and_may_be_given_the_ticket(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    place = f"/desk/tickets/{ticket.pk}/note/"
    ana.post(place, {"note": "@ben can you check the IdP logs? not@ben.example"})
    assert [n.agent for n in Notice.objects.all()] == [here.ben]
    nobody = ana.post(place, {"note": "No one", "then": "assign"}, headers=PART)
    assert "Mention a colleague with @" in nobody.content.decode()
    ana.post(place, {"note": "@chidi.okafor it is yours", "then": "assign"})
    ticket.refresh_from_db()
    assert ticket.assignee == here.chidi


def test_send_and_next_leads_on(ticket: Ticket, ana: Client) -> None:
    form = {"reply": "Done.", "seen": last_event(ticket), "then": "next"}
    answer = ana.post(f"/desk/tickets/{ticket.pk}/reply/", form, headers=PART)
    told = json.loads(answer.headers["HX-Trigger"])["desk:sent"]
    assert told == {"mode": "reply", "next": "/desk/next/"}


def test_whoever_types_for_a_while_has_the_ticket(
    ticket: Ticket, here: Cast, ana: Client, sign_in: SignIn
) -> None:
    place = f"/desk/tickets/{ticket.pk}/typing/"
    answer = ana.post(place, headers=PART).content.decode()
    assert "Assigned to you." in answer
    assert "Undo" in answer
    assert sign_in(here.ben).post(place, headers=PART).status_code == 204
    ticket.refresh_from_db()
    assert ticket.assignee == here.ana


def test_links_are_judged_as_a_hint(ticket: Ticket, ana: Client) -> None:
    text = "See http://plain.example/ and [x](javascript:alert(1))"
    page = ana.post(f"/desk/tickets/{ticket.pk}/links/", {"text": text}).content.decode()
    assert "javascript:alert(1" in page
    assert "http://plain.example/" in page


def test_of_two_replies_the_one_that_left_stays(
    ticket: Ticket, here: Cast, ana: Client
) -> None:
    send(ana, ticket, "First.")
    sent = ticket.messages.get(kind="reply")
    leave(sent, at=timezone.now())
    late = ana.post(f"/desk/sending/{sent.pk}/undo/", headers=PART).content.decode()
    assert "Write a correction" in late
    actions.add_message(ticket, sender=Sender(contact=here.dana), body="OK", at=timezone.now())
    assert replies(ticket) == ["First."]


def test_it_offers_to_send_when_its_reader_begins_work(here: Cast) -> None:
    reader = here.dana
    reader.zone = "America/New_York"
    berlin = ZoneInfo("Europe/Berlin")
    friday = datetime(2025, 10, 24, 21, 30, tzinfo=berlin)
    found = presets(None, friday, berlin, reader)
    assert found[0].words == "When Dana begins work, Mon 27 Oct 13:00"
    assert found[0].is_chosen
    due = datetime(2025, 10, 26, 9, tzinfo=berlin)
    late = presets(due, friday, berlin, reader)
    assert [one.words for one in late if one.is_chosen] == [
        "Before the promise is due, Sun 08:50"
    ]
    assert next(one for one in late if one.words.startswith("When Dana")).is_late
