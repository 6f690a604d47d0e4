"""The customer pane says of when a contract is that another system keeps."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from answerable.cast import Cast
from answerable.desk.source_words import late_words
from answerable.desk.tests.opening import PART, ask
from answerable.entitlements.models import Contract

HOUR = timedelta(hours=1)


def kept(source: str, ago: timedelta) -> str:
    at = timezone.now()
    contract = Contract(source=source, confirmed_at=at - ago)
    return str(late_words(contract, at, UTC))


@pytest.mark.parametrize(
    ("source", "ago", "says"),
    [
        ("CRM", 2.5 * HOUR, ">From the CRM, 2 hours ago.<"),
        ("Salesforce", HOUR, ">From Salesforce, 1 hour ago.<"),
        ("CRM", 50 * HOUR, ">From the CRM, 2 days ago.<"),
    ],
)
def test_what_is_old_is_dated(source: str, ago: timedelta, says: str) -> None:
    assert says in kept(source, ago)


def test_what_is_new_or_kept_by_hand_is_not() -> None:
    assert kept("CRM", HOUR - timedelta(seconds=1)) == ""
    assert kept("", 9 * HOUR) == ""
    assert late_words(None, timezone.now(), UTC) == ""


def test_it_is_said_in_german() -> None:
    with translation.override("de"):
        assert ">Aus dem CRM, vor 2 Stunden.<" in kept("CRM", 2 * HOUR)


def test_the_pane_says_it_beside_a_ticket(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    told = timezone.now() - 2.1 * HOUR
    here.nordwind.contracts.update(source="CRM", confirmed_at=told)
    page = ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert page.count("From the CRM, 2 hours ago.") == 1
    beside = ana.get(f"/desk/tickets/{ticket.pk}/account/", headers=PART).content.decode()
    assert "From the CRM, 2 hours ago." in beside
