"""What may be asked of whom, in every spelling that others were broken into by."""

from __future__ import annotations

import json
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answerable.lib.env import BadSetting
from answerable.lib.outbound.client import Ask, Client
from answerable.lib.outbound.deciding import (
    Allowed,
    Place,
    allowed_by,
    check_addresses,
    is_public,
    place_of,
)
from answerable.lib.outbound.words import Refused, Unfetched

KNOWN = Path(__file__).resolve().parents[3].parent / "shared" / "security" / "ssrf_urls.jsonl"
INSIDE = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
INSIDE_V6 = [
    "::/128",
    "::1/128",
    "::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]


def addresses_in(networks: list[str]) -> st.SearchStrategy[int]:
    spans = [(int(net[0]), int(net[-1])) for net in map(ip_network, networks)]
    return st.sampled_from(spans).flatmap(lambda span: st.integers(*span))


v4_inside = addresses_in(INSIDE).map(IPv4Address)
v6_inside = addresses_in(INSIDE_V6).map(IPv6Address)


@pytest.mark.skipif(not KNOWN.is_file(), reason="The folder ../shared/security is not here.")
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_it_refuses_what_others_were_broken_into_by(scheme: str) -> None:
    """All names are resolved to where a cloud keeps its secrets, and none for real.

    With https in place of http, what is behind an address is judged as well.
    """
    asking = Client(Allowed(), lambda *_asked: ["169.254.169.254"])
    urls = [json.loads(line)["url"] for line in KNOWN.read_text().splitlines()]
    assert len(urls) > 100
    for url in urls:
        if scheme == "https" and url == "http://1.1.1.1":  # Nothing else is wrong with it.
            continue
        with pytest.raises(Refused):
            asking.fetch(Ask(url.replace("http://", f"{scheme}://")))


@given(v4_inside)
@example(IPv4Address("192.0.0.192"))
def test_no_address_inside_is_public(address: IPv4Address) -> None:
    assert not is_public(address)
    number = int(address)
    assert not is_public(IPv6Address(0xFFFF << 32 | number))
    assert not is_public(IPv6Address((0x64FF9B << 96) | number))
    assert not is_public(IPv6Address(0x2002 << 112 | number << 80))
    with pytest.raises(Refused):
        check_addresses(
            Place("https", "example.com", 443), ["9.9.9.9", str(address)], Allowed()
        )


@given(v6_inside)
def test_no_ipv6_address_inside_is_public(address: IPv6Address) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.9.9.9",
        "2606:4700::1111",
        "2a00:1450::1",
        "::ffff:9.9.9.9",
        "64:ff9b::909:909",
    ],
)
def test_what_is_of_the_public_web_may_be_asked(address: str) -> None:
    assert is_public(ip_address(address))


def spellings(address: IPv4Address) -> list[str]:
    """Return what programs take for an IPv4 address that is not its usual spelling."""
    number, (a, b, c, d) = int(address), address.packed
    return [
        str(number),
        hex(number),
        f"0{number:o}",
        f"{a}.{(b << 16) + (c << 8) + d}",
        f"{a}.{b}.{(c << 8) + d}",
        f"0{a:o}.{b}.{c}.{d}",
        f"{a}.{b}.{c}.{d:#x}",
        f"{a:03}.{b:03}.{c:03}.{d:03}" if min(address.packed) < 100 else f"{a}.{b}",
        f"{a}.{b}.{c}.{d + 256}",
        f"{a}.{b}.{c}.{d}.1",
    ]


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_address_has_one_spelling(address: IPv4Address) -> None:
    assert place_of(f"https://{address}/").host == str(address)
    assert place_of(f"https://{address}./").host == str(address)
    for host in spellings(address):
        with pytest.raises(Refused) as error:
            place_of(f"https://{host}/")
        assert error.value.reason == "host", host


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_an_ipv6_address_is_written_in_brackets(address: IPv6Address) -> None:
    place = place_of(f"https://[{address.exploded}]:443/x")
    assert place == Place("https", str(address), 443, "/x")
    assert place.url == f"https://[{address}]/x"
    with pytest.raises(Refused):
        place_of(f"https://{address.exploded}/x")


