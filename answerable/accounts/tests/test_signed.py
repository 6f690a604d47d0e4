"""A token is believed for what its key says, and for nothing that the token says of itself."""

from __future__ import annotations

import base64
import json
from datetime import datetime

import jwt
import pytest
from pytest_django import Settings

from answerable.accounts.actions.widget import NewKey, end_key, make_key, save_workspace
from answerable.accounts.core.claims import Refused, Why
from answerable.accounts.models import WidgetKey
from answerable.accounts.signed import LONGEST_TOKEN, public_key_trouble, read_signed
from answerable.accounts.tests.signing import Server, later, pair

pytestmark = pytest.mark.django_db
Algorithm = WidgetKey.Algorithm
ALL = list(Algorithm)


def why(token: str, at: datetime) -> str:
    with pytest.raises(Refused) as refused:
        read_signed(token, at=at)
    return refused.value.why


def segment(said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("algorithm", ALL)
def test_it_believes_what_a_key_signed(algorithm: str, at: datetime) -> None:
    server = Server(at, algorithm)
    signed = read_signed(server.signs(), at=at)
    assert (signed.claims.account, signed.claims.email) == ("nw", "dana@nordwind.example")
    assert signed.key == server.key


@pytest.mark.parametrize("algorithm", ALL)
def test_it_believes_no_other_key_under_the_same_name(algorithm: str, at: datetime) -> None:
    server = Server(at, algorithm)
    server.private = "another secret, and long enough to sign with it"
    if algorithm != Algorithm.HS256:
        server.private = pair(algorithm, number=1)[0]
    assert why(server.signs(), at) == Why.SIGNATURE


def test_a_claim_that_was_changed_breaks_the_signature(at: datetime) -> None:
    head, _, signature = Server(at).signs().split(".")
    forged = segment(Server(at).says(email="kim@nordwind.example"))
    assert why(f"{head}.{forged}.{signature}", at) == Why.SIGNATURE


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "ES256", "RS256", "", 7, None])
def test_the_algorithm_is_the_keys_and_not_the_tokens(algorithm: object, at: datetime) -> None:
    server = Server(at)
    header = segment({"alg": algorithm, "kid": server.key.kid, "typ": "JWT"})
    for signature in ("", "AAAA", server.signs().rpartition(".")[2]):
        token = f"{header}.{segment(server.says())}.{signature}"
        assert why(token, at) in {Why.ALGORITHM, Why.MALFORMED}


@pytest.mark.parametrize("algorithm", [Algorithm.RS256, Algorithm.ES256, Algorithm.EDDSA])
def test_a_public_key_is_no_shared_secret(algorithm: str, at: datetime) -> None:
    server = Server(at, algorithm)
    head = segment({"alg": "HS256", "kid": server.key.kid, "typ": "JWT"})
    signing = f"{head}.{segment(server.says())}".encode()
    mac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signature = base64.urlsafe_b64encode(mac.sign(signing, server.key.public.encode()))
    token = f"{signing.decode()}.{signature.rstrip(b'=').decode()}"
    assert why(token, at) == Why.ALGORITHM


def test_a_key_in_the_token_is_not_looked_at(at: datetime) -> None:
    server = Server(at)
    key = {"jwk": {"kty": "oct", "k": "AAAA"}, "jku": "https://evil.example/keys"}
    server.private = pair(Algorithm.EDDSA, number=2)[0]
    assert why(server.signs(header=key), at) == Why.SIGNATURE


@pytest.mark.parametrize(
    ("token", "wrong"),
    [
        ("", Why.MISSING),
        ("x", Why.MALFORMED),
        ("a.b.c", Why.MALFORMED),
        ("é.é.é", Why.MALFORMED),
        ("....", Why.MALFORMED),
        (f"{segment([])}.{segment({})}.AAAA", Why.MALFORMED),
        ("x" * (LONGEST_TOKEN + 1), Why.TOO_LONG),
        (f"{segment({'alg': 'EdDSA'})}.{segment({})}.AAAA", Why.NO_KID),
        (f"{segment({'alg': 'EdDSA', 'kid': 'gone'})}.{segment({})}.AAAA", Why.KID_UNKNOWN),
    ],
)
def test_it_says_what_is_wrong_with_what_is_no_token(
    token: str, wrong: str, at: datetime
) -> None:
    assert why(token, at) == wrong


@pytest.mark.parametrize("kid", [7, ["a"], "", None, "a\x00b", "\ud800"])
def test_a_name_of_a_key_that_cannot_be_one_is_none(kid: object, at: datetime) -> None:
    token = f"{segment({'alg': 'EdDSA', 'kid': kid})}.{segment({})}.AAAA"
    assert why(token, at) in {Why.NO_KID, Why.KID_UNKNOWN, Why.MALFORMED}


@pytest.mark.parametrize("deep", ["[" * 5000, '{"a":' * 1000])
def test_a_token_of_many_brackets_is_refused_as_another(deep: str, at: datetime) -> None:
    header = base64.urlsafe_b64encode(deep.encode()).rstrip(b"=").decode()
    assert why(f"{header}.AAAA.AAAA", at) == Why.MALFORMED


def test_two_keys_work_while_one_takes_the_others_place(at: datetime) -> None:
    old, new = Server(at), Server(at)
    assert read_signed(old.signs(), at=at).key == old.key
    assert read_signed(new.signs(), at=at).key == new.key
    end_key(old.key, at=at)
    assert why(old.signs(), at) == Why.KEY_ENDED
    assert read_signed(new.signs(), at=at).key == new.key
    assert why(new.signs(), later(at, minutes=-5)) == Why.KEY_NOT_BEGUN


def test_it_is_for_this_workspace(at: datetime) -> None:
    server = Server(at)
    save_workspace("northwind", origins=[], anonymous="search", at=at)
    assert why(server.signs(), at) == Why.AUDIENCE
    assert read_signed(server.signs(aud="northwind"), at=at)


def test_an_address_must_be_one(at: datetime) -> None:
    assert why(Server(at).signs(email="dana"), at) == Why.CLAIM_UNREADABLE


def test_a_secret_that_another_installation_sealed_is_no_key(
    at: datetime, settings: Settings
) -> None:
    server = Server(at, Algorithm.HS256)
    settings.SECRET_KEY = "another secret key of another installation"
    settings.SECRET_KEY_FALLBACKS = []
    assert why(server.signs(), at) == Why.KEY_UNREADABLE


def test_a_secret_is_told_once_and_kept_sealed(at: datetime) -> None:
    new = NewKey(name="Product", algorithm=Algorithm.HS256)
    key, secret = make_key(new, agent=None, at=at)
    assert len(secret) >= 64
    assert secret not in key.secret
    assert not key.public


@pytest.mark.parametrize("algorithm", [Algorithm.EDDSA, Algorithm.ES256, Algorithm.RS256])
def test_it_takes_a_public_key_of_its_algorithm_alone(algorithm: str) -> None:
    private, public = pair(algorithm)
    assert public_key_trouble(public, algorithm) == ""
    assert public_key_trouble(private, algorithm) == "private"
    assert public_key_trouble("nothing", algorithm) == "unreadable"
    others = {Algorithm.EDDSA, Algorithm.ES256, Algorithm.RS256} - {algorithm}
    for other in others:
        assert public_key_trouble(public, other) == "kind"
