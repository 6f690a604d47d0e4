"""The parts of a mail: its texts, its attachments, and what servers report in it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage

from answerable.channels.email.core.charsets import decoded, mended
from answerable.channels.email.core.headers import words_of
from answerable.channels.email.core.html import text_of

MOST_PARTS = 500
LONGEST_REPORT = 20_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    type: str
    size: int


@dataclass(slots=True)
class Found:
    """What the parts of a mail hold, in order."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    seen: int = 0


def walk(part: EmailMessage, found: Found) -> None:
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
            walk(inner, found)


def _choose(part: EmailMessage, found: Found) -> None:
    """Take the first alternative that says something, plain before HTML; keep all files."""
    options = sorted(_parts(part), key=lambda inner: inner.get_content_type() != "text/plain")
    said = False
    for option in options:
        tried = Found(seen=found.seen)
        walk(option, tried)
        found.seen = tried.seen
        found.attachments += tried.attachments
        found.reports += tried.reports
        if not said and any(text.strip() for text in tried.texts):
            found.texts += tried.texts
            said = True


def _take(part: EmailMessage, kind: str, found: Found) -> None:
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
    return words_of(mended(part.get_filename() or "")).replace("/", "_")[:200]


def _unnamed(part: EmailMessage, kind: str) -> str:
    if kind == "message/rfc822":
        inner = next(_parts(part), None)
        subject = words_of(str(inner.get("subject") or "")) if inner else ""
        return (subject or "mail")[:100] + ".eml"
    if kind == "text/calendar":
        return "invitation.ics"
    return kind.replace("/", ".")


def listed(attachments: Sequence[Attachment]) -> str:
    """Return the names of attachments as one line, empty without any."""
    if not attachments:
        return ""
    return "Attached: " + ", ".join(f"{a.name} ({_size(a.size)})" for a in attachments)


def _size(size: int) -> str:
    return f"{max(round(size / 1024), 1)} kB" if size < 1024 * 1024 else f"{size >> 20} MB"
