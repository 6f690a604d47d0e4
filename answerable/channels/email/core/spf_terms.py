"""An SPF record as its terms, and the macros in it (RFC 7208, 4.6, 7). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from urllib.parse import quote

from answerable.channels.email.core.proof import Result

MOST_TERMS = 200
TERM = re.compile(
    r"(?P<sign>[+?~-])?(?P<name>all|include|a|mx|ptr|ip4|ip6|exists)(?P<rest>(?:[:/].*)?)",
    re.IGNORECASE,
)
CIDR_LENGTH = re.compile(r"0|[1-9]\d{0,2}")
CIDR = re.compile(r"(?:/(?P<four>0|[1-9]\d?))?(?://(?P<six>0|[1-9]\d{0,2}))?")
END = re.compile(
    r"(?:\.(?:[a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])\.?|%\{[^}]*\})\Z",
    re.IGNORECASE,
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
NETWORKS = {"ip4": IPv4Network, "ip6": IPv6Network}
ONCE = {"redirect", "exp"}


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
    if not text.isascii() or not text.isprintable():
        return None
    terms: list[Term] = []
    modifiers: dict[str, str] = {}
    for word in text.split(" ")[1:MOST_TERMS]:
        modifier = MODIFIER.fullmatch(word)
        if modifier:
            name = modifier["name"].lower()
            if name in ONCE and (name in modifiers or not _is_name(modifier["value"])):
                return None
            modifiers[name] = modifier["value"]
        elif word:
            term = _term(word)
            if term is None:
                return None
            terms.append(term)
    has_all = any(term.name == "all" for term in terms)
    return Record(terms, "" if has_all else modifiers.get("redirect", ""))


def _term(word: str) -> Term | None:
    found = TERM.fullmatch(word)
    if found is None:
        return None
    name, result, rest = found["name"].lower(), SIGNS[found["sign"] or ""], found["rest"]
    if name in NETWORKS:
        return Term(name, result, rest[1:]) if _is_network(name, rest) else None
    value, slash, lengths = rest[1:].partition("/") if rest[:1] == ":" else ("", *_parted(rest))
    cidr = CIDR.fullmatch(slash + lengths)
    is_bare = bool(value) or name in {"a", "mx"}
    if cidr is None or (slash and name not in {"a", "mx"}):
        return None
    if (rest[:1] == ":") != bool(value) or (value and not _is_name(value)):
        return None
    if (name in NEEDS_VALUE and not value) or (name == "all" and value):
        return None
    four, six = int(cidr["four"] or 32), int(cidr["six"] or 128)
    fits = four <= 32 and six <= 128 and (is_bare or not slash)
    return Term(name, result, value, four, six) if fits else None


def _parted(rest: str) -> tuple[str, str]:
    return rest[:1], rest[1:]


def _is_name(pattern: str) -> bool:
    """Say whether a pattern can be a name: it ends like one, or with a macro."""
    return bool(END.search(pattern))


def _is_network(name: str, rest: str) -> bool:
    address, slash, length = rest[1:].partition("/")
    if rest[:1] != ":" or (slash and not CIDR_LENGTH.fullmatch(length)):
        return False
    try:
        NETWORKS[name](f"{address}{slash}{length}", strict=False)
    except ValueError:
        return False
    return True


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
