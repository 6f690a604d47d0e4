"""Files that are not parts of their own: in winmail.dat, in lines of a text, in HTML. Pure."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence

from answerable.channels.email.core.files import Attachment, named_file
from answerable.channels.email.core.tnef import Winmail, opened
from answerable.channels.email.core.transfer import BEGIN, uu_files
from answerable.channels.email.core.words import words_of

TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
UNKNOWN = "application/octet-stream"
MOST_IMAGES = 100
DATA_IMAGE = re.compile(
    r"data:image/(png|jpe?g|gif|webp|bmp);base64,([A-Za-z0-9+/=\s]{20,})", re.IGNORECASE
)
# Who spells it otherwise gets it as a file, so that nothing is guessed.
ENDINGS = {
    "pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "zip": "application/zip",
    "html": "text/html", "htm": "text/html",
}  # fmt: skip


def without_uu(content: bytes) -> tuple[bytes, list[Attachment]]:
    """Return a text without the uuencoded files in its lines, and these files."""
    if not BEGIN.search(content):
        return content, []
    found = list(uu_files(content))
    files = [_named(name.decode("latin-1"), file) for name, file, _, _ in found]
    for _, _, begin, end in reversed(found):
        content = content[:begin] + content[end:].lstrip(b"\r\n")
    return content, files


def without_data(html: str) -> tuple[str, list[Attachment]]:
    """Return HTML whose pictures in data: addresses are shown by content ID, and these."""
    images: list[Attachment] = []

    def take(found: re.Match[str]) -> str:
        kind, number = found.group(1).lower().replace("jpeg", "jpg"), len(images) + 1
        if number > MOST_IMAGES:
            return ""
        try:
            content = binascii.a2b_base64(found.group(2))
        except binascii.Error:
            return ""
        name = f"picture{number}.{kind}"
        images.append(named_file(name, _kind(name), content, content_id=name))
        return f"cid:{name}"

    return (DATA_IMAGE.sub(take, html) if "data:image/" in html else html), images


def unwrapped(files: Sequence[Attachment]) -> tuple[list[Attachment], Winmail | None]:
    """Return files with each winmail.dat replaced by what it holds, and what the last said."""
    out: list[Attachment] = []
    says: Winmail | None = None
    for file in files:
        is_wrapped = file.type in TNEF or file.name.lower() == "winmail.dat"
        inside = opened(file.read()) if is_wrapped else None
        if inside and (inside.files or inside.text or inside.html):
            out += [_named(each.name, each.content, each.type) for each in inside.files]
            says = inside
        else:
            out.append(file)
    return out, says


def _named(name: str, content: bytes, kind: str = "") -> Attachment:
    name = words_of(name)
    return named_file(name, kind or _kind(name), content)


def _kind(name: str) -> str:
    return ENDINGS.get(name.rpartition(".")[2].lower(), UNKNOWN)
