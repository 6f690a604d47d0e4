"""A signature is good when its domain made it, over all that a reader sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from answerable.channels.email.core.dkim_check import check_signatures
from answerable.channels.email.core.proof import Result
from answerable.channels.email.signatures import is_good
from answerable.channels.email.tests.keys import Names, domain
from answerable.channels.email.tests.post import mail_of

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
# RFC 8463, appendix A: a mail with two signatures, as others made them.
RFC_8463 = b"""\
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
""".replace(b"\n", b"\r\n")
RSA = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi"
    "Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZy"
    "VYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
)
ED25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
PUBLISHED = Names(
    {
        "brisbane._domainkey.football.example.com": [f"v=DKIM1; k=ed25519; p={ED25519}"],
        "test._domainkey.football.example.com": [f"v=DKIM1; k=rsa; p={RSA}"],
    }
)
NORDWIND = domain("nordwind.example")


def results(raw: bytes, names: Names = PUBLISHED, at: datetime = AT) -> list[Result]:
    return [each.result for each in check_signatures(raw, names.texts, is_good, at)]


def signed(**headers: str) -> bytes:
    return NORDWIND.sign(mail_of("dana@nordwind.example", **headers))


def checked(raw: bytes, **published: str) -> list[Result]:
    name = "s1._domainkey.nordwind.example"
    [record] = NORDWIND.records[name]
    rest = "".join(f"; {tag}={value}" for tag, value in published.items())
    return results(raw, Names({name: [record + rest]}))


def test_it_takes_the_mail_of_rfc_8463() -> None:
    assert results(RFC_8463) == [Result.PASS, Result.PASS]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"hungry", b"Hungry"),
        (b"Is dinner ready", b"Is dinner late"),
        (b"joe@football", b"jim@football"),
        (b"Joe.\r\n", b"Joe.\r\nPay here.\r\n"),
        (b"b=/gCrin", b"b=/gCrio"),
    ],
)
def test_it_refuses_what_was_changed(before: bytes, after: bytes) -> None:
    assert results(RFC_8463.replace(before, after))[0] == Result.FAIL


def test_it_does_not_mind_what_servers_change_on_the_way() -> None:
    folded = RFC_8463.replace(b"Is dinner ready?", b"Is\r\n  dinner   ready?")
    assert results(folded.replace(b"Joe.\r\n", b"Joe. \t\r\n\r\n\r\n")) == [Result.PASS] * 2
    assert results(b"Received: from x by y\r\n" + RFC_8463) == [Result.PASS] * 2


def test_a_second_header_above_the_signed_one_breaks_it() -> None:
    assert (
        results(RFC_8463.replace(b"From: Joe", b"From: a@b.example\r\nFrom: Joe", 1))
        == [Result.FAIL] * 2
    )


def test_it_takes_what_we_sign_ourselves() -> None:
    assert checked(signed()) == [Result.PASS]
    assert checked(signed().replace(b"Exports fail.", b"Exports work.")) == [Result.FAIL]


@pytest.mark.parametrize("published", [{"t": "y"}, {"h": "sha1"}, {"x": "1", "v": "DKIM9"}])
def test_a_key_that_may_not_sign_so_proves_nothing(published: dict[str, str]) -> None:
    assert checked(signed(), **published) == [Result.PERMERROR]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"v=1;", b"v=2;"),
        (b"ed25519-sha256", b"rsa-sha1"),
        (b"d=nordwind.example;", b"d=nordwind.example; l=5;"),
        (b"d=nordwind.example;", b"d=nordwind.example; i=@elsewhere.example;"),
        (b"d=nordwind.example;", b"d=nordwind.example; d=b.example;"),
        (b"h=from:", b"h=x-from:"),
        (b"s=s1;", b"s=../s1;"),
    ],
)
def test_a_signature_that_proves_too_little_is_none(before: bytes, after: bytes) -> None:
    raw = signed()
    assert before in raw
    raw = raw.replace(before, after, 1)
    if before == b"h=from:":
        raw = raw.replace(b":from", b":x-from")
    assert checked(raw) == [Result.PERMERROR]


def test_a_signature_ends_when_it_says_so() -> None:
    ended = RFC_8463.replace(b"t=1528637909;", b"t=1528637909; x=1528638000;")
    assert results(ended) == [Result.FAIL] * 2
    before = datetime(2018, 6, 10, 12, tzinfo=UTC)
    assert results(RFC_8463, at=before) == [Result.FAIL] * 2


def test_a_name_server_that_is_away_is_no_failure() -> None:
    away = Names({"s1._domainkey.nordwind.example": None})
    assert results(signed(), away) == [Result.TEMPERROR]
    assert results(signed(), Names({})) == [Result.PERMERROR]


def test_a_short_key_proves_nothing() -> None:
    short = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL" + "A" * 80
    names = Names({"test._domainkey.football.example.com": [f"p={short}"]})
    assert results(RFC_8463, names)[1] == Result.PERMERROR


def test_it_looks_at_no_more_than_five() -> None:
    assert len(results(b"DKIM-Signature: v=1; d=a.example\r\n" * 50 + RFC_8463)) == 5


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n\r\n", b"DKIM-Signature:\r\n\r\nx", b"DKIM-Signature: b=;;==;\xff\r\n"]
)
def test_it_never_raises(raw: bytes) -> None:
    assert all(result == Result.PERMERROR for result in results(raw))
