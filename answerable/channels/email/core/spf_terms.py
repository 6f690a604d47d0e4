"""An SPF record as its terms, and the macros in it (RFC 7208, 4.6, 7). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote

from answerable.channels.email.core.proof import Result

MOST_TERMS = 200
TERM = re.compile(
    r"(?P<sign>[+?~-])?(?P<name>all|include|a|mx|ptr|ip4|ip6|exists)"
    r"(?::(?P<value>[^/\s]+|[^\s]+?))?(?P<prefix>/\d{1,3})?(?P<prefix6>//\d{1,3})?",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?P<sign>[+?~-])?(?P<name>ip[46]):(?P<value>[0-9a-f.:/]+)", re.IGNORECASE
)
MODIFIER = re.compile(r"(?P<name>[a-z][a-z0-9_.-]*)=(?P<value>\S*)", re.IGNORECASE)
MACRO = re.compile(r"%(?:\{([slodiphcrtv])(\d{0,3})(r?)([.+,/_=-]*)\}|([%_-]))", re.IGNORECASE)
SIGNS = {
    "": Result.PASS,
    "+": Result.PASS,
    "-": Result.FAIL,
    "~": Result.SOFTFAIL,
    "?": Result.NEUTRAL,
}
NEEDS_VALUE = {"include", "exists", "ip4", "ip6"}


@dataclass(frozen=True, slots=True)
class Term:
    """One mechanism, and what it says when it matches."""

    name: str
    result: Result
    value: str = ""
    prefix4: int = 32
    prefix6: int = 128


@dataclass(frozen=True, slots=True)
class Record:
    """A record's mechanisms in order, and where it goes on when none matches."""

    terms: Sequence[Term]
    redirect: str = ""


@dataclass(frozen=True, slots=True)
class Macros:
    """What macros stand for: the server, the sender of the envelope, the server's own name."""

    ip: IPv4Address | IPv6Address
    sender: str
    helo: str


def record_of(text: str) -> Record | None:
    """Return a record, or None when any of it is not as the RFC writes it."""
    terms: list[Term] = []
    redirects: list[str] = []
    for word in text.split()[1:MOST_TERMS]:
        modifier = MODIFIER.fullmatch(word)
        if modifier and ":" not in modifier["name"]:
            if modifier["name"].lower() == "redirect":
                redirects.append(modifier["value"])
            continue
        term = _term(word)
        if term is None:
            return None
        terms.append(term)
    if len(redirects) > 1 or "" in redirects:
        return None
    has_all = any(term.name == "all" for term in terms)
    return Record(terms, redirects[0] if redirects and not has_all else "")


def _term(word: str) -> Term | None:
    found = ADDRESS.fullmatch(word)
    if found:
        return Term(found["name"].lower(), SIGNS[found["sign"] or ""], found["value"])
    found = TERM.fullmatch(word)
    if found is None:
        return None
    name, value = found["name"].lower(), found["value"] or ""
    prefix4 = int((found["prefix"] or "/32")[1:])
    prefix6 = int((found["prefix6"] or "//128")[2:])
    is_odd = (name in NEEDS_VALUE and not value) or (name == "all" and value)
    if is_odd or prefix4 > 32 or prefix6 > 128:
        return None
    return Term(name, SIGNS[found["sign"] or ""], value, prefix4, prefix6)


def spelled(pattern: str, macros: Macros, domain: str) -> str | None:
    """Return a name with its macros replaced, or None when one is not known."""
    if "%" not in pattern:
        return pattern
    if "%" in MACRO.sub("", pattern):
        return None
    return MACRO.sub(lambda found: _meaning(found, macros, domain), pattern)


def _meaning(found: re.Match[str], macros: Macros, domain: str) -> str:
    if found[5]:
        return {"%": "%", "_": " ", "-": "%20"}[found[5]]
    letter = found[1].lower()
    parts = re.split(f"[{re.escape(found[4] or '.')}]", _value(letter, macros, domain))
    if found[3]:
        parts = parts[::-1]
    if found[2]:
        parts = parts[-(int(found[2]) or 1) :]
    value = ".".join(parts)
    return quote(value, safe="") if found[1].isupper() else value


def _value(letter: str, macros: Macros, domain: str) -> str:
    local, _, sender_domain = macros.sender.rpartition("@")
    ip = macros.ip
    dotted = str(ip) if ip.version == 4 else ".".join(ip.exploded.replace(":", ""))
    return {
        "s": macros.sender,
        "l": local or "postmaster",
        "o": sender_domain,
        "d": domain,
        "i": dotted,
        "p": "unknown",
        "h": macros.helo,
        "c": str(ip),
        "v": "in-addr" if ip.version == 4 else "ip6",
    }.get(letter, "unknown")
