"""Keys and names of made-up domains: mails that are signed, and what DNS says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from answerable.channels.email.core.dkim import Signer, record, signature_header
from answerable.channels.email.core.proof import Unsure

SELECTOR = "s1"


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain that signs its mail."""

    name: str
    key: Ed25519PrivateKey

    def sign(self, raw: bytes) -> bytes:
        """Return a mail with its signature above it, and the line ends of the wire."""
        raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        signer = Signer(self.name, SELECTOR, "ed25519-sha256", self._signature)
        return signature_header(raw, signer) + raw

    def _signature(self, text: bytes) -> bytes:
        return self.key.sign(hashlib.sha256(text).digest())

    @property
    def pem(self) -> str:
        """Its key as a file holds it."""
        form, kind = Encoding.PEM, PrivateFormat.PKCS8
        return self.key.private_bytes(form, kind, NoEncryption()).decode()

    @property
    def records(self) -> dict[str, list[str]]:
        """What DNS says of its key."""
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {f"{SELECTOR}._domainkey.{self.name}": [record("ed25519", public)]}


def domain(name: str) -> Domain:
    """Return a domain with a key of its own."""
    return Domain(name, Ed25519PrivateKey.generate())


def dmarc(name: str, rest: str = "p=reject") -> dict[str, list[str]]:
    """Return what DNS says of a domain that publishes a policy."""
    return {f"_dmarc.{name}": [f"v=DMARC1; {rest}"]}


class Names:
    """DNS as a table. A name that stands there with None cannot be asked for."""

    def __init__(self, table: Mapping[str, Sequence[str] | None]) -> None:
        self.table = dict(table)
        self.asked: list[str] = []

    def texts(self, name: str) -> list[str]:
        """Return the texts under a name."""
        return self.ask(name, "TXT")

    def ask(self, name: str, kind: str) -> list[str]:
        """Return what is under a name; records that are no texts stand under `TYPE name`."""
        self.asked.append(name)
        found = self.table.get(name if kind == "TXT" else f"{kind} {name}", ())
        if found is None:
            raise Unsure
        return list(found)
