"""Reply tokens: a mail address that proves which ticket a reply belongs to. Pure.

`support+<token>@domain`, where the token is base32 in lower case of the ticket's number, the
contact's key (0 for a stranger) and the first 80 bits of an HMAC-SHA256 over both. A token
proves the ticket, never who writes. An agent's token names the agent, and the last event of the
ticket's log that they were told of.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

MAC_BYTES = 10
LONGEST = 60
PURPOSE = b"answerable.email.reply:1:"
DESK_PURPOSE = b"answerable.email.desk:1:"
SIDE_PURPOSE = b"answerable.email.side:1:"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a token says: an answer to this ticket, which was sent to this contact."""

    ticket: int
    contact: int


@dataclass(frozen=True, slots=True)
class DeskReply:
    """What an agent's token says: an answer on this ticket by this agent, who had seen the
    ticket's log up to this event."""

    ticket: int
    agent: int
    seen: int


@dataclass(frozen=True, slots=True)
class SideReply:
    """What a third party's token says: an answer in this side conversation, and in nothing
    else, sent to this person."""

    thread: int
    person: int


def make_token(reply: Reply, key: bytes) -> str:
    """Return the token of a ticket and a contact, in lower case."""
    return _make((reply.ticket, reply.contact), PURPOSE, key)


def make_desk_token(reply: DeskReply, key: bytes) -> str:
    """Return the token by which an agent answers a ticket by mail, in lower case."""
    return _make((reply.ticket, reply.agent, reply.seen), DESK_PURPOSE, key)


def read_token(token: str, keys: Sequence[bytes]) -> Reply | None:
    """Return what a token says, or None when any part of it is not as we made it."""
    numbers = _read(token, PURPOSE, keys)
    return Reply(*numbers) if numbers and len(numbers) == 2 else None


def read_desk_token(token: str, keys: Sequence[bytes]) -> DeskReply | None:
    """Return what an agent's token says, or None when it is not as we made it.

    A customer's token is none: each kind is signed for its own purpose.
    """
    numbers = _read(token, DESK_PURPOSE, keys)
    return DeskReply(*numbers) if numbers and len(numbers) == 3 else None


def make_side_token(reply: SideReply, key: bytes) -> str:
    """Return the token by which a third party answers a side conversation, in lower case."""
    return _make((reply.thread, reply.person), SIDE_PURPOSE, key)


def read_side_token(token: str, keys: Sequence[bytes]) -> SideReply | None:
    """Return what a third party's token says, or None when it is not as we made it.

    It is signed for its own purpose: it never leads to the ticket itself.
    """
    numbers = _read(token, SIDE_PURPOSE, keys)
    return SideReply(*numbers) if numbers and len(numbers) == 2 else None


def _make(numbers: Sequence[int], purpose: bytes, key: bytes) -> str:
    facts = b"".join(map(_number, numbers))
    return _encode(facts + _mac(purpose + facts, key))


def _read(token: str, purpose: bytes, keys: Sequence[bytes]) -> list[int] | None:
    """Return the numbers of a token.

    Mail servers change the case of addresses, so case says nothing. There is one spelling of
    each token: spare bits of the last letter must be as we write them.
    """
    # Letters beyond ASCII may become ours when they are made small: the Kelvin sign a k.
    token = token.lower() if token.isascii() else ""
    raw = _decode(token)
    if raw is None or len(raw) <= MAC_BYTES or _encode(raw) != token:
        return None
    facts, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    if not any(hmac.compare_digest(mac, _mac(purpose + facts, key)) for key in keys):
        return None
    return _numbers(facts)


def address_with(token: str, mailbox: str) -> str:
    """Return the mailbox's address with a token in it."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+{token}@{domain}"


def token_in(address: str, mailbox: str) -> str | None:
    """Return the part after the plus when an address is one of the mailbox's, or None."""
    local, _, domain = mailbox.lower().rpartition("@")
    name, _, host = address.strip().lower().rpartition("@")
    before, plus, token = name.partition("+")
    return token if plus and before == local and host == domain else None


def _mac(facts: bytes, key: bytes) -> bytes:
    return hmac.new(key, facts, hashlib.sha256).digest()[:MAC_BYTES]


def _number(value: int) -> bytes:
    """Write a number in sevens of bits, the last byte below 128."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _numbers(facts: bytes) -> list[int] | None:
    numbers: list[int] = []
    value = shift = 0
    for byte in facts:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(value)
            value = shift = 0
    return numbers if not shift else None


def _encode(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def _decode(token: str) -> bytes | None:
    if not token or len(token) > LONGEST or not token.isascii():
        return None
    try:
        return base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
