"""The articles of the cast's vendor."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from answerable.accounts.actions import let_in
from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.cast.articles import Articles, write_articles
from answerable.tests.browser_fixtures import TODAY

BACKEND = "answerable.accounts.backend.People"
ENGLISH = "/help/en/contact-premium-support/"
GERMAN = "/help/de/premium-support-kontaktieren/"


@pytest.fixture
def at() -> datetime:
    """Now: pages are read by the clock on the wall."""
    return TODAY


@pytest.fixture
def articles(cast: Cast, at: datetime) -> Articles:
    """The articles, in the test's database."""
    return write_articles(cast, at=at)


def reader(person: Contact | Agent | None, at: datetime) -> Client:
    """Return a browser in which somebody is signed in, or nobody."""
    client = Client(headers={"user-agent": "Mozilla/5.0"})
    if person:
        user = person.user if isinstance(person, Agent) else let_in(person, at=at)
        client.force_login(user, backend=BACKEND)
    return client
