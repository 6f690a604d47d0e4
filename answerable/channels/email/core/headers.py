"""The headers of a raw mail, whatever state they are in. Pure."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from functools import lru_cache

from answerable.channels.email.core.charsets import mended

LONGEST_HEADER = 2000
LONGEST_KEPT = 300
LONGEST_LIST = 20_000
CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
BLANK = re.compile(rb"\r?\n\r?\n")
NO_HEADER = re.compile(rb"\n(?![ \t\r\n]|[!-9;-~]+[ \t]*:)")
HEADED = re.compile(
    rb"\A(?:[!-9;-~]+[ \t]*:|([^\n]*\n)(?:from|to|subject|date|received|return-path)[ \t]*:)",
    re.IGNORECASE,
)

_registry = HeaderRegistry()


def _header(name: str, value: str) -> str:
    """Return a header's value as the registry reads it, or as it is when that fails."""
    return _short_header(name, value) if len(value) < LONGEST_KEPT else _read(name, value)


# The same few Content-Type lines come in every mail, and are asked for many times each.
@lru_cache(maxsize=512)
def _short_header(name: str, value: str) -> str:
    return _read(name, value)


def _read(name: str, value: str) -> str:
    value = mended(value)[:LONGEST_HEADER]
    try:
        return str.__str__(_registry(name, value))
    except Exception:  # The registry raises whatever a broken header makes it.
        return value


class _Policy(email.policy.EmailPolicy):
    """The modern policy, for headers that break it too."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return _header(name, "".join(value.splitlines()))


POLICY = _Policy(raise_on_defect=False)


def parsed(raw: bytes) -> EmailMessage:
    """Return the tree of a mail's parts under our policy."""
    return email.message_from_bytes(_mended(raw), policy=POLICY)  # type: ignore[arg-type]


def _mended(raw: bytes) -> bytes:
    """Make lines among the headers that are none a part of the header above them.

    The library takes the first such line for the end of the headers, and loses those below.
    """
    headed = HEADED.match(raw)
    if not headed:
        return raw
    if headed.group(1) and not raw.startswith(b"From "):
        raw = raw[headed.end(1) :]
    end = BLANK.search(raw)
    stop = end.start() if end else len(raw)
    return NO_HEADER.sub(b"\n ", raw[:stop]) + raw[stop:]


def first_headers(message: EmailMessage) -> dict[str, str]:
    """Return each header's first value as one line, by its name in lower case."""
    first: dict[str, str] = {}
    for name, value in message.raw_items():
        key = name.lower()
        if key not in first and key not in {"received", "dkim-signature"}:
            first[key] = value
    return {key: _one_line(key, value) for key, value in first.items()}


def _one_line(name: str, value: str) -> str:
    unfolded = "".join(str(value).splitlines())
    if name in {"from", "to", "cc"}:  # Addresses are taken apart before they are decoded.
        return CONTROLS.sub(" ", mended(unfolded)).strip()
    if unfolded.isascii() and "=?" not in unfolded:
        return CONTROLS.sub(" ", unfolded).strip()
    return CONTROLS.sub(" ", _header(name, unfolded)).strip()


def sender_of(header: str) -> tuple[str, str]:
    """Return the first author's name and address."""
    for name, address in email.utils.getaddresses([header]):
        if "@" in address:
            return words_of(name)[:200], CONTROLS.sub("", address).strip().lower()[:254]
    found = ADDRESS.search(header)
    if found:
        before = header[: found.start()].strip("<\"' ")
        return words_of(before)[:200], found.group().lower()[:254]
    return words_of(header)[:200], ""


def words_of(name: str) -> str:
    """Return a display name decoded, on one line."""
    if "=?" in name:
        name = _header("subject", name)
    return CONTROLS.sub(" ", name).strip()


def addresses_of(*headers: str) -> tuple[str, ...]:
    return tuple(a.lower() for h in headers for a in ADDRESS.findall(h[:LONGEST_LIST]))
