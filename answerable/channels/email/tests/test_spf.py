"""Whether a server may send mail of a domain, as RFC 7208 has it."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.proof import Result, Unsure
from answerable.channels.email.core.spf import Check
from answerable.channels.email.core.spf_terms import Macros, record_of, spelled
from answerable.channels.email.tests.keys import Names

TABLE = {
    "A mail.a.example": ["192.0.2.10"],
    "AAAA mail.a.example": ["2001:db8::10"],
    "PTR 10.2.0.192.in-addr.arpa": ["x.a.example", "mail.a.example."],
    "PTR 11.2.0.192.in-addr.arpa": ["mail.a.example."],
    "MX a.example": ["mail.a.example"],
    "A a.example": ["192.0.2.1"],
    "b.example": ["v=spf1 ip4:198.51.100.0/24 -all"],
    "softly.example": ["v=spf1 ip4:198.51.100.0/24 ~all"],
    "loop.example": ["v=spf1 include:loop.example -all"],
    "two.example": ["v=spf1 -all", "v=spf1 +all"],
    "broken.example": ["v=spf1 ipv4:1.2.3.4 -all"],
}


def spf(record: str, ip: str = "192.0.2.10", **more: list[str] | None) -> Result:
    names = Names({**TABLE, "a.example": [record], **more})
    macros = Macros(ip_address(ip), "dana@a.example", "mail.a.example")
    return Check(names.ask, macros).run("a.example")


@pytest.mark.parametrize(
    ("record", "ip", "result"),
    [
        ("v=spf1 -all", "192.0.2.10", Result.FAIL),
        ("v=spf1 ~all", "192.0.2.10", Result.SOFTFAIL),
        ("v=spf1 ?all", "192.0.2.10", Result.NEUTRAL),
        ("v=spf1", "192.0.2.10", Result.NEUTRAL),
        ("v=spf1 all", "192.0.2.10", Result.PASS),
        ("v=spf10 all", "192.0.2.10", Result.NONE),
        ("a text", "192.0.2.10", Result.NONE),
        ("V=SPF1 MX -ALL", "192.0.2.10", Result.PASS),
        ("v=spf1 mx -all", "192.0.2.11", Result.FAIL),
        ("v=spf1 mx/28 -all", "192.0.2.11", Result.PASS),
        ("v=spf1 a -all", "192.0.2.1", Result.PASS),
        ("v=spf1 a:mail.a.example -all", "192.0.2.10", Result.PASS),
        ("v=spf1 a:mail.a.example -all", "2001:db8::10", Result.PASS),
        ("v=spf1 a:mail.a.example//64 -all", "2001:db8::11", Result.PASS),
        ("v=spf1 ip4:192.0.2.0/24 -all", "192.0.2.10", Result.PASS),
        ("v=spf1 ip4:192.0.2.0/24 -all", "2001:db8::10", Result.FAIL),
        ("v=spf1 ip6:2001:db8::/32 -all", "2001:db8::10", Result.PASS),
        ("v=spf1 include:b.example -all", "198.51.100.9", Result.PASS),
        ("v=spf1 include:b.example ?all", "192.0.2.10", Result.NEUTRAL),
        ("v=spf1 include:softly.example -all", "192.0.2.10", Result.FAIL),
        ("v=spf1 redirect=b.example", "198.51.100.9", Result.PASS),
        ("v=spf1 redirect=b.example", "192.0.2.10", Result.FAIL),
        ("v=spf1 exists:%{ir}.%{l}.a.example -all", "192.0.2.10", Result.FAIL),
        ("v=spf1 unknown=x exp=why.a.example -all", "192.0.2.10", Result.FAIL),
        ("v=spf1 ptr -all", "192.0.2.10", Result.PASS),
        ("v=spf1 ptr:b.example -all", "192.0.2.10", Result.FAIL),
        ("v=spf1 ptr -all", "192.0.2.11", Result.FAIL),
    ],
)
def test_it_says_what_the_domain_says(record: str, ip: str, result: Result) -> None:
    assert spf(record, ip) == result


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 include:nobody.example -all",
        "v=spf1 include:two.example -all",
        "v=spf1 include:broken.example -all",
        "v=spf1 redirect=nobody.example",
        "v=spf1 include:loop.example -all",
        "v=spf1 ip4:1.2.3 -all",
        "v=spf1 ip4:2001:db8::1 -all",
        "v=spf1 a/99 -all",
        "v=spf1 a/032 -all",
        "v=spf1 a: -all",
        "v=spf1 a:localhost -all",
        "v=spf1 a:111.222.33.44 -all",
        "v=spf1 all/8",
        "v=spf1 include:b.example/24 -all",
        "v=spf1 -all ip4:1.2.3.4.5",
        "v=spf1 \u00fc -all",
        "v=spf1 exp= -all",
        "v=spf1 include: -all",
        "v=spf1 exists:%{z}.a.example -all",
        "v=spf1 redirect=a.b redirect=c.d",
        "v=spf1 a:x1.example a:x2.example a:x3.example -all",
        "v=spf1 " + "include:b.example " * 11 + "-all",
    ],
)
def test_a_record_that_cannot_be_followed_is_an_error(record: str) -> None:
    assert spf(record, "203.0.113.1") == Result.PERMERROR


def test_a_name_server_that_is_away_is_no_failure() -> None:
    names = Names({**TABLE, "a.example": ["v=spf1 include:away.example -all"]})
    names.table["away.example"] = None
    check = Check(names.ask, Macros(ip_address("192.0.2.1"), "d@a.example", ""))
    with pytest.raises(Unsure):
        check.run("a.example")


def test_it_asks_no_more_than_the_rfc_allows() -> None:
    deep = {f"n{n}.example": [f"v=spf1 include:n{n + 1}.example -all"] for n in range(40)}
    names = Names({**deep, "a.example": ["v=spf1 include:n0.example -all"]})
    check = Check(names.ask, Macros(ip_address("192.0.2.1"), "d@a.example", ""))
    assert check.run("a.example") == Result.PERMERROR
    assert len(names.asked) <= 11


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
        ("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
        ("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
        ("%{d4}.%{d1r}", "email.example.com.email"),
        ("%%%_%-", "% %20"),
    ],
)
def test_it_knows_the_macros_of_the_rfc(pattern: str, name: str) -> None:
    macros = Macros(ip_address("192.0.2.3"), "strong-bad@email.example.com", "h")
    assert spelled(pattern, macros, "email.example.com") == name


@given(st.text(max_size=200))
def test_no_record_breaks_it(text: str) -> None:
    record_of(f"v=spf1 {text}")
    assert spf(f"v=spf1 {text}") in set(Result)
