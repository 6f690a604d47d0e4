"""A raw mail as the facts we need, whatever state it is in. Pure; never raises.

The standard library's modern policy reads it. What breaks that is read as plain text, and the
mail says so in `problems`.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from functools import lru_cache

from answerable.channels.email.core.charsets import decoded, mended
from answerable.channels.email.core.html import text_of

NO_TEXT = "(no text)"
MOST_PARTS = 500
LONGEST_HEADER = 2000
LONGEST_LIST = 20_000
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
BLANK = re.compile(rb"\r?\n\r?\n")
NO_HEADER = re.compile(rb"\n(?![ \t\r\n]|[!-9;-~]+[ \t]*:)")
HEADED = re.compile(
    rb"\A(?:[!-9;-~]+[ \t]*:|([^\n]*\n)(?:from|to|subject|date|received|return-path)[ \t]*:)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says."""

    message_id: str
    in_reply_to: str
    references: str
    sender_name: str
    sender: str  # the address, in lower case; empty when there is none
    to: tuple[str, ...]  # the addresses in To and Cc
    subject: str
    text: str
    content_type: str
    headers: Mapping[str, str]
    attachments: tuple[Attachment, ...] = ()
    report: str = ""  # what a mail server reports, and the headers it returns
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """What the parts of a mail hold, in order."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    seen: int = 0


_registry = HeaderRegistry()


@lru_cache(maxsize=512)
def _header(name: str, value: str) -> str:
    """Return a header's value as the registry reads it, or as it is when that fails.

    The same few Content-Type lines come in every mail, and are asked for many times each.
    """
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
LONGEST_REPORT = 20_000


def read_mail(raw: bytes) -> Mail:
    """Return what a raw mail says; what cannot be read as a mail is read as plain text."""
    try:
        return _read(raw)
    except Exception as error:  # Whatever is wrong with it, it must not be lost.
        return _plain(raw, type(error).__name__)


def listed(attachments: tuple[Attachment, ...]) -> str:
    """Return the names of attachments as one line, empty without any."""
    if not attachments:
        return ""
    return "Attached: " + ", ".join(f"{a.name} ({_size(a.size)})" for a in attachments)


def parsed(raw: bytes) -> EmailMessage:
    """Return the tree of a mail's parts under our policy."""
    return email.message_from_bytes(_mended(raw), policy=POLICY)  # type: ignore[arg-type]


def _read(raw: bytes) -> Mail:
    message = parsed(raw)
    headers = _headers(message)
    name, address = _sender(headers.get("from", ""))
    found = _Found()
    _walk(message, found)
    text = "\n\n".join(text for text in found.texts if text.strip())
    return Mail(
        message_id=(headers.get("message-id", "").split() or [""])[0][:500],
        in_reply_to=headers.get("in-reply-to", ""),
        references=headers.get("references", ""),
        sender_name=name,
        sender=address,
        to=_addresses(headers.get("to", ""), headers.get("cc", "")),
        subject=headers.get("subject", ""),
        text=text,
        content_type=message.get_content_type(),
        headers=headers,
        attachments=tuple(found.attachments),
        report="\n".join(found.reports),
    )


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


def _headers(message: EmailMessage) -> dict[str, str]:
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


def _sender(header: str) -> tuple[str, str]:
    """Return the first author's name and address."""
    for name, address in email.utils.getaddresses([header]):
        if "@" in address:
            return _words(name)[:200], CONTROLS.sub("", address).strip().lower()[:254]
    found = ADDRESS.search(header)
    if found:
        before = header[: found.start()].strip("<\"' ")
        return _words(before)[:200], found.group().lower()[:254]
    return _words(header)[:200], ""


def _words(name: str) -> str:
    """Return a display name decoded, on one line."""
    if "=?" in name:
        name = _header("subject", name)
    return CONTROLS.sub(" ", name).strip()


def _addresses(*headers: str) -> tuple[str, ...]:
    return tuple(a.lower() for h in headers for a in ADDRESS.findall(h[:LONGEST_LIST]))


