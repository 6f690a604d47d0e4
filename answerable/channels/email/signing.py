"""Signs what goes out, with the keys that ANSWERABLE_DKIM_KEY holds.

A key that cannot be read stops no mail: it goes out unsigned, the log says so, and so does
`answerable check`.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from answerable.channels.email import ours
from answerable.channels.email.core.dkim import Signer, record, signature_header
from answerable.channels.email.core.mapped import Buffer

log = logging.getLogger(__name__)

PEM = re.compile(r"-----BEGIN [A-Z ]+-----.+?-----END [A-Z ]+-----", re.DOTALL)
SELECTOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
FEWEST_BITS = 1024
SHA256 = hashes.SHA256()


class BadKey(Exception):
    """The key or its selector cannot be used; the words say why."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of ours: who signs by it, and the DNS record that others check it with."""

    signer: Signer
    name: str
    record: str


def sign(raw: Buffer) -> bytes:
    """Return the headers that sign a mail, one for each key; none without a key."""
    try:
        keys = current()
    except BadKey as error:
        log.error("Mail goes out unsigned: %s", error)
        return b""
    return b"".join(signature_header(raw, key.signer) for key in keys)


def current() -> tuple[Key, ...]:
    """Return the keys of the settings. Raises BadKey."""
    if not (settings.ANSWERABLE_DKIM_KEY or settings.ANSWERABLE_DKIM_SELECTOR):
        return ()
    selectors = tuple(settings.ANSWERABLE_DKIM_SELECTOR)
    return _keys(settings.ANSWERABLE_DKIM_KEY, selectors, ours.domain())


@cache
def _keys(text: str, selectors: tuple[str, ...], domain: str) -> tuple[Key, ...]:
    blocks = PEM.findall(text)
    if not blocks:
        raise BadKey("ANSWERABLE_DKIM_KEY holds no private key in PEM.")
    if len(blocks) != len(selectors):
        raise BadKey(
            f"ANSWERABLE_DKIM_KEY holds {len(blocks)} keys, ANSWERABLE_DKIM_SELECTOR names "
            f"{len(selectors)}: there must be a selector for each key, in the same order."
        )
    return tuple(
        _key(block, selector, domain) for block, selector in zip(blocks, selectors, strict=True)
    )


def _key(block: str, selector: str, domain: str) -> Key:
    if not SELECTOR.fullmatch(selector):
        raise BadKey(f"ANSWERABLE_DKIM_SELECTOR: {selector!r} is no part of a host name.")
    algorithm, public, signs = _opened(block)
    signer = Signer(domain, selector, algorithm, signs)
    return Key(signer, f"{selector}._domainkey.{domain}", record(algorithm, public))


def _opened(block: str) -> tuple[str, bytes, Callable[[bytes], bytes]]:
    """Return a key's algorithm, its public half as DNS has it, and what signs by it."""
    try:
        key = serialization.load_pem_private_key(block.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise BadKey(f"The key in ANSWERABLE_DKIM_KEY cannot be read: {error}") from error
    if isinstance(key, RSAPrivateKey):
        if key.key_size < FEWEST_BITS:
            raise BadKey(f"The RSA key has {key.key_size} bits. Use one of 2048.")
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return "rsa-sha256", public, partial(_by_rsa, key)
    if isinstance(key, Ed25519PrivateKey):
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return "ed25519-sha256", public, partial(_by_ed25519, key)
    raise BadKey("The key in ANSWERABLE_DKIM_KEY is neither RSA nor Ed25519.")


def _by_rsa(key: RSAPrivateKey, text: bytes) -> bytes:
    return key.sign(text, padding.PKCS1v15(), SHA256)


def _by_ed25519(key: Ed25519PrivateKey, text: bytes) -> bytes:
    return key.sign(hashlib.sha256(text).digest())  # RFC 8463, 3: the hash is what is signed.
