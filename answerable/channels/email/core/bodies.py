"""What a mail's parts say together: one text, one HTML, the files, the reports. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from answerable.channels.email.core.files import (
    Attachment,
    content_id_of,
    file_of,
    named_file,
)
from answerable.channels.email.core.html import text_of
from answerable.channels.email.core.parts import MEDIA, Sorted, sorted_parts
from answerable.channels.email.core.texts import text_in
from answerable.channels.email.core.transfer import BEGIN, uu_files
from answerable.channels.email.core.tree import Part
from answerable.channels.email.core.words import words_of

LONGEST_REPORT = 20_000


@dataclass(slots=True)
class Bodies:
    """What a mail's parts say."""

    text: str = ""
    html: str = ""
    is_html_only: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    report: str = ""
    charset: str = ""  # what its first text says it is in
    problems: list[str] = field(default_factory=list)


def bodies_of(root: Part) -> Bodies:
    """Return what the parts of a mail say."""
    found = sorted_parts(root)
    bodies = Bodies()
    shown = {id(part): part for part in (*found.texts, *found.htmls)}
    said = {number: _said(part, bodies) for number, part in shown.items()}
    bodies.charset = next((c for p in shown.values() if (c := p.parameters.get("charset"))), "")
    htmls = [part for part in found.htmls if part.kind == "text/html"]
    bodies.text = _joined(_as_text(part, said) for part in found.texts)
    if htmls:
        bodies.html = "\n".join(filter(None, (_as_html(part, said) for part in found.htmls)))
        plain = any(part.kind != "text/html" and said[id(part)].strip() for part in found.texts)
        if not plain:
            bodies.text = _joined(_as_text(part, said) for part in found.htmls)
            bodies.is_html_only = True
    bodies.attachments[:0] = list(_files(found, bodies))
    bodies.report = "\n".join(_source(part) for part in found.reports)
    return bodies


def _said(part: Part, bodies: Bodies) -> str:
    """Return what a part says, and take uuencoded files out of its lines."""
    if part.kind.startswith(MEDIA):
        return ""
    content = part.content()
    if part.kind != "text/html" and BEGIN.search(content):
        for name, file, begin, end in reversed(list(uu_files(content))):
            kind = "application/octet-stream"
            bodies.attachments.insert(
                0, named_file(words_of(name.decode("latin-1")), kind, file)
            )
            content = content[:begin] + content[end:].lstrip(b"\r\n")
    return text_in(part, content)


def _as_text(part: Part, said: dict[int, str]) -> str:
    text = said[id(part)]
    return text_of(text) if part.kind == "text/html" else text


def _as_html(part: Part, said: dict[int, str]) -> str:
    text = said[id(part)]
    if part.kind == "text/html" or not text.strip():
        return text
    return f"<pre>{escape(text)}</pre>"


def _joined(texts: Iterator[str]) -> str:
    return "\n\n".join(text for text in texts if text.strip())


def _files(found: Sorted, bodies: Bodies) -> Iterator[Attachment]:
    shown, taken = found.shown(), set[str]()
    for part in found.files:
        number = content_id_of(part)
        inline = id(part) in shown or bool(number and f"cid:{number}" in bodies.html)
        file = file_of(part, inline=inline, charset=bodies.charset, taken=taken)
        taken.add(file.name)
        yield file


def _source(part: Part) -> str:
    """Return the headers inside a part, or its text: reports name a mail of ours there."""
    inner = [f"{name}: {value}" for one in part.parts() for name, value in one.raw_items()]
    return "\n".join(inner)[:LONGEST_REPORT] or text_in(part)[:LONGEST_REPORT]
