"""The way out is what ANSWERABLE_MAIL_URL names."""

from __future__ import annotations

from typing import Any

import pytest

from answerable.channels.email.outbox import EmailBackend
from answerable.channels.email.transport import BadMailUrl, open_way


def test_it_keeps_mail_in_the_outbox() -> None:
    assert isinstance(open_way("outbox:"), EmailBackend)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mx.example", 25, False, False),
        ("smtp+starttls://ida%40a:p%2Fw@mx.example", 587, True, False),
        ("smtps://ida%40a:p%2Fw@mx.example", 465, False, True),
        ("smtp://mx.example:2500", 2500, False, False),
    ],
)
def test_it_speaks_smtp(url: str, port: int, tls: bool, ssl: bool) -> None:
    way: Any = open_way(url)
    assert (way.host, way.port, way.use_tls, way.use_ssl) == ("mx.example", port, tls, ssl)
    if "@" in url:
        assert (way.username, way.password) == ("ida@a", "p/w")


def test_it_uses_a_provider() -> None:
    way: Any = open_way("anymail+postmark://?server_token=TOKEN")
    assert type(way).__module__ == "anymail.backends.postmark"
    assert way.server_token == "TOKEN"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "ftp://a",
        "smtp://",
        "smtp://mx.example:port",
        "anymail+nothing://",
        "anymail+../x://",
        "anymail+postmark://",
    ],
)
def test_it_says_what_is_wrong(url: str) -> None:
    with pytest.raises(BadMailUrl, match="ANSWERABLE_MAIL_URL"):
        open_way(url)
