"""Remedies: what is owed under which contract, with every ticket that qualifies."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.reports.tests.reading import sheet_of, text_of
from answerable.sla.tests.misses import excused_by, missed_by
from answerable.sla.tests.test_owed import CREDIT, DAYS, sell

PAGE = "/desk/reports/remedies/"
DAY = timedelta(days=1)


def lately(cast: Cast, contact: Contact, days: int = 3) -> int:
    """Miss a promise some days before today, and return the number of its ticket."""
    return missed_by(contact, timezone.now() - days * DAY).ticket_id


def sold(cast: Cast, **changes: object) -> None:
    """Sell Premium with a credit to everybody, as if it had been long ago."""
    long_ago = timezone.now() - 600 * DAY
    sell(cast, CREDIT | {"window": "month", "claim_within": "60d"} | changes)
    for contract in (cast.contract, *cast.brightwater.contracts.all()):
        type(contract).objects.filter(pk=contract.pk).update(
            starts_at=long_ago, ends_at=long_ago + 1200 * DAY
        )
        contract.designations.update(valid_from=long_ago)
    for customer in (cast.nordwind, cast.brightwater):
        customer.subscriptions.update(starts_at=long_ago)


def test_it_says_that_no_contract_has_any(cast: Cast, lena: Client) -> None:
    assert "No contract has remedies for missed promises." in text_of(lena, PAGE)


def test_it_lists_what_is_owed_with_the_tickets(cast: Cast, lena: Client) -> None:
    sold(cast, more_than=0)
    ticket = lately(cast, cast.dana)
    said = text_of(lena, PAGE)
    assert "Nordwind GmbH · Premium" in said
    assert "20 % of the support fee Claimable until" in said
    assert f"#{ticket}" in said
    assert "2 contracts with remedies have no missed promise in this time" in said


def test_it_lists_a_miss_for_which_nothing_is_owed_yet(cast: Cast, lena: Client) -> None:
    sold(cast, more_than=4)
    ticket = lately(cast, cast.dana)
    said = text_of(lena, PAGE)
    assert f"credit {_period(said)} 1 0 1 0 0 Nothing Nothing owed #{ticket}" in said


def _period(said: str) -> str:
    return said.split("credit ", 1)[1].split(" 1 0 1", 1)[0]


def test_it_says_when_a_claim_was_waived(cast: Cast, lena: Client) -> None:
    sold(cast, more_than=0)
    lately(cast, cast.dana, days=200)
    assert "20 % of the support fee Waived on" in text_of(lena, PAGE)


def test_it_says_until_when_a_claim_is_answered(cast: Cast, lena: Client) -> None:
    sell(cast, DAYS | {"claim_within": "60d", "answer_within": "10d"})
    missed_by(cast.dana, cast.at, cast.ana)
    said = text_of(lena, PAGE)
    assert "2 days of term Waived on" in said
    assert "A claim is answered by" in said


def test_what_is_excused_is_shown_and_owes_nothing(
    cast: Cast, lena: Client, at: datetime
) -> None:
    sell(cast, CREDIT | {"more_than": 0})
    excused_by(cast.lena, missed_by(cast.dana, at), at=at + DAY)
    assert "1 0 0 1 0 Nothing Nothing owed" in text_of(lena, PAGE)


def test_it_finds_a_customer_by_name(cast: Cast, lena: Client) -> None:
    sold(cast, more_than=0)
    lately(cast, cast.dana)
    lately(cast, cast.olive)
    said = text_of(lena, f"{PAGE}?name=bright")
    assert "Brightwater Ltd" in said
    assert "Nordwind" not in said
    assert "No contract with remedies matches" in text_of(lena, f"{PAGE}?name=nobody")


def test_the_sheet_has_every_row(cast: Cast, lena: Client) -> None:
    sold(cast, more_than=0)
    tickets = [lately(cast, cast.dana), lately(cast, cast.olive)]
    heads, *rows = sheet_of(lena, f"{PAGE}sheet/")
    assert [row[0] for row in rows] == ["Brightwater Ltd", "Nordwind GmbH"]
    assert [row[-1] for row in rows] == [f"#{tickets[1]}", f"#{tickets[0]}"]
    assert [row[heads.index("Per cent of the fee")] for row in rows] == ["20.0", "20.0"]


def test_it_costs_the_same_however_many_there_are(cast: Cast, lena: Client) -> None:
    sold(cast, more_than=0)
    lately(cast, cast.dana)
    with CaptureQueriesContext(connection) as few:
        lena.get(PAGE)
    for _ in range(3):
        lately(cast, cast.dana)
        lately(cast, cast.olive)
    with CaptureQueriesContext(connection) as many:
        lena.get(PAGE)
    assert len(many) <= len(few) <= 18
