"""The cast today, at a desk, and people who are there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.tests.kept_cast import cast_at

TODAY = timezone.now()


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    """Second factors are the subject of other tests."""
    settings.ANSWERABLE_SECOND_FACTOR = "optional"


@pytest.fixture
def here(db: None) -> Cast:
    """Everybody, meeting today: pages tell the time by the server's clock."""
    return cast_at(TODAY)


def browser_of(agent: Agent) -> Client:
    """Return a browser in which an agent is signed in."""
    client = Client()
    client.force_login(agent.user, backend="answerable.accounts.backend.People")
    return client


@pytest.fixture
def lena(here: Cast) -> Client:
    """The browser of Lena, a lead."""
    return browser_of(here.lena)
