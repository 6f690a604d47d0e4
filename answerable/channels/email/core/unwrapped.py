"""Files that are not parts of their own: in winmail.dat, in lines of a text, in HTML. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from answerable.channels.email.core.files import Attachment, Pieces, named_file
from answerable.channels.email.core.mapped import Buffer, find, gathered, pieces_of
from answerable.channels.email.core.tnef import Winmail, opened
from answerable.channels.email.core.transfer import base64_pieces, uu_files
from answerable.channels.email.core.words import words_of

TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
UNKNOWN = "application/octet-stream"
MOST_IMAGES = 100
DATA_IMAGE = re.compile(
    rb"data:image/(png|jpe?g|gif|webp|bmp);base64,([A-Za-z0-9+/=\s]{20,})", re.IGNORECASE
)
# Who spells it otherwise gets it as a file, so that nothing is guessed.
ENDINGS = {
    "pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "zip": "application/zip",
    "html": "text/html", "htm": "text/html",
}  # fmt: skip


def without_uu(content: Buffer) -> tuple[Buffer, list[Attachment]]:
    """Return a text without the uuencoded files in its lines, and these files."""
    found = list(uu_files(content))
    if not found:
        return content, []
    files = [_named(one.name.decode("latin-1"), one.pieces) for one in found]
    ends = [one.end for one in found]
    begins = [*(one.begin for one in found[1:]), len(content)]
    return gathered(_between(content, found[0].begin, zip(ends, begins, strict=True))), files


def _between(content: Buffer, begin: int, spans: Iterator[tuple[int, int]]) -> Iterator[bytes]:
    """Give what stands above the first file, and below each without the lines left empty."""
    view = memoryview(content)
    yield from pieces_of(view[:begin])
    for first, last in spans:
        is_begun = False
        for piece in pieces_of(view[first:last]):
            said = piece if is_begun else piece.lstrip(b"\r\n")
            is_begun = is_begun or bool(said)
            yield said


def without_data(content: Buffer) -> tuple[Buffer, list[Attachment]]:
    """Return HTML whose pictures in data: addresses are shown by content ID, and these."""
    images: list[Attachment] = []
    if find(content, b"data:image/", 0, len(content)) < 0:
        return content, images
    view = memoryview(content)

    def shown() -> Iterator[bytes]:
        at = 0
        for found in DATA_IMAGE.finditer(view):
            yield from pieces_of(view[at : found.start()])
            at = found.end()
            if len(images) < MOST_IMAGES and (image := _image(found, view, len(images) + 1)):
                images.append(image)
                yield f"cid:{image.name}".encode()
        yield from pieces_of(view[at:])

    return gathered(shown()), images


def _image(found: re.Match[bytes], view: memoryview, number: int) -> Attachment | None:
    kind = found.group(1).decode().lower().replace("jpeg", "jpg")
    begin, end = found.span(2)
    pieces = partial(base64_pieces, view[begin:end])
    if not any(pieces()):
        return None
    name = f"picture{number}.{kind}"
    return named_file(name, _kind(name), pieces, content_id=name)


def unwrapped(files: Sequence[Attachment]) -> tuple[list[Attachment], Winmail | None]:
    """Return files with each winmail.dat replaced by what it holds, and what the last said."""
    out: list[Attachment] = []
    says: Winmail | None = None
    for file in files:
        is_wrapped = file.type in TNEF or file.name.lower() == "winmail.dat"
        inside = opened(gathered(file.pieces())) if is_wrapped else None
        if inside and (inside.files or inside.text or inside.html):
            out += [
                _named(each.name, partial(pieces_of, each.content), each.type)
                for each in inside.files
            ]
            says = inside
        else:
            out.append(file)
    return out, says


def _named(name: str, pieces: Pieces, kind: str = "") -> Attachment:
    name = words_of(name)
    return named_file(name, kind or _kind(name), pieces)


def _kind(name: str) -> str:
    return ENDINGS.get(name.rpartition(".")[2].lower(), UNKNOWN)
