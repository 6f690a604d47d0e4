"""What a signed token says is believed for minutes, for one workspace, and not otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from answerable.accounts.core.claims import LONGEST_LIFE, SKEW, Refused, Why, read_claims

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
NOW = int(AT.timestamp())
SAID = {"aud": "nw", "iat": NOW, "exp": NOW + 300, "account": "a-1", "sub": "u-1"}
HUGE = 10**400


def read(issuer: str = "", **others: Any) -> object:
    said = {name: told for name, told in (SAID | others).items() if told is not None}
    return read_claims(said, audience="nw", issuer=issuer, at=AT)


def why(issuer: str = "", **others: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        read(issuer, **others)
    return refused.value.why, refused.value.about


def test_it_reads_who_somebody_is() -> None:
    claims = read_claims(
        SAID | {"email": "Dana@Nordwind.example", "name": "Dana", "role": 7},
        audience="nw",
        issuer="",
        at=AT,
    )
    assert (claims.account, claims.sub, claims.email) == ("a-1", "u-1", "dana@nordwind.example")
    assert (claims.name, claims.role, claims.token_id) == ("Dana", "", "")
    assert claims.expires_at == datetime.fromtimestamp(NOW + 300, UTC)


@pytest.mark.parametrize("claim", ["aud", "iat", "exp", "account", "sub"])
def test_it_asks_for_what_must_be_there(claim: str) -> None:
    without: dict[str, Any] = {claim: None}
    assert why(**without) == (Why.CLAIM_MISSING, claim)


@pytest.mark.parametrize("aud", ["other", "", "NW", [], ["nw", "other"], {"nw": 1}, 7])
def test_it_is_for_this_workspace_alone(aud: object) -> None:
    assert why(aud=aud) == (Why.AUDIENCE, "nw")


def test_it_takes_an_audience_in_a_list_of_one() -> None:
    assert read(aud=["nw"])


def test_it_compares_an_issuer_where_one_is_named() -> None:
    assert read(iss="whoever")
    assert read("https://app.example", iss="https://app.example")
    assert why("https://app.example", iss="https://evil.example")[0] == Why.ISSUER
    assert why("https://app.example")[0] == Why.ISSUER


@pytest.mark.parametrize(
    ("times", "wrong"),
    [
        ({"iat": NOW - 360, "exp": NOW - 60}, (Why.EXPIRED, "exp")),
        ({"iat": NOW - 359, "exp": NOW - 59}, None),
        ({"iat": NOW + 60, "exp": NOW + 100}, None),
        ({"iat": NOW + 61, "exp": NOW + 100}, (Why.NOT_YET, "iat")),
        ({"nbf": NOW + 61}, (Why.NOT_YET, "nbf")),
        ({"exp": NOW + 900}, None),
        ({"exp": NOW + 901}, (Why.LIVES_TOO_LONG, "exp")),
        ({"exp": NOW}, (Why.EXPIRED, "exp")),
        ({"iat": NOW, "exp": NOW - 1}, (Why.EXPIRED, "exp")),
        ({"exp": str(NOW + 300)}, (Why.CLAIM_UNREADABLE, "exp")),
        ({"exp": True}, (Why.CLAIM_UNREADABLE, "exp")),
        ({"exp": HUGE}, (Why.CLAIM_UNREADABLE, "exp")),
        ({"iat": -HUGE}, (Why.CLAIM_UNREADABLE, "iat")),
        ({"exp": float("inf")}, (Why.CLAIM_UNREADABLE, "exp")),
        ({"exp": float("nan")}, (Why.CLAIM_UNREADABLE, "exp")),
        ({"exp": NOW + 300.5}, None),
        ({"nbf": [NOW]}, (Why.CLAIM_UNREADABLE, "nbf")),
    ],
)
def test_it_works_for_minutes(times: dict[str, Any], wrong: object) -> None:
    if wrong is None:
        assert read(**times)
    else:
        assert why(**times) == wrong


@pytest.mark.parametrize("told", [7, ["u-1"], "u" * 201, "u\x001", "u\ud8001", "a\nb"])
def test_it_takes_no_name_that_cannot_be_kept(told: object) -> None:
    assert why(sub=told) == (Why.CLAIM_UNREADABLE, "sub")


def test_it_leaves_out_what_only_makes_an_entry_nicer() -> None:
    assert read(name="x\x00y", role=["admin"], locale="d" * 50, phone={})


TOLD = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(),
    some.floats(),
    some.text("nwé\x00\ud800", max_size=9),
    some.lists(some.sampled_from(["nw", "x"]), max_size=3),
    some.just({"nw": 1}),
    some.sampled_from(["nw", NOW, NOW + 1, NOW + 900, NOW - 61]),
)
NAMES = ["aud", "iat", "exp", "nbf", "iss", "account", "sub", "email", "jti", "name", "role"]


@given(some.dictionaries(some.sampled_from(NAMES), TOLD))
def test_whatever_is_said_it_is_refused_in_words_or_works_within_bounds(
    said: dict[str, object],
) -> None:
    try:
        claims = read_claims(SAID | said, audience="nw", issuer="", at=AT)
    except Refused:
        return
    assert AT - SKEW < claims.expires_at <= AT + SKEW + LONGEST_LIFE
    assert claims.account
    assert claims.sub or claims.email
