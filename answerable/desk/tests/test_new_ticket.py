"""A new ticket at the desk: what a customer asked of us, and what we write to them first."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.desk.tests.opening import PART, SignIn
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock
from answerable.tickets.access import seen_by
from answerable.tickets.models import BegunTicket, Field, Message, Ticket

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ana(here: Cast, sign_in: SignIn) -> Client:
    return sign_in(here.ana)


@pytest.fixture
def page() -> str:
    return f"/desk/new/{uuid4()}/"


def wall(at: datetime) -> str:
    return at.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M")


def facts(person: Contact, **more: object) -> dict[str, object]:
    said: dict[str, object] = {
        "person": person.pk,
        "kind": "asked",
        "subject": "Exports fail",
        "body": "Every export ends with an error.",
        "channel": "form",
        "language": "en",
        "do": "save",
    }
    return said | more


def opened(client: Client, page: str, said: dict[str, object]) -> Ticket:
    answer = client.post(page, said)
    assert answer.status_code == 302, answer.content.decode()
    return Ticket.objects.get(pk=answer["Location"].rstrip("/").split("/")[-1])


def test_each_new_ticket_has_a_page_of_its_own(ana: Client) -> None:
    first, second = ana.get("/desk/new/?person=7"), ana.get("/desk/new/")
    assert first["Location"].endswith("/?person=7")
    assert first["Location"].split("?")[0] != second["Location"]


def test_who_it_is_for_is_found_with_typing_errors(here: Cast, ana: Client, page: str) -> None:
    found = ana.get(f"{page}people/", {"q": "dana wlof"}, headers=PART).content.decode()
    assert f"{page}?person={here.dana.pk}" in found
    assert "“wlof”" in found
    nobody = ana.get(page, {"q": "xyzzy"}).content.decode()
    assert "Nobody. Enter a name, an address or a company." in nobody


def test_somebody_new_is_added_to_a_known_account(here: Cast, ana: Client, page: str) -> None:
    address = "mia.new@nordwind.example"
    found = ana.get(f"{page}people/", {"q": address}, headers=PART).content.decode()
    assert f"customer={here.nordwind.pk}" in found
    said = {"customer": here.nordwind.pk, "name": "Mia New", "email": address}
    answer = ana.post(f"{page}person/", said)
    added = Contact.objects.get(email=address)
    assert answer["Location"] == f"{page}?person={added.pk}"
    assert (added.name, added.seat, added.customer) == ("Mia New", "none", here.nordwind)
    assert not OutgoingMail.objects.exists()
    again = ana.post(f"{page}person/", said)
    assert again.status_code == 422
    assert "This address is that of Mia New" in again.content.decode()


def test_the_form_with_them_is_promised_what_the_form_promises(
    here: Cast, ana: Client, page: str
) -> None:
    """By telephone there is no guarantee in Premium; the form that we fill in has it (E79)."""
    ticket = opened(ana, page, facts(here.dana, mine="on", note="Called twice."))
    clock = Clock.objects.get(ticket=ticket, metric="first_response")
    assert (clock.kind, clock.started_at) == ("guarantee", ticket.created_at)
    assert (ticket.channel, ticket.assignee) == ("form", here.ana)
    assert [(one.kind, one.author) for one in ticket.messages.order_by("pk")] == [
        ("message", "Dana Wolf"),
        ("note", here.ana.name),
    ]
    entered = ticket.events.get(verb="entered")
    assert (entered.agent, entered.contact) == (here.ana, here.dana)
    assert OutgoingMail.objects.get(ticket=ticket).kind == "acknowledgement"
    assert seen_by(here.dana).filter(pk=ticket.pk).exists()


def test_a_call_counts_from_when_they_asked(here: Cast, ana: Client, page: str) -> None:
    asked_at = now().replace(second=0, microsecond=0) - 30 * MINUTE
    said = facts(here.dana, channel="phone", received=wall(asked_at))
    ticket = opened(ana, page, said)
    clock = Clock.objects.get(ticket=ticket, metric="first_response")
    assert (ticket.channel, ticket.created_at) == ("phone", asked_at)
    assert (clock.kind, clock.started_at) == ("aim", asked_at)
    assert ticket.assignee is None


def test_what_was_due_before_it_was_written_down_is_late_at_once_and_told_to_nobody(
    here: Cast, ana: Client, page: str
) -> None:
    asked_at = now().replace(second=0, microsecond=0) - timedelta(days=9)
    said = facts(here.dana, channel="in_person", received=wall(asked_at))
    asked = {name: str(value) for name, value in said.items()}
    shown = ana.get(f"{page}promise/", asked, headers=PART).content.decode()
    ticket = opened(ana, page, said)
    wake_due(at=now())
    clock = Clock.objects.filter(ticket=ticket, metric="first_response").first()
    assert clock is not None
    assert clock.missed_at == clock.due_at
    assert "it is late as soon as you save it" in shown
    assert "due_at" not in ticket.events.get(verb="promised").data


@pytest.mark.parametrize(
    ("received", "says"),
    [
        (lambda: wall(now() + 5 * MINUTE), "Enter a time that has passed"),
        (lambda: wall(now() - timedelta(days=31)), "Enter a time within the last 30 days"),
        (lambda: "yesterday", "Enter a date and a time, like 2026-03-02 09:40"),
    ],
)
def test_a_time_that_cannot_be_is_said_beside_the_field_and_nothing_is_lost(
    here: Cast, ana: Client, page: str, received: object, says: str
) -> None:
    assert callable(received)
    answer = ana.post(page, facts(here.dana, channel="phone", received=received()))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert "Every export ends with an error." in text
    assert not Ticket.objects.filter(subject="Exports fail").exists()
    kept = ana.get(page).content.decode()
    assert "Every export ends with an error." in kept


def test_what_is_missing_is_said_beside_each_field(here: Cast, ana: Client, page: str) -> None:
    critical = facts(here.dana, subject="", body=" ", critical="on")
    text = ana.post(page, critical).content.decode()
    for words in ("Enter a subject", "Enter what they asked", "Select what is blocked"):
        assert words in text


def test_a_claim_is_made_with_what_is_blocked(here: Cast, ana: Client, page: str) -> None:
    said = facts(here.dana, critical="on", impact="other", words="Nobody can sign in")
    ticket = opened(ana, page, said)
    assert ticket.severity == "business_critical"
    assert ticket.claim.words == "Nobody can sign in"


def test_fields_that_have_to_be_filled_in_are_asked(here: Cast, ana: Client, page: str) -> None:
    field = Field.objects.create(
        key="region", names={"en": "Region"}, kind="text", required="on_create", position=1
    )
    assert "Enter Region" in ana.post(page, facts(here.dana)).content.decode()
    ticket = opened(ana, page, facts(here.dana) | {f"field-{field.pk}": "North"})
    assert ticket.field_values.get().text == "North"


def test_files_go_along(here: Cast, ana: Client, page: str) -> None:
    file = SimpleUploadedFile("log.txt", b"error", content_type="text/plain")
    ticket = opened(ana, page, facts(here.dana) | {"new_files": file})
    assert [one.name for one in ticket.messages.get().attachments.all()] == ["log.txt"]


def test_a_second_press_opens_nothing_again(here: Cast, ana: Client, page: str) -> None:
    ticket = opened(ana, page, facts(here.dana))
    assert ana.post(page, facts(here.dana))["Location"] == f"/desk/tickets/{ticket.pk}/"
    assert ana.get(page)["Location"] == f"/desk/tickets/{ticket.pk}/"
    assert Ticket.objects.filter(subject="Exports fail").count() == 1


def test_what_is_typed_is_kept_listed_and_only_its_writers(
    here: Cast, ana: Client, page: str, sign_in: SignIn
) -> None:
    said = facts(here.dana, body="Half a thought", base="")
    first = ana.post(f"{page}draft/", said)
    assert first.content.decode().startswith("saved ")
    assert "Half a thought" in ana.get("/desk/drafts/").content.decode()
    assert "Half a thought" in ana.get(page).content.decode()
    older = ana.post(f"{page}draft/", said | {"body": "Another window"})
    assert older.status_code == 409
    assert "Half a thought" in ana.get(page).content.decode()
    newer = said | {"body": "A whole thought", "base": first["X-Version"]}
    assert ana.post(f"{page}draft/", newer).status_code == 200
    ben = sign_in(here.ben)
    assert "A whole thought" not in ben.get(page).content.decode()
    assert "A whole thought" not in ben.get("/desk/drafts/").content.decode()


def test_who_begins_and_for_whom_can_be_changed_and_nothing_is_lost(
    here: Cast, ana: Client, page: str
) -> None:
    ana.post(page, facts(here.dana, channel="in_person", do="kind-write"))
    ours = ana.get(page).content.decode()
    assert "Send to Dana Wolf" in ours
    assert "Every export ends with an error." in ours
    asked = {"person": here.dana.pk, "kind": "write", "subject": "Exports fail"}
    ana.post(page, asked | {"body": "Changed", "do": "kind-asked"})
    theirs = ana.get(page).content.decode()
    assert 'value="in_person" required id="id_channel_1" checked' in theirs or (
        'value="in_person" id="id_channel_1" checked' in theirs
    )
    assert "Changed" in theirs
    assert ana.post(page, facts(here.dana, do="person"))["Location"] == f"{page}?do=person"
    assert "Changed" not in ana.get(f"{page}?person={here.sam.pk}").content.decode()
    assert "Every export" in ana.get(f"{page}?person={here.sam.pk}").content.decode()


def test_it_is_discarded(here: Cast, ana: Client, page: str) -> None:
    ana.post(f"{page}draft/", facts(here.dana, base=""))
    ana.post(page, {"do": "discard"})
    assert not BegunTicket.objects.exists()


def test_what_we_write_first_is_promised_nothing_and_can_be_taken_back(
    here: Cast, ana: Client, page: str
) -> None:
    ticket = opened(ana, page, facts(here.dana, kind="write", body="Hello Dana"))
    message = ticket.messages.get()
    assert (message.kind, ticket.assignee) == (Message.Kind.REPLY, here.ana)
    assert message.leaves_at
    assert not Clock.objects.filter(ticket=ticket).exists()
    assert not seen_by(here.dana).filter(pk=ticket.pk).exists()
    mail = OutgoingMail.objects.get(ticket=ticket)
    assert (mail.to, mail.subject) == (here.dana.email, f"[#{ticket.pk}] Exports fail")
    ana.post(f"/desk/sending/{message.pk}/undo/", headers=PART)
    mail.refresh_from_db()
    assert mail.state == OutgoingMail.State.TAKEN_BACK
    assert ticket.drafts.get(agent=here.ana).body == "Hello Dana"
    assert not seen_by(here.dana).filter(pk=ticket.pk).exists()
