"""Push messages: only the browser reads them, and its push service knows who we are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from answerable.notices import push
from answerable.notices.tests.pushed import Browser

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)


def scalar(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(push.decoded(text), "big"), push.CURVE)


def test_it_encrypts_as_the_example_of_rfc_8291() -> None:
    message = push.encrypted(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        ours=scalar("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=push.decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert push.encoded(message) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
        "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV"
        "WGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_browser_reads_what_it_was_sent_and_no_other_does() -> None:
    ours, other = Browser(), Browser()
    message = push.encrypted("Grüße".encode(), ours.p256dh, ours.auth)
    assert ours.read(message).decode() == "Grüße"
    with pytest.raises(InvalidTag):
        other.read(message)


def test_keys_that_are_none_are_unreadable() -> None:
    with pytest.raises(push.Unreadable):
        push.encrypted(b"x", "AAAA", "AAAA")


def test_a_push_service_can_tell_that_it_is_us() -> None:
    private, public = push.new_key()
    header = push.signed(
        "https://push.example/send/1", private, contact="mailto:a@example.com", at=AT
    )
    scheme, _, rest = header.partition(" ")
    said = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert said["k"] == public
    key = push.opened(private).public_key()
    claims = jwt.decode(
        said["t"],
        key,
        algorithms=["ES256"],
        audience="https://push.example",
        options={"verify_exp": False},
    )
    assert claims["sub"] == "mailto:a@example.com"
    assert AT.timestamp() < claims["exp"] <= (AT + timedelta(hours=24)).timestamp()
