"""Decides what may be asked of whom: addresses of the web, and the hosts behind them. Pure.

Nothing is resolved here. An address of the web is taken apart once, by a grammar that knows one
spelling of everything; what it is taken apart into is all that is used of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from answerable.lib.env import BadSetting
from answerable.lib.outbound.words import Refused

IP = IPv4Address | IPv6Address
PORTS = {"https": 443, "http": 80}
LONGEST = 2000

CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)(?:#.*)?")
AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{1,5}))?")
LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
NAME = re.compile(rf"(?=.{{1,253}}\Z){LABEL}(?:\.{LABEL})*")
# What a name ends with that some programs take for an IP address: 2852039166, 0x7f.1, 127.1.
NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")

MAPPED = ip_network("::ffff:0:0/96")
NAT64 = ip_network("64:ff9b::/96")
GLOBAL_UNICAST = ip_network("2000::/3")
# What `is_global` lets through, in one release of Python or another (IANA's registries).
SPECIAL = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",  # the way into 6to4
        "198.18.0.0/15",
        "2001::/23",  # with Teredo, which holds an IPv4 address
        "2002::/16",  # 6to4, which holds one too
        "3fff::/20",
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes. `target` is path and query; `host` has no brackets."""

    scheme: str
    host: str
    port: int
    target: str = "/"

    @property
    def origin(self) -> str:
        """The place without its target, as a setting names it: https://example.com:8443."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def url(self) -> str:
        """The whole of it, as one spelling."""
        return self.origin + self.target


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an operator allows beyond the public web: origins, and networks of one's own."""

    origins: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()


NOTHING_MORE = Allowed()


def allowed_by(entries: Iterable[str]) -> Allowed:
    """Return what a setting allows. Raises BadSetting for an entry that names nothing.

    10.1.0.0/16 is a network; wiki.internal, wiki.internal:8443 and http://wiki.internal are
    origins, with https and its port where they say nothing else.
    """
    origins, networks = set(), []
    for entry in entries:
        try:
            networks.append(ip_network(entry))
        except ValueError:
            origins.add(_origin(entry))
    return Allowed(frozenset(origins), tuple(networks))


def place_of(url: str, allowed: Allowed = NOTHING_MORE) -> Place:
    """Return the place that an address of the web names. Raises Refused.

    It must be https, at its usual port, unless its origin is allowed.
    """
    place = _taken_apart(url)
    if place.origin in allowed.origins:
        return place
    if place.scheme == "http":
        raise Refused("plain", origin=place.origin)
    if place.port != PORTS[place.scheme]:
        raise Refused("port", port=place.port, origin=place.origin)
    return place


def check_addresses(place: Place, addresses: Iterable[str], allowed: Allowed) -> None:
    """Raise Refused unless every IP address of a place may be spoken to."""
    for words in addresses:
        address = ip_address(words)
        if not _may_reach(address, place.origin in allowed.origins, allowed):
            raise Refused("inside", host=place.host, address=address)


def is_public(address: IP) -> bool:
    """Return whether an IP address is one of the public internet.

    One that only stands for an IPv4 address is judged as that.
    """
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    if address.version == 6 and address not in GLOBAL_UNICAST:
        return False
    special = address.is_multicast or any(address in network for network in SPECIAL)
    return address.is_global and not special


def _may_reach(address: IP, is_named: bool, allowed: Allowed) -> bool:
    """Return whether an address may be spoken to.

    An operator who names a host means a machine of their own network. What no machine has, and
    what a cloud tells its machines secrets by, must be named as a network.
    """
    if any(address in network for network in allowed.networks):
        return True
    inner = _inner(address)
    if inner is not None:
        return _may_reach(inner, is_named, allowed)
    return is_public(address) or (is_named and _is_of_a_machine(address))


def _is_of_a_machine(address: IP) -> bool:
    if address.is_loopback:
        return True
    nobody = address.is_unspecified or address.is_reserved or address.is_multicast
    return not (nobody or address.is_link_local)


def _inner(address: IP) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address is another way of writing."""
    if address in MAPPED or address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _taken_apart(url: str) -> Place:
    found = ADDRESS.fullmatch(url) if CHARACTERS.fullmatch(url) else None
    if found is None or len(url) > LONGEST:
        raise Refused("address")
    scheme, authority, target = found[1].lower(), found[2], found[3]
    if scheme not in PORTS:
        raise Refused("scheme", scheme=scheme)
    if "@" in authority:
        raise Refused("password")
    parts = AUTHORITY.fullmatch(authority)
    if parts is None:
        raise Refused("host", host=authority)
    port = int(parts[2]) if parts[2] else PORTS[scheme]
    if not 0 < port < 65536:
        raise Refused("address")
    return Place(
        scheme, _host(parts[1]), port, target if target.startswith("/") else f"/{target}"
    )


def _host(words: str) -> str:
    """Return a host as it is spelled once and for all. Raises Refused for another spelling."""
    host = words.lower().removesuffix(".")
    try:
        if host.startswith("["):
            return _ipv6(host[1:-1])
        if NUMBER.fullmatch(host):
            return str(IPv4Address(host))
    except ValueError:
        raise Refused("host", host=words) from None
    if not NAME.fullmatch(host):
        raise Refused("host", host=words)
    return host


def _ipv6(words: str) -> str:
    if "%" in words:
        raise ValueError(words)  # A zone names a link of this machine.
    return str(IPv6Address(words))


def _origin(entry: str) -> str:
    url = entry if "://" in entry else f"https://{entry}"
    try:
        place = _taken_apart(url)
    except Refused as error:
        raise _bad(entry) from error
    if place.target != "/":
        raise _bad(entry)
    return place.origin


def _bad(entry: str) -> BadSetting:
    return BadSetting(
        "ANSWERABLE_OUTBOUND_ALLOW must name networks like 10.1.0.0/16 and hosts like "
        f"wiki.internal, wiki.internal:8443 or http://wiki.internal. It names {entry!r}."
    )
