"""W10 and W-14: a colleague with the guarantee confirms a request, and it counts from then."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.entitlements.actions import end_designation
from answerable.intake.confirming import to_confirm
from answerable.portal.tests.helping import form_with, sent_by, text_of
from answerable.sla.models import Clock
from answerable.tickets.models import Ticket

ASK = "Ask Dana Wolf or Kim Park to confirm, so the guarantee applies"
HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(cast: Cast, sam: Client) -> Ticket:
    """A request that Sam sent with the box ticked."""
    answer = sam.post("/contact/", form_with(sam, confirm="on"))
    assert answer.status_code == 302
    return Ticket.objects.latest("pk")


def mails_to(contact: Contact) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(to=contact.email, kind="notice").order_by("pk"))


def test_it_is_offered_to_who_has_no_guarantee(cast: Cast, dana: Client, sam: Client) -> None:
    assert ASK in text_of(sam.get("/contact/"))
    assert "to confirm, so" not in text_of(dana.get("/contact/"))
    end_designation(cast.contract, cast.kim, at=now())
    assert "Ask Dana Wolf to confirm" in text_of(sam.get("/contact/"))


def test_it_is_offered_to_nobody_whose_colleagues_have_none_either(
    cast: Cast, sam: Client
) -> None:
    for colleague in (cast.dana, cast.kim):
        end_designation(cast.contract, colleague, at=now())
    assert "to confirm, so" not in text_of(sam.get("/contact/"))


def test_it_is_sent_at_once_and_colleagues_are_asked(cast: Cast, ticket: Ticket) -> None:
    assert Clock.objects.get(ticket=ticket).kind == "aim"
    for person in (cast.dana, cast.kim):
        (mail,) = mails_to(person)
        assert mail.subject == f"[#{ticket.pk}] Sam Ortiz asks you to confirm"
        assert f"/requests/{ticket.pk}/confirmation/" in mail.text
        assert [row.ticket for row in to_confirm(person)] == [ticket]


def test_nobody_is_asked_unless_it_was_ticked(cast: Cast, sam: Client) -> None:
    sam.post("/contact/", form_with(sam))
    assert not mails_to(cast.dana)
    assert not to_confirm(cast.dana).exists()


def test_w_14_confirmed_it_is_guaranteed_from_then_and_both_see_it(
    cast: Cast, ticket: Ticket, dana: Client, sam: Client
) -> None:
    page = f"/requests/{ticket.pk}/confirmation/"
    shown = text_of(dana.get(page))
    assert "Sam Ortiz asks you to confirm" in shown
    assert "If you confirm now: Guaranteed reply by" in shown
    before = now()
    assert "Confirmed." in text_of(dana.post(page, follow=True))
    clock = Clock.objects.get(ticket=ticket)
    assert clock.kind == "guarantee"
    assert before + HOUR <= clock.due_at <= now() + HOUR
    for browser in (dana, sam):
        read = text_of(browser.get(f"/requests/{ticket.pk}/"))
        assert "Confirmed by Dana Wolf at" in read
        assert "Guaranteed reply by" in read
        assert "the severity was changed" not in read
    (mail,) = mails_to(cast.sam)
    assert "Confirmed: guaranteed reply by" in mail.subject
    assert "Confirmed by Dana Wolf at" in mail.text
    assert not to_confirm(cast.kim).exists()


def test_declined_it_stays_best_effort(
    cast: Cast, ticket: Ticket, dana: Client, sam: Client
) -> None:
    page = f"/requests/{ticket.pk}/confirmation/"
    assert "Kept as best effort." in text_of(dana.post(page, {"decline": "1"}, follow=True))
    read = text_of(sam.get(f"/requests/{ticket.pk}/"))
    assert "Dana Wolf did not confirm it" in read
    assert Clock.objects.get(ticket=ticket).kind == "aim"
    assert not mails_to(cast.sam)


def test_a_second_press_changes_nothing(cast: Cast, ticket: Ticket, dana: Client) -> None:
    page = f"/requests/{ticket.pk}/confirmation/"
    dana.post(page)
    due = Clock.objects.get(ticket=ticket).due_at
    dana.post(page)
    dana.post(page, {"decline": "1"})
    assert Clock.objects.get(ticket=ticket).due_at == due


def test_only_who_was_asked_may_open_it(
    cast: Cast, ticket: Ticket, sam: Client, olive: Client, at: datetime
) -> None:
    page = f"/requests/{ticket.pk}/confirmation/"
    for browser in (sam, olive):
        assert browser.get(page).status_code == 404
        assert browser.post(page).status_code == 404
    assert Client().get(page).status_code == 302
    other = sent_by(cast.sam, at=at)
    assert sam.get(f"/requests/{other.pk}/confirmation/").status_code == 404
