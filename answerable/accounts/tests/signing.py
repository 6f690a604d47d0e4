"""A vendor's server that signs who somebody is, and the keys it signs with."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from answerable.accounts.actions.widget import NewKey, make_key
from answerable.accounts.models import WidgetKey

WORKSPACE = "answerable"
Algorithm = WidgetKey.Algorithm


@cache
def pair(algorithm: str, number: int = 0) -> tuple[str, str]:
    """Return a private and a public key in PEM; another `number` is another pair."""
    key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    match algorithm:
        case Algorithm.EDDSA:
            key = ed25519.Ed25519PrivateKey.generate()
        case Algorithm.ES256:
            key = ec.generate_private_key(ec.SECP256R1())
        case _:
            key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


class Server:
    """Signs for Dana of Nordwind, unless other claims are given; None leaves a claim out."""

    def __init__(
        self, at: datetime, algorithm: str = Algorithm.EDDSA, *, sets_roles: bool = False
    ) -> None:
        shared = algorithm == Algorithm.HS256
        private, public = ("", "") if shared else pair(algorithm)
        new = NewKey(name="Product", algorithm=algorithm, public=public, sets_roles=sets_roles)
        self.key, secret = make_key(new, agent=None, at=at)
        self.private = secret or private
        self.at = at

    def says(self, **others: Any) -> dict[str, Any]:
        """Return the claims of a token made now."""
        seconds = int(self.at.timestamp())
        usual = {
            "aud": WORKSPACE,
            "iat": seconds,
            "exp": seconds + 300,
            "jti": uuid4().hex,
            "account": "nw",
            "sub": "u-dana",
            "email": "dana@nordwind.example",
            "name": "Dana Wolf",
        }
        return {name: said for name, said in (usual | others).items() if said is not None}

    def signs(self, *, header: dict[str, Any] | None = None, **others: Any) -> str:
        """Return a signed token."""
        kid = {"kid": self.key.kid}
        return jwt.encode(
            self.says(**others), self.private, self.key.algorithm, headers=kid | (header or {})
        )


def later(at: datetime, **how_much: float) -> datetime:
    """Return an instant some while after another."""
    return at + timedelta(**how_much)
