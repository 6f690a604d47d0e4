"""Agents who are signed in, and an article with a translation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.knowledge.actions import (
    About,
    Origin,
    Written,
    add_article,
    add_category,
    publish_article,
)
from answerable.knowledge.models import Article
from answerable.tests.kept_cast import cast_at

TODAY = timezone.now()
SignIn = Callable[[Agent], Client]


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    """These tests do not set up second factors; signin's do."""
    settings.ANSWERABLE_SECOND_FACTOR = "optional"


@pytest.fixture
def here(db: None) -> Cast:
    """Everybody, meeting today: pages tell the time by the server's clock."""
    return cast_at(TODAY)


@pytest.fixture
def ana(here: Cast) -> Client:
    """The browser of Ana, who writes articles."""
    return signed_in(here.ana)


@pytest.fixture
def ida(here: Cast) -> Client:
    """The browser of Ida, an administrator."""
    return signed_in(here.ida)


@pytest.fixture
def article(here: Cast) -> Article:
    """“Exports fail”, in English, and in German by software."""
    return exports(here)


def exports(cast: Cast) -> Article:
    """Make it, for whichever cast."""
    shelf = add_category("exports", {"en": "Exports", "de": "Exporte"})
    about = About(category=shelf, owner=cast.ana)
    made = add_article("Exports fail", about=about, by=cast.ana, at=TODAY)
    body = "## Steps\n\nOpen **Exports**.\n\n> [!NOTE]\n> It takes a while.\n"
    english = publish_article(
        made, "en", Written("Exports fail", body, "What to do."), by=cast.ana, at=TODAY
    )
    publish_article(
        made,
        "de",
        Written("Exporte schlagen fehl", "## Schritte\n\nÖffnen Sie **Exporte**.\n"),
        by=cast.ana,
        at=TODAY,
        origin=Origin(by_software=True, source=english),
    )
    return made


def signed_in(agent: Agent) -> Client:
    """Return the browser of an agent."""
    client = Client()
    client.force_login(agent.user, backend="answerable.accounts.backend.People")
    return client
