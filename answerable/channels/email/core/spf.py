"""Whether a server may send mail of a domain (SPF, RFC 7208). Pure.

Names are asked by a function that is handed in, at most as often as the RFC allows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_network

from answerable.channels.email.core.proof import Result, same_or_below
from answerable.channels.email.core.spf_terms import Macros, Record, Term, record_of, spelled

MOST_LOOKUPS = 10
MOST_VOID = 2
MOST_HOSTS = 10
LONGEST_NAME = 253

Address = IPv4Address | IPv6Address
# Takes a name and a type (TXT, A, AAAA, MX, PTR); returns the texts. Raises Unsure.
Ask = Callable[[str, str], Sequence[str]]


class Wrong(Exception):
    """A record that cannot be followed: it is broken, or asks for too much."""


@dataclass(slots=True)
class Check:
    """One check of a server; it counts what it asks."""

    ask: Ask
    macros: Macros
    lookups: int = 0
    void: int = field(default=0)

    def run(self, domain: str) -> Result:
        """Return what a domain says of the server. Raises Unsure."""
        try:
            return self._at(domain)
        except Wrong:
            return Result.PERMERROR

    def _at(self, domain: str) -> Result:
        record = self._record(domain)
        if record is None:
            return Result.NONE
        for term in record.terms:
            if self._matches(term, domain):
                return term.result
        if record.redirect:
            self._count()
            found = self._at(self._name(record.redirect, domain))
            return Result.PERMERROR if found == Result.NONE else found
        return Result.NEUTRAL

    def _record(self, domain: str) -> Record | None:
        if not _is_name(domain):
            return None
        texts = [t for t in self.ask(domain, "TXT") if _is_spf(t)]
        if len(texts) > 1:
            raise Wrong(domain)
        record = record_of(texts[0]) if texts else None
        if texts and record is None:
            raise Wrong(domain)
        return record

    def _matches(self, term: Term, domain: str) -> bool:
        match term.name:
            case "all":
                return True
            case "ip4" | "ip6":
                return self._is_in(term.value, term.name)
        self._count()
        name = self._name(term.value, domain) if term.value else domain
        return self._asks(term, name)

    def _asks(self, term: Term, name: str) -> bool:
        match term.name:
            case "include":
                found = self._at(name)
                if found in {Result.NONE, Result.PERMERROR}:
                    raise Wrong(name)
                return found == Result.PASS
            case "a":
                return self._has(name, term)
            case "mx":
                hosts = self._found(name, "MX")
                if len(hosts) > MOST_HOSTS:
                    raise Wrong(name)
                return any(self._has(host, term, counts=False) for host in hosts)
            case "exists":
                return bool(self._found(name, "A"))
            case _:
                return self._is_named(name)

    def _is_named(self, domain: str) -> bool:
        """Say whether the server's own name is a domain's, and leads back to it (5.5)."""
        kind = "A" if self.macros.ip.version == 4 else "AAAA"
        names = self._found(self.macros.ip.reverse_pointer, "PTR")[:MOST_HOSTS]
        theirs = [n for n in names if same_or_below(n.rstrip(".").lower(), domain.lower())]
        found = (address for name in theirs for address in self.ask(name.rstrip("."), kind))
        return any(self._is_near(address, self.macros.ip.max_prefixlen) for address in found)

    def _has(self, host: str, term: Term, *, counts: bool = True) -> bool:
        kind = "A" if self.macros.ip.version == 4 else "AAAA"
        found = self._found(host, kind) if counts else self.ask(host, kind)
        prefix = term.prefix4 if self.macros.ip.version == 4 else term.prefix6
        return any(self._is_near(address, prefix) for address in found)

    def _is_near(self, address: str, prefix: int) -> bool:
        try:
            return self.macros.ip in ip_network(f"{address}/{prefix}", strict=False)
        except ValueError:
            return False

    def _is_in(self, network: str, name: str) -> bool:
        try:
            found = ip_network(network, strict=False)
        except ValueError:
            raise Wrong(network) from None
        if found.version != int(name[-1]):
            raise Wrong(network)
        return self.macros.ip.version == found.version and self.macros.ip in found

    def _found(self, name: str, kind: str) -> Sequence[str]:
        """Return what is under a name; those that are not there are counted (4.6.4)."""
        found = self.ask(name, kind) if _is_name(name) else ()
        if not found:
            self.void += 1
            if self.void > MOST_VOID:
                raise Wrong(name)
        return found

    def _count(self) -> None:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise Wrong("It asks for too many names.")

    def _name(self, pattern: str, domain: str) -> str:
        name = spelled(pattern, self.macros, domain)
        if name is None:
            raise Wrong(pattern)
        while len(name) > LONGEST_NAME:
            name = name.partition(".")[2]
        return name


def _is_name(domain: str) -> bool:
    parts = domain.rstrip(".").split(".")
    return (
        len(parts) > 1 and len(domain) <= LONGEST_NAME and all(0 < len(p) < 64 for p in parts)
    )


def _is_spf(text: str) -> bool:
    return text[:6].lower() == "v=spf1" and text[6:7] in {"", " "}
