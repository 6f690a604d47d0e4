"""The cast, a system of the vendor's on this machine, and who asks it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from answerable.cards.actions import Described, save_source
from answerable.cards.models import CardSource
from answerable.cards.tests.billing import SECRET, Billing
from answerable.cast import Cast
from answerable.lib.tests.web import Web, allowed_web
from answerable.tests.kept_cast import cast_at


@pytest.fixture
def here(db: None) -> Cast:
    """Everybody, meeting today."""
    return cast_at(timezone.now())


@pytest.fixture
def web(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    with allowed_web(tmp_path, settings, monkeypatch) as served:
        yield served


@pytest.fixture
def billing() -> Billing:
    return Billing()


@pytest.fixture
def source(here: Cast, web: Web, billing: Billing) -> CardSource:
    """The system as Ida set it up."""
    return described(here, billing.put(web))


def described(here: Cast, url: str, **more: object) -> CardSource:
    """Set a system up at an address."""
    facts: dict[str, object] = {
        "name": "Billing",
        "url": url,
        "secret": SECRET,
        "plans": [],
        "products": [],
        "seconds": 1.0,
        "fresh_for": 300,
        "place": 0,
        "is_on": True,
    }
    entered = Described(**(facts | more))  # type: ignore[arg-type]  # As the form enters it.
    return save_source(CardSource(), entered, agent=here.ida, at=timezone.now())
