"""The office says what customers bought, and changes how many paid seats that is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.entitlements.actions import set_seats
from answerable.entitlements.models import Contract, SeatChange
from answerable.office.tests.conftest import SignIn

PAGE = "/office/contracts/"


def read(client: Client, query: str = "") -> str:
    return " ".join(client.get(PAGE + query).content.decode().split())


def test_it_lists_contracts_with_the_seats_that_are_taken(here: Cast, ida: Client) -> None:
    said = read(ida)
    assert "Nordwind GmbH" in said
    assert "Kestrel Robotics" in said
    assert 'aria-label="Seats bought by Nordwind GmbH"' in said
    assert "Brightwater" not in read(ida, "?name=nordw")
    assert "No contract of such an account." in read(ida, "?name=nobody")


def test_a_number_is_changed_and_who_did_it_is_kept(here: Cast, ida: Client) -> None:
    contract = here.contract
    for said, kept in (("25", 25), ("25", 25), ("", None), ("0", 0)):
        assert ida.post(PAGE, {"contract": contract.pk, "seats": said}).status_code == 302
        contract.refresh_from_db()
        assert contract.seats == kept
    changes = SeatChange.objects.order_by("pk").values_list("before", "after", "by__name")
    assert list(changes) == [
        (None, 25, "Ida Holm"),
        (25, None, "Ida Holm"),
        (None, 0, "Ida Holm"),
    ]
    assert "Any number before, changed by Ida Holm" in read(ida)
    assert "3 too many" in read(ida)


def test_of_several_contracts_their_seats_count_together(here: Cast, ida: Client) -> None:
    set_seats(here.contract, 1, by=here.ida, at=timezone.now())
    assert "2 too many" in read(ida)
    other = Contract.objects.create(
        customer=here.nordwind,
        plan_version=here.premium,
        starts_at=timezone.now() - timedelta(days=1),
        seats=5,
    )
    assert "too many" not in read(ida)
    set_seats(other, None, by=here.ida, at=timezone.now())
    assert "too many" not in read(ida)


@pytest.mark.parametrize("said", ["-1", "many", "1.5", "99999999"])
def test_what_is_no_number_is_refused(here: Cast, ida: Client, said: str) -> None:
    answer = ida.post(PAGE, {"contract": here.contract.pk, "seats": said})
    assert answer.status_code == 422
    assert "Enter a whole number, or nothing" in answer.content.decode()
    assert not SeatChange.objects.exists()


def test_it_is_for_administrators(here: Cast, sign_in: SignIn, ida: Client) -> None:
    assert sign_in(here.lena).get(PAGE).status_code == 403
    assert ida.post(PAGE, {"contract": "7" * 20, "seats": "1"}).status_code == 404
