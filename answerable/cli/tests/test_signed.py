"""`answerable check` says whether mail is signed, and what to publish."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pytest_django import Settings

from answerable.cli import looking

pytestmark = pytest.mark.django_db


def said() -> list[tuple[bool, str]]:
    words = ("signed", "ANSWERABLE_DKIM_KEY")
    return [(fine, says) for fine, says in looking.found() if any(w in says for w in words)]


def test_it_prints_the_record_to_publish(settings: Settings) -> None:
    form, kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    key = Ed25519PrivateKey.generate().private_bytes(form, kind, serialization.NoEncryption())
    settings.ANSWERABLE_DKIM_KEY = key.decode()
    settings.ANSWERABLE_DKIM_SELECTOR = ["s1"]
    ((fine, says),) = said()
    assert fine
    assert 's1._domainkey.answerable.example TXT "v=DKIM1; k=ed25519; p=' in says


def test_it_says_what_is_wrong_with_the_key(settings: Settings) -> None:
    settings.ANSWERABLE_DKIM_KEY = "no key"
    settings.ANSWERABLE_DKIM_SELECTOR = ["s1"]
    ((fine, says),) = said()
    assert not fine
    assert "Mail goes out unsigned." in says


def test_without_a_key_it_says_so() -> None:
    ((fine, says),) = said()
    assert fine
    assert says.startswith("Mail is not signed")
