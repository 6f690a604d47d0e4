"""Mails are signed so that others can check it, and a key that is broken stops none."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.utils.timezone import now
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email import signing
from answerable.channels.email.compose import compose
from answerable.channels.email.core.canonical import body_hash
from answerable.channels.email.core.dkim import (
    headers_in,
    relaxed_header,
    signed_text,
)
from answerable.channels.email.tests.post import queued
from answerable.tickets import actions as tickets
from answerable.tickets.tests.openings import opened

RSA_KEY = rsa.generate_private_key(65537, 2048)
ED_KEY = Ed25519PrivateKey.generate()
TAG = re.compile(r"\s*([a-z]+)=([^;]*)")


def pem(key: Any) -> str:
    form, kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    text: bytes = key.private_bytes(form, kind, serialization.NoEncryption())
    return text.decode()


@pytest.fixture
def two_keys(settings: Settings) -> None:
    settings.ANSWERABLE_DKIM_KEY = pem(RSA_KEY) + pem(ED_KEY)
    settings.ANSWERABLE_DKIM_SELECTOR = ["rsa1", "ed1"]


def sent(cast: Cast, at: datetime, body: str = "Grüße.\n\n  Ana \n\n\n") -> bytes:
    ticket = opened(cast.dana, at)
    tickets.answer(ticket, agent=cast.ana, body=body, seen=2**62, at=now())
    letter = compose(queued("reply")[-1], ["<a@nordwind.example>"])
    return bytes(letter.message().as_bytes(linesep="\r\n"))


def dns() -> dict[str, str]:
    """What stands in DNS once the printed records are published."""
    return {key.name: key.record for key in signing.current()}


def check(raw: bytes) -> list[str]:
    """Check each signature against DNS, as a stranger does; return the algorithms that hold."""
    head, _, body = raw.partition(b"\r\n\r\n")
    headers = list(headers_in(head))
    holds = []
    for name, value in headers:
        if name.lower() != b"dkim-signature":
            continue
        tags = dict(TAG.findall("".join(value.decode().splitlines())))
        assert tags["bh"] == body_hash([body])
        unsigned = name + b":" + re.sub(rb"(\bb=)[^;]*$", rb"\1", value, flags=re.DOTALL)
        others = [header for header in headers if header[0] != name]
        text = signed_text(others, tags["h"].replace(" ", "").split(":"), unsigned)
        record = dict(TAG.findall(dns()[f"{tags['s']}._domainkey.{tags['d']}"]))
        verify(record, base64.b64decode(tags["b"].replace(" ", "")), text)
        holds.append(tags["a"])
    return holds


def verify(record: dict[str, str], signature: bytes, text: bytes) -> None:
    public = base64.b64decode(record["p"])
    if record["k"] == "rsa":
        key = serialization.load_der_public_key(public)
        assert isinstance(key, rsa.RSAPublicKey)
        key.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
    else:
        digest = hashlib.sha256(text).digest()
        Ed25519PublicKey.from_public_bytes(public).verify(signature, digest)


def test_each_key_signs(two_keys: None, cast: Cast, at: datetime) -> None:
    raw = sent(cast, at)
    assert check(raw) == ["rsa-sha256", "ed25519-sha256"]
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_other_programs_find_the_signatures_good(
    two_keys: None, cast: Cast, at: datetime
) -> None:
    dkim = pytest.importorskip("dkim", reason="dkimpy has no wheel: install it by hand")
    raw = sent(cast, at)

    def published(name: bytes, timeout: int = 5) -> bytes:
        return dns()[name.decode().rstrip(".")].encode()

    assert dkim.DKIM(raw).verify(idx=0, dnsfunc=published)
    assert dkim.DKIM(raw).verify(idx=1, dnsfunc=published)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Subject: [#", b"Subject: [!"),
        (b"To: Dana", b"To: Eve"),
        (b"From: ", b"From: Eve <eve@evil.example>\r\nFrom: "),
        (b"\r\nReply-To: ", b"\r\nReply-To: eve@evil.example\r\nReply-To: "),
    ],
)
def test_what_was_changed_is_found(
    two_keys: None, cast: Cast, at: datetime, before: bytes, after: bytes
) -> None:
    raw = sent(cast, at)
    assert before in raw
    with pytest.raises(InvalidSignature):
        check(raw.replace(before, after, 1))


def test_a_server_may_fold_anew_and_trim(two_keys: None, cast: Cast, at: datetime) -> None:
    raw = sent(cast, at).replace(b"Subject: ", b"subject:   ") + b"\r\n\r\n"
    assert len(check(raw)) == 2


def test_the_examples_of_the_rfcs_come_out() -> None:
    # RFC 6376, 3.4.5
    assert relaxed_header(b"A", b" X") == b"a:X"
    assert relaxed_header(b"B ", b" Y\t\r\n\tZ  ") == b"b:Y Z"


def test_without_a_key_nothing_is_signed(cast: Cast, at: datetime) -> None:
    assert b"DKIM-Signature" not in sent(cast, at)


@pytest.mark.parametrize(
    ("key", "selectors", "says"),
    [
        ("", ["s"], "holds no private key"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", ["s"], "cannot be"),
        (pem(ED_KEY), [], "a selector for each key"),
        (pem(ED_KEY), ["a", "b"], "a selector for each key"),
        (pem(ED_KEY), ["a b"], "no part of a host name"),
        (pem(rsa.generate_private_key(65537, 1024)), ["s"], ""),
    ],
)
def test_a_key_that_cannot_be_used_is_said_and_stops_no_mail(
    settings: Settings, cast: Cast, at: datetime, key: str, selectors: list[str], says: str
) -> None:
    settings.ANSWERABLE_DKIM_KEY, settings.ANSWERABLE_DKIM_SELECTOR = key, selectors
    raw = sent(cast, at)
    assert raw.startswith(b"DKIM-Signature" if not says else b"From:")
    if says:
        with pytest.raises(signing.BadKey, match=says):
            signing.current()
