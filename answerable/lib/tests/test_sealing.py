"""A secret in the database is read with the installation's key alone."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from answerable.lib.sealing import Sealed, seal, unseal


def test_it_opens_what_it_sealed() -> None:
    sealed = seal("password")
    assert "password" not in sealed
    assert unseal(sealed) == "password"
    assert (seal(""), unseal("")) == ("", "")


def test_it_opens_what_the_key_before_sealed(settings: Settings) -> None:
    sealed = seal("password")
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    with pytest.raises(Sealed):
        unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [before]
    assert unseal(sealed) == "password"
