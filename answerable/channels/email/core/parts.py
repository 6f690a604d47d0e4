"""Which parts of a mail are text, which HTML, which files (RFC 8621, 4.1.4). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from answerable.channels.email.core.signed import KINDS as SIGNED
from answerable.channels.email.core.tree import Part

TEXTS = {"text/plain", "text/html"}
MEDIA = ("image/", "audio/", "video/")


@dataclass(slots=True)
class Sorted:
    """The parts of a mail, each list in the order in which it is read."""

    texts: list[Part] = field(default_factory=list)  # what to show where HTML is not
    htmls: list[Part] = field(default_factory=list)  # what to show where HTML is
    files: list[Part] = field(default_factory=list)
    reports: list[Part] = field(default_factory=list)  # what mail servers tell each other

    def shown(self) -> set[int]:
        """Return the identities of all that is part of a text."""
        return {id(part) for part in (*self.texts, *self.htmls)}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands: in which multipart, and whether below alternatives."""

    within: str
    alternative: bool = False
    text: bool = True  # whether what stands here is shown as text
    html: bool = True

    def below(self, part: Part) -> _Place:
        """Return the place inside a part that stands here."""
        within = "mixed" if part.kind in SIGNED else part.kind.partition("/")[2]
        return replace(
            self, within=within, alternative=self.alternative or within == "alternative"
        )

    def behind(self, part: Part) -> _Place:
        """Return the place behind a part: among alternatives, the first decides which it is."""
        if self.alternative and part.kind == "text/plain":
            return replace(self, html=False)
        if self.alternative and part.kind == "text/html":
            return replace(self, text=False)
        return self


def sorted_parts(root: Part) -> Sorted:
    """Return the parts of a mail by what they are for."""
    found = Sorted()
    _walk([root], _Place("mixed"), found)
    return found


def _walk(parts: list[Part], place: _Place, found: Sorted) -> None:
    had_text, had_html = len(found.texts), len(found.htmls)
    for number, part in enumerate(parts):
        if _is_opened(part):
            _walk(part.parts(), place.below(part), found)
        elif not _is_inline(part, number, place.within):
            _file(part, found)
        elif place.within == "alternative":
            _alternative(part, found)
        else:
            place = place.behind(part)
            _inline(part, place, found)
    if place.within == "alternative" and place.text and place.html:
        _complete(found, had_text, had_html)
    found.files += [part for part in parts if part.kind in SIGNED and part.parts()]


def _is_opened(part: Part) -> bool:
    return bool(part.parts()) and (part.kind.startswith("multipart/") or part.kind in SIGNED)


def _is_inline(part: Part, number: int, within: str) -> bool:
    """Say whether a part is to be read, and not a file."""
    if _is_broken(part):
        return True
    if part.disposition.word == "attachment":
        return False
    if part.kind not in TEXTS and not part.kind.startswith(MEDIA):
        return False
    if number == 0:
        return True
    return within != "related" and (part.kind.startswith(MEDIA) or not is_named(part))


def _is_broken(part: Part) -> bool:
    """Say whether it claims to have parts, and has none: what it says is read as text."""
    return part.kind.startswith("multipart/") and not part.parts()


def is_named(part: Part) -> bool:
    """Say whether a part has the name of a file."""
    return "filename" in part.disposition.parameters or "name" in part.parameters


def _alternative(part: Part, found: Sorted) -> None:
    if part.kind == "text/html":
        found.htmls.append(part)
    elif part.kind == "text/plain" or _is_broken(part):
        found.texts.append(part)
    else:
        found.files.append(part)


def _inline(part: Part, place: _Place, found: Sorted) -> None:
    if place.text:
        found.texts.append(part)
    if place.html:
        found.htmls.append(part)
    if part.kind.startswith(MEDIA):
        found.files.append(part)


def _complete(found: Sorted, had_text: int, had_html: int) -> None:
    """Let each way of reading have something to show, when only the other one has."""
    texts, htmls = found.texts[had_text:], found.htmls[had_html:]
    if htmls and not texts:
        found.texts += htmls
    elif texts and not htmls:
        found.htmls += texts


def _file(part: Part, found: Sorted) -> None:
    found.files.append(part)
    if part.kind in {"message/delivery-status", "text/rfc822-headers", "message/rfc822"}:
        found.reports.append(part)


def inside(part: Part) -> Iterator[Part]:
    """Give all parts below one, in order, itself first."""
    yield part
    for each in part.parts():
        yield from inside(each)
