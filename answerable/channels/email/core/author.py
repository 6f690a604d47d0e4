"""Who a mail says that it is from, as far as that can be proven. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.channels.email.core.addresses import people_in
from answerable.channels.email.core.charsets import mended
from answerable.channels.email.core.dkim import Header, headers_in
from answerable.channels.email.core.mapped import Buffer
from answerable.channels.email.core.sent import LINE_END, Sent

# Nobody can have these (RFC 2606, RFC 6761), so nobody is asked about them.
RESERVED = {"example", "test", "invalid", "localhost", "local", "internal", "home.arpa"}


def headers_of(raw: Buffer) -> list[Header]:
    """Return the headers of a mail as they stand, in order."""
    return list(headers_in(Sent(raw).head))


def author_of(headers: Sequence[Header]) -> str:
    """Return the one address in From, in lower case; empty when there is none, or several.

    Programs differ in which of several they show, so none of them can be proven.
    """
    values = [value for name, value in headers if name.strip().lower() == b"from"]
    if len(values) != 1:
        return ""
    text = mended(LINE_END.sub(b"", values[0]).decode("ascii", "surrogateescape"))
    addresses = {person.address.lower() for person in people_in(text) if person.address}
    return addresses.pop() if len(addresses) == 1 else ""


def domain_of(address: str) -> str:
    """Return the domain of an address as DNS has it, in lower case; empty for none."""
    domain = address.rpartition("@")[2].strip(" <>.").lower() if "@" in address else ""
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def is_reserved(name: str) -> bool:
    """Say whether a name is one that nobody can have."""
    labels = name.rstrip(".").lower().split(".")
    return labels[-1] in RESERVED or ".".join(labels[-2:]) in RESERVED