@given(st.text(max_size=60) | st.from_regex(r"https?://[!-~]{0,40}", fullmatch=True))
def test_whatever_is_taken_is_taken_apart_the_same_again(url: str) -> None:
    try:
        place = place_of(url)
    except Refused:
        return
    assert (place.scheme, place.port) == ("https", 443)
    assert place_of(place.url) == place
    assert not set(place.url) & set(' \t\r\n\\"<>^`{|}\x00')


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "address"),
        ("example.com", "address"),
        ("https:example.com", "address"),
        ("https://", "host"),
        ("https:///days", "host"),
        ("https://example.com/ä", "address"),
        ("https://exämple.com/", "address"),
        ("https://①②⑦.⓪.⓪.①/", "address"),
        ("https://example.com/a b", "address"),
        ("https://example.com\\@localhost/", "address"),
        ("https://exa\tmple.com/", "address"),
        ("https://example.com/\r\nHost: x", "address"),
        ("https://" + "a." * 1000 + "example", "address"),
        ("ftp://example.com/", "scheme"),
        ("gopher://127.0.0.1:25/_", "scheme"),
        ("http://example.com/", "plain"),
        ("https://user:secret@example.com/", "password"),
        ("https://@example.com/", "password"),
        ("https://example.com:8443/", "port"),
        ("https://example.com:22/", "port"),
        ("https://example.com:0/", "address"),
        ("https://example.com:99999/", "address"),
        ("https://example.com:-1/", "host"),
        ("https://example.com:443:443/", "host"),
        ("https://[::1/", "host"),
        ("https://[fe80::1%25eth0]/", "host"),
        ("https://[1.2.3.4]/", "host"),
        ("https://exam%70le.com/", "host"),
        ("https://-example.com/", "host"),
        ("https://example..com/", "host"),
        ("https://127.1/", "host"),
    ],
)
def test_what_is_no_place_is_refused(url: str, reason: str) -> None:
    with pytest.raises(Refused) as error:
        place_of(url)
    assert error.value.reason == reason


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("HTTPS://Example.COM", Place("https", "example.com", 443, "/")),
        ("https://example.com.:443?a=//b#c", Place("https", "example.com", 443, "/?a=//b")),
        ("https://xn--exmple-cua.com//x", Place("https", "xn--exmple-cua.com", 443, "//x")),
    ],
)
def test_a_place_is_taken_apart(url: str, place: Place) -> None:
    assert place_of(url) == place


ALLOWED = allowed_by(
    ["10.1.0.0/16", "fd00::/8", "wiki.internal", "Wiki.internal:8443", "http://old.internal"]
)


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("https://anything.example/", ["10.1.2.3"]),
        ("https://anything.example/", ["fd12::1", "9.9.9.9"]),
        ("https://wiki.internal/", ["10.9.9.9", "127.0.0.1", "fc00::1"]),
        ("https://wiki.internal:8443/", ["192.168.0.7"]),
        ("http://old.internal/", ["172.16.0.1"]),
    ],
)
def test_an_operator_may_allow_more(url: str, addresses: list[str]) -> None:
    check_addresses(place_of(url, ALLOWED), addresses, ALLOWED)


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("https://anything.example/", ["10.2.0.1"]),
        ("https://anything.example/", ["10.1.2.3", "127.0.0.1"]),
        ("http://wiki.internal/", ["10.9.9.9"]),
        ("https://wiki.internal:9443/", ["10.9.9.9"]),
        ("https://old.internal/", ["172.16.0.1"]),
        ("https://wiki.internal/", ["169.254.169.254"]),
        ("https://wiki.internal/", ["::ffff:169.254.169.254"]),
        ("https://wiki.internal/", ["0.0.0.0"]),
        ("https://wiki.internal/", ["224.0.0.1"]),
        ("https://wiki.internal.example/", ["10.9.9.9"]),
    ],
)
def test_it_allows_no_more_than_was_named(url: str, addresses: list[str]) -> None:
    with pytest.raises(Refused):
        check_addresses(place_of(url, ALLOWED), addresses, ALLOWED)


@pytest.mark.parametrize(
    "entry", ["10.1.2.3/8", "ftp://x", "a b", "x/y", "*.internal", "2852039166"]
)
def test_a_setting_that_names_nothing_is_said(entry: str) -> None:
    with pytest.raises(BadSetting, match="ANSWERABLE_OUTBOUND_ALLOW must name"):
        allowed_by([entry])


def test_a_reason_says_itself() -> None:
    with pytest.raises(Unfetched) as error:
        place_of("http://example.com:8080/")
    assert str(error.value) == (
        "http is not encrypted. Write https, or let an operator allow "
        "http://example.com:8080 (ANSWERABLE_OUTBOUND_ALLOW)."
    )
