"""The arithmetic of DKIM signatures."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from answerable.channels.email.core.dkim_check import FEWEST_BITS, Signed

MOST_BITS = 8192


def is_good(signed: Signed) -> bool:
    """Say whether a signature is that of its key. Raises ValueError for what is no key.

    RSA keys are between 1024 bits, as RFC 8301 asks, and what costs a moment.
    """
    try:
        if signed.kind == "ed25519":
            _ed25519(signed)
        else:
            _rsa(signed)
    except InvalidSignature:
        return False
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from error
    return True


def _ed25519(signed: Signed) -> None:
    """The text's hash is what is signed (RFC 8463, 3)."""
    key = Ed25519PublicKey.from_public_bytes(signed.key)
    key.verify(signed.signature, hashlib.sha256(signed.text).digest())


def _rsa(signed: Signed) -> None:
    key = load_der_public_key(signed.key)
    if not isinstance(key, RSAPublicKey) or not FEWEST_BITS <= key.key_size <= MOST_BITS:
        raise ValueError("This is no RSA key that proves anything.")
    key.verify(signed.signature, signed.text, PKCS1v15(), SHA256())
