"""Pages live now, so the cast of their tests does too."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from answerable.accounts.actions import let_in
from answerable.cast import Cast
from answerable.tests.kept_cast import lately


@pytest.fixture
def at() -> datetime:
    """The instant at which the cast meets."""
    return lately()


@pytest.fixture
def dana(cast: Cast, at: datetime) -> Client:
    """The browser of Dana, Super Admin at Nordwind."""
    client = Client()
    client.force_login(let_in(cast.dana, at=at))
    return client


@pytest.fixture
def sam(cast: Cast, at: datetime) -> Client:
    """The browser of Sam, an ordinary user at Nordwind."""
    client = Client()
    client.force_login(let_in(cast.sam, at=at))
    return client


@pytest.fixture
def olive(cast: Cast, at: datetime) -> Client:
    """The browser of Olive, Super Admin at another customer."""
    client = Client()
    client.force_login(let_in(cast.olive, at=at))
    return client
