"""A feed that tests can change: served with https on this machine, allowed by the setting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from answerable.lib.tests.web import Web, allowed_web


@pytest.fixture
def web(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    with allowed_web(tmp_path, settings, monkeypatch) as web:
        yield web
