"""What a server of ours says of a mail's sender: Authentication-Results (RFC 8601). Pure.

Anybody can write such a header. One is believed when it names the server that is ours, and
stands above what the mail brought along: each server writes its headers above those that were
there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from answerable.channels.email.core.dkim import Header
from answerable.channels.email.core.proof import Proof, Result, best, same_or_below

LONGEST = 20_000
MOST_HEADERS = 10
PIECE = re.compile(
    rb"\"(?P<quoted>(?:[^\"\\]|\\.){0,1000})\"|(?P<comment>\()|(?P<close>\))|(?P<mark>[;=/])"
    rb"|(?P<word>[^\s\"();=/]+)|\s+|.",
    re.DOTALL,
)
RESULTS = {
    **{result.value: result for result in Result},
    "hardfail": Result.FAIL,
    "policy": Result.FAIL,
    "bestguesspass": Result.NONE,
}


@dataclass(frozen=True, slots=True)
class Trusted:
    """A server of ours by the name that it writes.

    `below` is how many Received headers, of servers of ours, may stand above its results.
    """

    name: str
    below: int = 0


@dataclass(slots=True)
class Said:
    """What a server says of one method."""

    method: str
    result: Result
    properties: dict[str, str] = field(default_factory=dict)


def trusted_of(text: str) -> Trusted:
    """Return a server as the settings write it: `mx.example.com`, or `mx.example.com/1`.

    Raises ValueError when the number is none.
    """
    name, slash, below = text.strip().partition("/")
    return Trusted(name.lower(), int(below) if slash else 0)


def proof_in(headers: Sequence[Header], author: str, trusted: Sequence[Trusted]) -> Proof:
    """Return what servers of ours say of a mail whose From has this domain."""
    said = list(believed(headers, trusted))
    if not said:  # It came by another way than through that server, or was not checked there.
        return Proof(author=author, dmarc=Result.TEMPERROR, published=bool(trusted))
    spf = next((one for one in said if one.method == "spf"), None)
    dkim = [one for one in said if one.method == "dkim"]
    dmarc = next((one for one in said if one.method == "dmarc"), None)
    passed = tuple(_signer(one) for one in dkim if one.result == Result.PASS and _signer(one))
    spf_domain = _domain(spf, "smtp.mailfrom", "smtp.helo") if spf else ""
    is_theirs = dmarc is not None and _domain(dmarc, "header.from") in {"", author}
    signs = (*passed, spf_domain if spf and spf.result == Result.PASS else "")
    return Proof(
        author=author,
        spf=spf.result if spf else Result.NONE,
        spf_domain=spf_domain,
        dkim=best(one.result for one in dkim),
        dkim_domains=passed,
        dmarc=dmarc.result if dmarc and is_theirs else Result.NONE,
        published=dmarc is not None and dmarc.result in {Result.PASS, Result.FAIL},
        aligned=any(same_or_below(author, domain) for domain in signs)
        and not (dmarc and dmarc.result == Result.FAIL),
        by=trusted[0].name if trusted else "",
    )


def believed(headers: Sequence[Header], trusted: Sequence[Trusted]) -> Iterator[Said]:
    """Give what servers of ours say, of each method what stands highest.

    They end at the first Received header below them: what follows came with the mail. Below a
    Received header only one header is believed, since nothing parts it from those that the
    sender may have written beneath it.
    """
    received, found = 0, False
    for name, value in headers:
        match name.strip().lower():
            case b"received":
                if found:
                    return
                received += 1
            case b"authentication-results":
                server, said = read_results(value)
                if any(t.name == server and received <= t.below for t in trusted):
                    found = True
                    yield from said
                    if received:
                        return


def read_results(value: bytes) -> tuple[str, list[Said]]:
    """Return the name of a server in lower case, and what it says."""
    statements = list(_statements(_pieces(value[:LONGEST])))
    if not statements or not statements[0]:
        return "", []
    server = statements[0][0].lower()
    read = (_said(pieces) for pieces in statements[1:])
    return server, [one for one in read if one]


def _pieces(value: bytes) -> Iterator[str]:
    """Give words, quoted words, and marks; comments are left out, also nested ones."""
    depth = 0
    for found in PIECE.finditer(value):
        kind = found.lastgroup
        if kind == "comment":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif depth == 0 and kind:
            text = found[kind].decode("utf-8", "replace")
            yield text if kind != "quoted" else re.sub(r"\\(.)", r"\1", text)


def _statements(pieces: Iterable[str]) -> Iterator[list[str]]:
    statement: list[str] = []
    for piece in pieces:
        if piece == ";":
            yield statement
            statement = []
        else:
            statement.append(piece)
    yield statement


def _said(pieces: Sequence[str]) -> Said | None:
    """Read `method[/version] = result`, then `name = value` as often as they come."""
    pairs = list(_pairs(pieces))
    if not pairs:
        return None
    (method, result), *rest = pairs
    known = RESULTS.get(result.lower())
    return Said(method.lower(), known, {k.lower(): v for k, v in rest}) if known else None


def _pairs(pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, piece in enumerate(pieces):
        if piece == "=" and 0 < at < len(pieces) - 1:
            name = pieces[at - 3] if at > 2 and pieces[at - 2] == "/" else pieces[at - 1]
            yield name, pieces[at + 1]


def _signer(said: Said) -> str:
    return _domain(said, "header.d", "header.i")


def _domain(said: Said, *names: str) -> str:
    """Return the domain that a result is about."""
    value = next((said.properties[name] for name in names if said.properties.get(name)), "")
    return value.rpartition("@")[2].strip("<>. ").lower()
