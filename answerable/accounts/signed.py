"""Tokens that a vendor's servers sign: who somebody is, and that it was the vendor who said it.

The key that a token names says how it is signed, and nothing in the token can say otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from answerable.accounts.core.claims import Claims, Refused, Why, read_claims
from answerable.accounts.models import WidgetKey, Workspace
from answerable.accounts.tokens import digest_of
from answerable.lib.sealing import Sealed, unseal

if TYPE_CHECKING:
    from jwt.types import Options

LONGEST_TOKEN = 8192
LEAST_RSA_BITS = 2048
Algorithm = WidgetKey.Algorithm
# Times are compared by us: by the instant that we are told, and for as long as we allow.
OURS_TO_CHECK: Options = {
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}


@dataclass(frozen=True, slots=True)
class Signed:
    """A token that is believed: what it says, by which key, and what it is remembered by."""

    claims: Claims
    key: WidgetKey
    token_id: str


def workspace() -> Workspace:
    """Return what vendors' servers call this installation, as it is or as it would begin."""
    kept = Workspace.objects.filter(pk=1).first()
    name = slugify(settings.ANSWERABLE_VENDOR)[:60] or "support"
    return kept or Workspace(pk=1, name=name)


def read_signed(token: str, *, at: datetime) -> Signed:
    """Return what a vendor's server signed. Raises Refused, for the first thing that is wrong.

    Whether it was used before, and whom it means, is not asked here.
    """
    key = key_of(token, at)
    claims = read_claims(
        _opened(token, key), audience=workspace().name, issuer=key.issuer, at=at
    )
    if claims.email:
        try:
            validate_email(claims.email)
        except ValidationError as error:
            raise Refused(Why.CLAIM_UNREADABLE, "email") from error
    # The signature covers exactly these letters: nobody can write the same token otherwise.
    token_id = f"jti:{claims.token_id}" if claims.token_id else token.rpartition(".")[0]
    return Signed(claims, key, digest_of(token_id))


def key_of(token: str, at: datetime) -> WidgetKey:
    """Return the key that a token names, while it works. Raises Refused."""
    if not token:
        raise Refused(Why.MISSING)
    if len(token) > LONGEST_TOKEN:
        raise Refused(Why.TOO_LONG)
    kid = _header(token).get("kid")
    if not isinstance(kid, str) or not kid:
        raise Refused(Why.NO_KID)
    key = WidgetKey.objects.filter(kid=kid).first() if kid.isprintable() else None
    if key is None:
        raise Refused(Why.KID_UNKNOWN, kid[:60])
    if key.began_at > at:
        raise Refused(Why.KEY_NOT_BEGUN, key.name)
    if key.ended_at and key.ended_at <= at:
        raise Refused(Why.KEY_ENDED, key.name)
    return key


def public_key_trouble(pem: str, algorithm: str) -> str:
    """Return what is wrong with a public key for an algorithm: "private", "unreadable", "kind",
    "short", or "" where nothing is."""
    if "PRIVATE KEY" in pem:
        return "private"
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        return "unreadable"
    fits = {
        Algorithm.EDDSA: isinstance(key, ed25519.Ed25519PublicKey),
        Algorithm.ES256: isinstance(key, ec.EllipticCurvePublicKey)
        and isinstance(key.curve, ec.SECP256R1),
        Algorithm.RS256: isinstance(key, rsa.RSAPublicKey),
    }
    if not fits.get(Algorithm(algorithm), False):
        return "kind"
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < LEAST_RSA_BITS:
        return "short"
    return ""


def _header(token: str) -> dict[str, Any]:
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise Refused(Why.MALFORMED) from error


def _opened(token: str, key: WidgetKey) -> dict[str, Any]:
    """Return what is said in a token, if the key says that its vendor said so."""
    try:
        secret = unseal(key.secret) or key.public
    except Sealed as error:
        raise Refused(Why.KEY_UNREADABLE, key.name) from error
    if _header(token).get("alg") != key.algorithm:
        raise Refused(Why.ALGORITHM, key.algorithm)
    try:
        said = jwt.decode(token, secret, algorithms=[key.algorithm], options=OURS_TO_CHECK)
    except (jwt.InvalidSignatureError, jwt.InvalidKeyError) as error:
        raise Refused(Why.SIGNATURE, key.name) from error
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise Refused(Why.MALFORMED) from error
    return said
