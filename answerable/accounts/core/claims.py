"""What a signed token says of a person, and whether it may be believed now.

The rules of RFC 7519, narrowed: a token is for one workspace and works for minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

LONGEST_LIFE = timedelta(minutes=15)
# By how much the clocks of the vendor's servers may differ from ours.
SKEW = timedelta(seconds=60)
LONGEST_TEXT = {"account": 100, "sub": 200, "email": 254, "jti": 200}
LONGEST_EXTRA = {"name": 200, "role": 40, "locale": 20, "phone": 40}


class Why(StrEnum):
    """Why a token is refused. The word is the answer to the program that sent it."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    MALFORMED = "malformed"
    NO_KID = "no_kid"
    KID_UNKNOWN = "kid_unknown"
    KEY_NOT_BEGUN = "key_not_begun"
    KEY_ENDED = "key_ended"
    KEY_UNREADABLE = "key_unreadable"
    ALGORITHM = "algorithm"
    SIGNATURE = "signature"
    CLAIM_MISSING = "claim_missing"
    CLAIM_UNREADABLE = "claim_unreadable"
    AUDIENCE = "audience"
    ISSUER = "issuer"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    LIVES_TOO_LONG = "lives_too_long"
    REPLAYED = "replayed"
    ACCOUNT_UNKNOWN = "account_unknown"
    PERSON_UNKNOWN = "person_unknown"
    PERSON_ELSEWHERE = "person_elsewhere"
    PERSON_LEFT = "person_left"
    PERSON_IS_AGENT = "person_is_agent"


class Refused(Exception):
    """A token is not believed: `why`, and what it is about, such as a claim's name."""

    def __init__(self, why: Why, about: str = "") -> None:
        super().__init__(why.value, about)
        self.why = why
        self.about = about


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a token says that may be believed. "" for what it does not say."""

    account: str
    sub: str
    email: str
    token_id: str
    name: str
    role: str
    locale: str
    phone: str
    expires_at: datetime


def read_claims(
    said: Mapping[str, object], *, audience: str, issuer: str, at: datetime
) -> Claims:
    """Return what a token says. Raises Refused, for the first thing that is wrong with it.

    `audience` is this installation's workspace; an `issuer` of "" is not compared.
    """
    _check_audience(said, audience)
    if issuer and said.get("iss") != issuer:
        raise Refused(Why.ISSUER, issuer)
    expires_at = _check_times(said, at)
    texts = {name: _text(said, name, most) for name, most in LONGEST_TEXT.items()}
    if not texts["account"]:
        raise Refused(Why.CLAIM_MISSING, "account")
    if not (texts["sub"] or texts["email"]):
        raise Refused(Why.CLAIM_MISSING, "sub")
    extras = {name: _extra(said, name, most) for name, most in LONGEST_EXTRA.items()}
    return Claims(
        account=texts["account"],
        sub=texts["sub"],
        email=texts["email"].lower(),
        token_id=texts["jti"],
        **extras,
        expires_at=expires_at,
    )


def _check_audience(said: Mapping[str, object], audience: str) -> None:
    told = said.get("aud")
    if told is None:
        raise Refused(Why.CLAIM_MISSING, "aud")
    if told not in (audience, [audience]):
        raise Refused(Why.AUDIENCE, audience)


def _check_times(said: Mapping[str, object], at: datetime) -> datetime:
    """Return when a token ends; what is before our own clock by less than SKEW is now."""
    now, skew = at.timestamp(), SKEW.total_seconds()
    issued, expires = _instant(said, "iat"), _instant(said, "exp")
    begins = _instant(said, "nbf") if "nbf" in said else issued
    if expires - issued > LONGEST_LIFE.total_seconds():
        raise Refused(Why.LIVES_TOO_LONG, "exp")
    if max(issued, begins) > now + skew:
        raise Refused(Why.NOT_YET, "iat" if issued > now + skew else "nbf")
    if expires <= now - skew or expires <= issued:
        raise Refused(Why.EXPIRED, "exp")
    return datetime.fromtimestamp(expires, UTC)


def _instant(said: Mapping[str, object], name: str) -> float:
    """Return a claim's seconds since 1970. Whole numbers of any size can come in JSON."""
    if name not in said:
        raise Refused(Why.CLAIM_MISSING, name)
    told = said[name]
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise Refused(Why.CLAIM_UNREADABLE, name)
    if not 0 <= told < 2**40:
        raise Refused(Why.CLAIM_UNREADABLE, name)
    return float(told)


def _text(said: Mapping[str, object], name: str, most: int) -> str:
    told = said.get(name)
    if told is None or told == "":
        return ""
    if not isinstance(told, str) or not told.isprintable() or len(told) > most:
        raise Refused(Why.CLAIM_UNREADABLE, name)
    return told.strip()


def _extra(said: Mapping[str, object], name: str, most: int) -> str:
    """Return what makes a person's first entry nicer; what cannot be read is left out."""
    try:
        return _text(said, name, most)
    except Refused:
        return ""
