"""Administrators who are signed in, and drafts as they type them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.accounts.actions import let_in
from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.lib.tests.web import Web, allowed_web
from answerable.tests.kept_cast import cast_at

TODAY = timezone.now()
SignIn = Callable[[Agent | Contact], Client]


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    """The office's own tests do not set up second factors; signin's do."""
    settings.ANSWERABLE_SECOND_FACTOR = "optional"


@pytest.fixture
def here(db: None) -> Cast:
    """Everybody, meeting today: pages tell the time by the server's clock."""
    return cast_at(TODAY)


@pytest.fixture
def sign_in() -> SignIn:
    """Return a browser of somebody: sign_in(here.ida)."""

    def signed_in(person: Agent | Contact) -> Client:
        client = Client()
        user = person.user if isinstance(person, Agent) else let_in(person, at=timezone.now())
        client.force_login(user, backend="answerable.accounts.backend.People")
        return client

    return signed_in


@pytest.fixture
def ida(here: Cast, sign_in: SignIn) -> Client:
    """The browser of Ida, an administrator."""
    return sign_in(here.ida)


@pytest.fixture
def web(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web that this installation may ask."""
    with allowed_web(tmp_path, settings, monkeypatch) as served:
        yield served
