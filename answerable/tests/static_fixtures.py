"""Static files, which are listed once: each test's client has middleware of its own."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def _listed_once() -> None:
    """Let a new client take over what the first one found, and not look through all folders."""
    kept: dict[tuple[str, Any], dict[str, Any]] = {}
    whitenoise: Any = import_module("whitenoise.middleware").WhiteNoiseMiddleware
    look = whitenoise.add_files_from_finders

    def take_over(self: Any) -> None:
        told = (self.static_prefix, self.max_age)
        if told not in kept:
            look(self)
            kept[told] = dict(self.files)
        self.files.update(kept[told])

    whitenoise.add_files_from_finders = take_over
