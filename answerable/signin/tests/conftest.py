"""The pages where people come in live now, and count tries from nought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache
from pytest_django import Settings

from answerable.accounts.actions import install
from answerable.accounts.models import Installation
from answerable.tests.kept_cast import lately


@pytest.fixture
def at() -> datetime:
    """The instant at which the cast meets."""
    return lately()


@pytest.fixture
def demo(db: None, at: datetime) -> Installation:
    """An installation that is a demonstration."""
    return install(demo=True, at=at)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hash passwords quickly: how they are hashed is Django's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_tries() -> Iterator[None]:
    """Forget how often anybody tried."""
    cache.clear()
    yield
    cache.clear()
