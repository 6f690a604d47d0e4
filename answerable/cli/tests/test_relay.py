"""`answerable check` says when calls from browser to browser have no relay."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from answerable.cli import looking

pytestmark = pytest.mark.django_db


def said() -> list[tuple[bool, str]]:
    return [(fine, says) for fine, says in looking.found() if "browser to browser" in says]


def test_it_says_that_there_is_no_relay(settings: Settings) -> None:
    settings.ANSWERABLE_TURN = []
    ((fine, says),) = said()
    assert fine
    assert "ANSWERABLE_TURN names no relay: they fail behind strict firewalls." in says


def test_it_says_nothing_where_one_is_named(settings: Settings) -> None:
    settings.ANSWERABLE_TURN = ["turn:turn.example.com:3478"]
    assert not said()


def test_it_says_nothing_where_nobody_calls_from_a_browser(settings: Settings) -> None:
    settings.CALL_WAYS = {"hand": settings.CALL_WAYS["hand"]}
    assert not said()
