"""Web push: what a browser's push service is sent, so that only the browser can read it.

Encryption by RFC 8291 and RFC 8188 (aes128gcm), who we are by RFC 8292 (VAPID).
"""

from __future__ import annotations

import base64
import os
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

CURVE = ec.SECP256R1()
RECORD = 4096
# A push service takes 4096 bytes; head, padding and tag are 103 of them.
LONGEST = 3993
HOLDS_FOR = timedelta(hours=12)


class Unreadable(Exception):
    """A browser's keys are none."""


def encrypted(
    text: bytes,
    p256dh: str,
    auth: str,
    *,
    ours: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return a message as the browser with these keys reads it. Raises Unreadable.

    `ours` and `salt` are made anew for each message; they are given where a result is known.
    """
    if len(text) > LONGEST:
        raise ValueError("A push message is too long.")
    try:
        theirs_bytes, secret = decoded(p256dh), decoded(auth)
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs_bytes)
    except ValueError as error:
        raise Unreadable from error
    ours, salt = ours or ec.generate_private_key(CURVE), salt or os.urandom(16)
    ours_bytes = point(ours)
    shared = ours.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\0" + theirs_bytes + ours_bytes
    root = derived(shared, secret, info, 32)
    key = derived(root, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(root, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(ours_bytes)]) + ours_bytes
    return head + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def signed(endpoint: str, private: str, *, contact: str, at: datetime) -> str:
    """Return the header that says to a push service who we are (RFC 8292)."""
    place = urlsplit(endpoint)
    key = opened(private)
    claims = {
        "aud": f"{place.scheme}://{place.netloc}",
        "exp": int((at + HOLDS_FOR).timestamp()),
        "sub": contact,
    }
    token = jwt.encode(claims, key, algorithm="ES256")
    return f"vapid t={token}, k={encoded(point(key))}"


def new_key() -> tuple[str, str]:
    """Return a new private key as PEM, and its public one as browsers take it."""
    key = ec.generate_private_key(CURVE)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem.decode(), encoded(point(key))


def opened(private: str) -> ec.EllipticCurvePrivateKey:
    """Return a private key from its PEM."""
    key = load_pem_private_key(private.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("The key of push messages is none of an elliptic curve.")
    return key


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half of a key, as 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """Return a key that was derived from a secret (HKDF with SHA-256)."""
    return HKDF(SHA256(), length, salt, info).derive(secret)


def encoded(data: bytes) -> str:
    """Return bytes as browsers write them: base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return the bytes of such a text. Raises ValueError."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
