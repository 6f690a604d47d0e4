"""Asks the Domain Name System, within limits, and remembers when it is away."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from functools import cache

import dns.exception
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver
from django.conf import settings

from answerable.channels.email.core.author import is_reserved
from answerable.channels.email.core.proof import Unsure

# For one question, and for all that are asked about one mail.
PATIENCE_SECONDS = 3.0
MOST_SECONDS = 8.0
MOST_QUESTIONS = 60
# When nobody answers at all, mail does not wait for the answer each time.
AWAY_SECONDS = 60.0
PROBE_SECONDS = 1.0
NOTHING = (
    dns.resolver.NXDOMAIN,
    dns.resolver.NoAnswer,
    dns.resolver.YXDOMAIN,
    dns.name.LabelTooLong,
    dns.name.EmptyLabel,
    dns.name.NameTooLong,
)


class Servers:
    """The name servers that are asked. `addresses` are host:port; without them, the system's.

    The system's are not asked for names that nobody can have.
    """

    def __init__(self, addresses: Sequence[str] = ()) -> None:
        self._asks_all = bool(addresses)
        self._away_until = 0.0
        self._lock = threading.Lock()
        self._resolver: dns.resolver.Resolver | None = None
        try:
            self._resolver = dns.resolver.Resolver(configure=not addresses)
        except dns.resolver.NoResolverConfiguration:
            return
        self._resolver.cache = dns.resolver.LRUCache(2000)
        if addresses:
            hosts = [address.rpartition(":") for address in addresses]
            self._resolver.nameservers = [
                dns.nameserver.Do53Nameserver(host.strip("[]"), int(port))
                for host, _, port in hosts
            ]

    def ask(self, name: str, kind: str, seconds: float) -> list[str]:
        """Return what is under a name: texts, addresses, hosts. Raises Unsure."""
        if is_reserved(name) and not self._asks_all:
            return []
        resolver = self._resolver
        if resolver is None or time.monotonic() < self._away_until or seconds <= 0:
            raise Unsure
        try:
            answer = resolver.resolve(name, kind, lifetime=min(seconds, PATIENCE_SECONDS))
        except NOTHING:
            return []
        except dns.exception.Timeout as error:
            self._look_whether_away(resolver)
            raise Unsure from error
        except (dns.exception.DNSException, OSError, UnicodeError) as error:
            raise Unsure from error
        return [_text(record, kind) for record in answer]

    def _look_whether_away(self, resolver: dns.resolver.Resolver) -> None:
        """Tell a domain that is slow from name servers that are away."""
        with self._lock:
            if time.monotonic() < self._away_until:
                return
            try:
                resolver.resolve(".", "NS", lifetime=PROBE_SECONDS)
            except dns.exception.Timeout:
                self._away_until = time.monotonic() + AWAY_SECONDS
            except dns.exception.DNSException:
                return


def _text(record: object, kind: str) -> str:
    if kind == "TXT":
        pieces: Sequence[bytes] = getattr(record, "strings", ())
        return b"".join(pieces).decode("utf-8", "replace")
    if kind == "MX":
        return str(getattr(record, "exchange", "")).rstrip(".")
    return str(record)


class Questions:
    """What is asked about one mail: at most so many names, in so much time, each name once."""

    def __init__(self, servers: Servers, seconds: float = MOST_SECONDS) -> None:
        self._servers = servers
        self._ends = time.monotonic() + seconds
        self._known: dict[tuple[str, str], list[str]] = {}
        self._asked = 0

    def ask(self, name: str, kind: str) -> list[str]:
        """Return what is under a name. Raises Unsure."""
        key = (name.lower().rstrip("."), kind)
        if key not in self._known:
            self._asked += 1
            if self._asked > MOST_QUESTIONS:
                raise Unsure
            left = self._ends - time.monotonic()
            self._known[key] = self._servers.ask(key[0], kind, left)
        return self._known[key]

    def texts(self, name: str) -> list[str]:
        """Return the texts under a name. Raises Unsure."""
        return self.ask(name, "TXT")


@cache
def _servers(addresses: tuple[str, ...]) -> Servers:
    return Servers(addresses)


def servers() -> Servers:
    """Return the name servers of the settings."""
    return _servers(tuple(settings.ANSWERABLE_MAIL_DNS))
