"""A month with known outcomes, and the browsers of those who read about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.accounts.actions import let_in
from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.sla.tests.clocks import replied
from answerable.sla.tests.misses import HOUR, MINUTE, excused_by, missed_by
from answerable.tickets.tests.openings import opened

SignIn = Callable[[Agent | Contact], Client]


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.ANSWERABLE_SECOND_FACTOR = "optional"


@pytest.fixture
def sign_in() -> SignIn:
    """Return a browser of somebody: sign_in(cast.lena)."""

    def signed_in(person: Agent | Contact) -> Client:
        client = Client()
        user = person.user if isinstance(person, Agent) else let_in(person, at=timezone.now())
        client.force_login(user, backend="answerable.accounts.backend.People")
        return client

    return signed_in


@pytest.fixture
def lena(cast: Cast, sign_in: SignIn) -> Client:
    """The browser of Lena, who leads."""
    return sign_in(cast.lena)


@pytest.fixture
def october(cast: Cast, at: datetime) -> Cast:
    """Nordwind had 3 kept, 1 missed, 1 excused and 1 open; Brightwater 1 kept and 1 missed."""
    for minutes in (10, 20, 30):
        replied(opened(cast.dana, at), cast.ana, at=at + minutes * MINUTE)
    missed_by(cast.dana, at, cast.ana)
    excused_by(cast.lena, missed_by(cast.kim, at), at=at + 2 * HOUR)
    opened(cast.dana, at + 2 * HOUR)
    replied(opened(cast.olive, at), cast.ana, at=at + 40 * MINUTE)
    missed_by(cast.olive, at)
    return cast
