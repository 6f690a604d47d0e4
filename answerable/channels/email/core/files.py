"""The files that came with a mail, and names for them that can do no harm. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import count

from answerable.channels.email.core.tree import Part
from answerable.channels.email.core.words import words_of

LONGEST_NAME = 200
# Letters that turn the direction of writing make “exe.fdp” look like a PDF.
HIDDEN = re.compile("[\x00-\x1f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x7f-\x9f]")
PATH = re.compile(r"^(?:[A-Za-z]:|\.{0,2}|~)[\\/].*[\\/](?=[^\\/])")
SLASHES = re.compile(r"[\\/]+")
NAMED = re.compile(r"[^<>]{1,100}\.[A-Za-z0-9]{2,5}")
SPREAD = re.compile(r"\s+")
ENDINGS = {
    "message/delivery-status": ("delivery-status", "txt"), "text/plain": ("document", "txt"),
    "text/html": ("document", "html"), "text/calendar": ("calendar", "ics"),
    "text/rfc822-headers": ("headers", "txt"), "text/csv": ("table", "csv"),
    "image/jpeg": ("image", "jpg"), "image/jpg": ("image", "jpg"),
    "image/png": ("image", "png"),
    "image/gif": ("image", "gif"), "image/webp": ("image", "webp"),
    "image/svg+xml": ("image", "svg"), "image/heic": ("image", "heic"),
    "video/quicktime": ("video", "mov"), "video/mp4": ("video", "mp4"),
    "audio/mpeg": ("audio", "mp3"), "audio/wav": ("audio", "wav"),
    "application/pdf": ("document", "pdf"), "application/zip": ("archive", "zip"),
    "application/pkcs7-mime": ("smime", "p7m"), "application/x-pkcs7-mime": ("smime", "p7m"),
    "application/pkcs7-signature": ("smime", "p7s"),
    "application/x-pkcs7-signature": ("smime", "p7s"),
    "application/pgp-signature": ("signature", "asc"), "text/vcard": ("contact", "vcf"),
    "application/ics": ("calendar", "ics"), "text/x-vcard": ("contact", "vcf"),
}  # fmt: skip


Pieces = Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Carried:
    """The bytes of a small file, as they go from one process to another."""

    content: bytes

    def __call__(self) -> Iterable[bytes]:
        """Return them."""
        return (self.content,)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail. `pieces` gives its bytes, as often as is asked."""

    name: str
    type: str
    size: int
    inline: bool = False  # it is shown in the text
    content_id: str = ""
    sha256: str = ""
    pieces: Pieces = field(default=tuple, compare=False, repr=False)

    def read(self) -> bytes:
        """Return all its bytes, for those who need them at once."""
        return b"".join(self.pieces())


def file_of(
    part: Part,
    *,
    inline: bool = False,
    charset: str | None = None,
    taken: AbstractSet[str] = frozenset(),
) -> Attachment:
    """Return a part as a file. One without a name gets one that is not taken."""
    size, sha256 = _measured(part.pieces())
    return Attachment(
        name=_name(part, charset) or _numbered(safe_name(_unnamed(part)) or "file", taken),
        type=part.kind,
        size=size,
        inline=inline,
        content_id=content_id_of(part),
        sha256=sha256,
        pieces=part.pieces,
    )


def named_file(name: str, kind: str, pieces: Pieces, *, content_id: str = "") -> Attachment:
    """Return a file that was found inside a text or another file."""
    size, sha256 = _measured(pieces())
    return Attachment(
        name=safe_name(name) or "file",
        type=kind,
        size=size,
        inline=bool(content_id),
        content_id=content_id,
        sha256=sha256,
        pieces=pieces,
    )


def _measured(pieces: Iterable[bytes]) -> tuple[int, str]:
    """Return how many bytes there are, and their SHA-256."""
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()


def content_id_of(part: Part) -> str:
    """Return the name by which an HTML text shows a file, without its brackets."""
    return words_of(str(part.get("content-id") or ""))[:300].strip("<> ")


def safe_name(name: str) -> str:
    """Return a file's name without paths and hidden letters, at most 200 letters long."""
    name = HIDDEN.sub("", SPREAD.sub(" ", name)).strip()
    name = SLASHES.sub("_", PATH.sub("", name)).strip(" ")
    if not name.strip("._ "):
        return ""
    name = name.lstrip(".") if name.startswith("..") else name
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 20:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _name(part: Part, charset: str | None) -> str:
    given: str = part.get_filename("")
    return safe_name(words_of(given, charset)) if given else ""


def _numbered(name: str, taken: AbstractSet[str]) -> str:
    if name not in taken:
        return name
    stem, dot, ending = name.rpartition(".")
    names = (f"{stem or ending}{n}{dot}{ending if stem else ''}" for n in count(1))
    return next(each for each in names if each not in taken)


def _unnamed(part: Part) -> str:
    """Return a name for a file that came without one: what it is described as, or its type."""
    described = words_of(str(part.get("content-description") or ""))[:100]
    if part.kind == "message/rfc822":
        inner = next(iter(part.parts()), None)
        subject = words_of(str(inner.get("subject") or ""))[:150] if inner else ""
        return f"{subject or described or 'mail'}.eml"
    located = words_of(str(part.get("content-location") or ""))
    if located and ":" not in located:
        return located
    number = content_id_of(part).partition("@")[0]
    if NAMED.fullmatch(number):
        return number
    if part.kind not in ENDINGS:
        return described if NAMED.fullmatch(described) else "file"
    stem, ending = ENDINGS[part.kind]
    return f"{described or stem}.{ending}"
