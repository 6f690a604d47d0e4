"""What is tried only so often is counted for all web processes together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from answerable.accounts.actions.limits import (
    WINDOW,
    forget_tries,
    is_used_up,
    within_limit,
)
from answerable.accounts.models import Tries

SECOND = timedelta(seconds=1)


def test_so_many_tries_are_allowed_and_then_none_until_the_window_is_over(
    db: None, at: datetime
) -> None:
    assert [within_limit("code", "dana", 2, at=at) for _ in range(3)] == [True, True, False]
    assert is_used_up("code", "dana", 2, at=at + WINDOW - SECOND)
    assert not within_limit("code", "dana", 2, at=at + WINDOW - SECOND)
    assert not is_used_up("code", "dana", 2, at=at + WINDOW)
    assert within_limit("code", "dana", 2, at=at + WINDOW)


def test_each_is_counted_alone(db: None, at: datetime) -> None:
    assert within_limit("code", "dana", 1, at=at)
    assert within_limit("code", "kim", 1, at=at)
    assert within_limit("link", "dana", 1, at=at)
    assert not is_used_up("link", "sam", 1, at=at)


def test_what_is_over_is_forgotten(db: None, at: datetime) -> None:
    within_limit("code", "dana", 1, at=at)
    within_limit("code", "kim", 1, at=at + SECOND)
    forget_tries(at=at + WINDOW)
    assert Tries.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_no_more_are_allowed(at: datetime) -> None:
    def tries(_number: int) -> bool:
        try:
            return within_limit("code", "dana", 5, at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as together:
        assert sum(together.map(tries, range(20))) == 5
