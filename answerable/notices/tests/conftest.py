"""A web of our own that takes push messages and webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from answerable.lib.outbound.deciding import allowed_by
from answerable.lib.tests.web import Web, serving
from answerable.notices.tests.pushed import PushService


@pytest.fixture
def web(tmp_path: Path, settings: Settings) -> Iterator[Web]:
    """A server on this machine which the guarded client may ask."""
    with serving(tmp_path, tls=False) as served:
        settings.ANSWERABLE_OUTBOUND_ALLOW = allowed_by([served.origin])
        yield served


@pytest.fixture
def pushes(web: Web) -> PushService:
    """A push service with one browser."""
    return PushService(web)