def _walk(part: EmailMessage, found: _Found) -> None:
    """Collect the texts and attachments below a part; of alternatives, the plainest."""
    found.seen += 1
    if found.seen > MOST_PARTS:
        return
    kind = part.get_content_type()
    if kind.startswith("multipart/") and not part.is_multipart():
        _take(part, "text/plain", found)  # It names a boundary that it does not have.
    elif not part.is_multipart() or kind.startswith("message/"):
        _take(part, kind, found)
    elif kind == "multipart/alternative":
        _choose(part, found)
    else:
        for inner in _parts(part):
            _walk(inner, found)


def _choose(part: EmailMessage, found: _Found) -> None:
    """Take the first alternative that says something, plain before HTML; keep all files."""
    options = sorted(_parts(part), key=lambda inner: inner.get_content_type() != "text/plain")
    said = False
    for option in options:
        tried = _Found(seen=found.seen)
        _walk(option, tried)
        found.seen = tried.seen
        found.attachments += tried.attachments
        if not said and any(text.strip() for text in tried.texts):
            found.texts += tried.texts
            said = True


def _take(part: EmailMessage, kind: str, found: _Found) -> None:
    name = _file_name(part)
    attached = part.get_content_disposition() == "attachment"
    if kind in {"text/plain", "text/html"} and not attached and not (name and found.texts):
        text = decoded(_bytes(part), part.get_content_charset())
        found.texts.append(text_of(text) if kind == "text/html" else text)
    elif kind in {"message/delivery-status", "text/rfc822-headers"}:
        found.reports.append(_source(part))
    else:
        if kind == "message/rfc822":
            found.reports.append(_source(part))
        size = len(_bytes(part))
        found.attachments.append(Attachment(name or _unnamed(part, kind), kind, size))


def _parts(part: EmailMessage) -> Iterator[EmailMessage]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from payload  # type: ignore[misc]


def _bytes(part: EmailMessage) -> bytes:
    if part.is_multipart():
        return b"".join(_bytes(inner) for inner in _parts(part))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _source(part: EmailMessage) -> str:
    """Return the headers inside a part, or its text: reports name a mail of ours there."""
    inner = [f"{name}: {value}" for one in _parts(part) for name, value in one.raw_items()]
    return "\n".join(inner)[:LONGEST_REPORT] or decoded(_bytes(part)[:LONGEST_REPORT], None)


def _file_name(part: EmailMessage) -> str:
    return _words(mended(part.get_filename() or "")).replace("/", "_")[:200]


def _unnamed(part: EmailMessage, kind: str) -> str:
    if kind == "message/rfc822":
        inner = next(_parts(part), None)
        subject = _words(str(inner.get("subject") or "")) if inner else ""
        return (subject or "mail")[:100] + ".eml"
    if kind == "text/calendar":
        return "invitation.ics"
    return kind.replace("/", ".")


def _size(size: int) -> str:
    return f"{max(round(size / 1024), 1)} kB" if size < 1024 * 1024 else f"{size >> 20} MB"


def _plain(raw: bytes, problem: str) -> Mail:
    """Read a mail as lines of headers and the text below them."""
    head, _, body = BLANK.sub(b"\n\n", raw, count=1).partition(b"\n\n")
    headers: dict[str, str] = {}
    for line in decoded(head[:100_000], None).splitlines():
        name, colon, value = line.partition(":")
        if colon and " " not in name:
            headers.setdefault(name.lower(), CONTROLS.sub(" ", value).strip()[:LONGEST_HEADER])
    found = ADDRESS.search(headers.get("from", ""))
    return Mail(
        message_id=headers.get("message-id", "")[:500],
        in_reply_to=headers.get("in-reply-to", ""),
        references=headers.get("references", ""),
        sender_name="",
        sender=found.group().lower()[:254] if found else "",
        to=(),
        subject=headers.get("subject", ""),
        text=decoded(body, None),
        content_type="text/plain",
        headers=headers,
        problems=(problem,),
    )
