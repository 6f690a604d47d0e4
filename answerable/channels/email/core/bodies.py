"""What a mail's parts say together: one text, one HTML, the files, the reports. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from answerable.channels.email.core.calendars import KINDS as CALENDARS
from answerable.channels.email.core.calendars import in_words
from answerable.channels.email.core.files import Attachment, content_id_of, file_of
from answerable.channels.email.core.html import text_of
from answerable.channels.email.core.parts import MEDIA, Sorted, inside, sorted_parts
from answerable.channels.email.core.signed import KINDS as SEALED
from answerable.channels.email.core.texts import LONGEST_TEXT, text_in
from answerable.channels.email.core.tree import Part
from answerable.channels.email.core.unwrapped import unwrapped, without_data, without_uu

LONGEST_REPORT = 20_000
LONGEST_HTML = 500_000
MARKUP = re.compile(r"<[^<>]*>")


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
    bodies = Bodies(problems=_closed(root))
    said = _said(found, bodies)
    _join(found, said, bodies)
    parts = list(_files(found, bodies))
    files, winmail = unwrapped(parts)
    if winmail:
        bodies.html = bodies.html or winmail.html
        bodies.text = bodies.text or winmail.text or text_of(winmail.html)
    bodies.attachments[:0] = files
    bodies.text = bodies.text or _otherwise(found)
    bodies.report = "\n".join(_source(part) for part in found.reports)
    return bodies


def _closed(root: Part) -> list[str]:
    """Return what is encrypted, in words: nobody here has the key."""
    kinds = {part.kind for part in inside(root) if not part.parts() or "encrypted" in part.kind}
    if "multipart/encrypted" in kinds:
        return ["It is encrypted (PGP), and cannot be read here."]
    if kinds & SEALED:
        return ["It is encrypted (S/MIME), and cannot be read here."]
    return []


def _said(found: Sorted, bodies: Bodies) -> dict[int, str]:
    """Return what each part says, by its identity; files in its lines are taken out."""
    said: dict[int, str] = {}
    for part in (*found.texts, *found.htmls):
        if id(part) in said or part.kind.startswith(MEDIA):
            continue
        read = _html if part.kind == "text/html" else _text
        said[id(part)] = read(part, bodies)
        bodies.charset = bodies.charset or part.parameters.get("charset", "")
    return said


def _html(part: Part, bodies: Bodies) -> str:
    content, pictures = without_data(part.content())
    bodies.attachments += pictures
    html = text_in(part, content)
    if len(html) > LONGEST_HTML:
        bodies.problems.append("Its HTML is too long to be read to the end.")
    return html[:LONGEST_HTML]


def _text(part: Part, bodies: Bodies) -> str:
    """Return what a text says; all of a very long one is a file besides."""
    content, files = without_uu(part.content())
    bodies.attachments += files
    if len(content) > LONGEST_TEXT:
        bodies.problems.append("Its text is too long to be read to the end; it is a file too.")
        bodies.attachments.append(file_of(part, charset=bodies.charset))
    return text_in(part, content)


def _join(found: Sorted, said: dict[int, str], bodies: Bodies) -> None:
    texts = [part for part in found.texts if id(part) in said]
    htmls = [part for part in found.htmls if id(part) in said]
    bodies.text = _joined(_as_text(part, said) for part in texts)
    if any(part.kind == "text/html" for part in htmls):
        bodies.html = "\n".join(filter(None, (_as_html(part, said) for part in htmls)))
        if not any(part.kind != "text/html" and said[id(part)].strip() for part in texts):
            bodies.text = _joined(_as_text(part, said) for part in htmls)
            bodies.is_html_only = True


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


def _otherwise(found: Sorted) -> str:
    """Return a text for a mail that has none: its invitation, or another kind of text."""
    for part in found.files:
        if part.kind in CALENDARS and (words := in_words(text_in(part))):
            return words
    for part in found.files:
        if part.kind.startswith("text/") and part.disposition.word != "attachment":
            text = text_in(part)
            return MARKUP.sub("", text) if part.kind != "text/plain" else text
    return ""


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
