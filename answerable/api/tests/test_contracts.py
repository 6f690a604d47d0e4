"""A CRM keeps contracts up to date: told twice it is the same, confirmed anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.accounts.actions import make_api_token
from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.entitlements.models import Contract

pytestmark = pytest.mark.django_db
TOLD = {
    "account": "meridian.example",
    "plan": "premium",
    "starts_at": "2026-01-01T00:00:00Z",
    "ends_at": "2027-01-01T00:00:00Z",
    "seats": 40,
}


def told(agent: Agent, reference: str = "C-7", **facts: object) -> tuple[int, Any]:
    """Tell of a contract as the CRM does; return the status and what was answered."""
    month = timedelta(days=30)
    token = make_api_token(agent, name="CRM", works_for=month, at=now())
    answer = Client().put(
        f"/api/v1/contracts/{reference}",
        {**TOLD, **facts},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    return answer.status_code, answer.json()


def test_it_is_kept_once_and_confirmed_each_time(cast: Cast) -> None:
    status, said = told(cast.ida)
    assert (status, said["account"], said["plan"]) == (201, "Meridian Foods", "premium")
    contract = Contract.objects.get(order_ref="C-7")
    assert (contract.source, contract.seats, contract.adoptions.count()) == ("CRM", 40, 1)
    before = contract.confirmed_at
    assert told(cast.ida)[0] == 200
    contract.refresh_from_db()
    assert before
    assert contract.confirmed_at
    assert contract.confirmed_at > before
    assert not contract.seat_changes.exists()


def test_what_changed_there_changes_here(cast: Cast) -> None:
    told(cast.ida)
    told(cast.ida, status="suspended", seats=50, starts_at="2025-06-01T00:00:00Z", ends_at=None)
    contract = Contract.objects.get(order_ref="C-7")
    assert (contract.status, contract.seats, contract.ends_at) == ("suspended", 50, None)
    assert contract.adoptions.get().from_at == contract.starts_at
    assert contract.seat_changes.get().by == cast.ida


def test_one_that_was_entered_by_hand_is_theirs_from_now_on(cast: Cast) -> None:
    mine = cast.nordwind.contracts.get()
    Contract.objects.filter(pk=mine.pk).update(order_ref="C-1")
    assert told(cast.ida, "C-1", account="nordwind.example")[0] == 200
    mine.refresh_from_db()
    assert mine.source == "CRM"


def test_it_says_what_is_wrong_and_changes_nothing(cast: Cast) -> None:
    assert told(cast.ana)[0] == 403
    assert told(cast.ida, account="nobody.example")[0] == 404
    assert told(cast.ida, plan="gold")[0] == 404
    assert told(cast.ida, ends_at="2025-01-01T00:00:00Z")[0] == 422
    assert told(cast.ida, starts_at="2026-01-01T00:00:00")[0] == 422
    assert not Contract.objects.filter(order_ref="C-7").exists()
    told(cast.ida)
    assert told(cast.ida, account="nordwind.example")[0] == 409
