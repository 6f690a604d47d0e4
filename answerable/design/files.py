"""Files beside a text, and a mail as it was written: not templates, as they are many.

What they show was made by strangers, so every word of it is escaped, and nothing of it is
loaded but from where files are served apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.design.chips import drawing

# What a frame may do: open links in windows that are not ours. No scripts, no origin.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
SHORTEST, LONGEST, A_LINE, LINE_OF = 160, 1200, 24, 90


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file as a page lists it. `held`: why it is not handed out; `warns`: what to know."""

    name: str
    described: str
    icon: str
    address: str
    opens: bool = False
    picture: tuple[int, int] | None = None
    is_small: bool = False  # a logo or the like, which a mail shows between its words
    held: str = ""
    warns: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameView:
    """A mail as it was written: where its document is, and what it is about."""

    name: str
    title: str
    address: str
    length: int  # of its HTML
    has_remote: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """A file that waits beside a text, as its form lists it."""

    number: int
    name: str
    described: str
    icon: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attaching:
    """What a form needs to let files be attached: where they go, and what there is."""

    address: str
    files: Sequence[WaitingView] = ()
    problems: Sequence[str] = ()
    most_mb: int


def waiting_html(file: WaitingView) -> SafeString:
    """Return a file that waits: its form sends it along, unless it is ticked to be left out."""
    name = f'<bdi class="file-name">{escape(file.name)}</bdi>'
    said = f'<span class="file-about">{name} <small>{escape(file.described)}</small></span>'
    words = escape(_("Remove"))
    label = escape(f"{_('Remove')}: {file.name}")
    return SafeString(
        f'<li class="file" data-size="{file.size}">'
        f'<input type="hidden" name="files" value="{file.number}">'
        f'{drawing(file.icon)}{said}<label class="file-drop"><input type="checkbox" '
        f'name="drop" value="{file.number}" aria-label="{label}">{words}</label></li>'
    )


def files_html(files: Sequence[FileView]) -> SafeString:
    """Return the list of files beside a text; nothing without any."""
    listed = [file for file in files if not file.is_small]
    small = [file for file in files if file.is_small]
    out = _list(listed) if listed else ""
    if small:
        words = ngettext(
            "{count} small picture between the words",
            "{count} small pictures between the words",
            len(small),
        ).format(count=len(small))
        inner = f"<summary>{escape(words)}</summary>{_list(small)}"
        out += f'<details class="folded">{inner}</details>'
    return SafeString(out)


def as_written_html(frame: FrameView, text: str, *, is_first: bool) -> SafeString:
    """Return a text and its mail's own look: one of them folded, whichever says less.

    `text` is HTML of ours.
    """
    framed = _frame(frame)
    words = _("Show as text") if is_first else _("Show as it was written")
    if is_first:
        inner = f"<summary>{escape(words)}</summary>{text}"
        return SafeString(f'{framed}<details class="folded">{inner}</details>')
    inner = f"<summary>{escape(words)}</summary>{framed}"
    kept = f'class="folded as-written" id="{frame.name}-box" hx-preserve="true"'
    return SafeString(f"{text}<details {kept}>{inner}</details>")


def _list(files: Sequence[FileView]) -> str:
    inner = "".join(map(_file, files))
    return f'<ul class="files" aria-label="{escape(_("Files"))}">{inner}</ul>'


def _file(file: FileView) -> str:
    name = f'<bdi class="file-name">{escape(file.name)}</bdi>'
    said = f'<span class="file-about">{name} <small>{escape(file.described)}</small></span>'
    if file.held:
        held = f'<span class="file-held">{drawing("alert")}{escape(file.held)}</span>'
        return f'<li class="file file--held">{drawing(file.icon)}{said}{held}</li>'
    warning = f'<span class="file-held">{escape(file.warns)}</span>' if file.warns else ""
    acts = (_opening(file) if file.opens else "") + _link(file, "", _("Download"), "download")
    look, css = (
        (_thumbnail(file), " file--picture") if file.picture else (drawing(file.icon), "")
    )
    inner = f'{look}{said}{warning}<span class="file-acts">{acts}</span>'
    return f'<li class="file{css}">{inner}</li>'


def _thumbnail(file: FileView) -> str:
    width, height = file.picture or (0, 0)
    image = (
        f'<img src="{file.address}?view=1" alt="" width="{width}" height="{height}" '
        f'loading="lazy" decoding="async" referrerpolicy="no-referrer">'
    )
    label = escape(_("Open {name}").format(name=file.name))
    start = f'<a class="file-look" href="{file.address}?view=1" target="_blank" '
    return f'{start}rel="noopener noreferrer" aria-label="{label}">{image}</a>'


def _opening(file: FileView) -> str:
    if file.picture:
        return ""  # Its thumbnail opens it.
    return _link(file, "?view=1", _("Open"), "external", ' target="_blank"')


def _link(file: FileView, query: str, words: str, icon: str, more: str = "") -> str:
    label = f'aria-label="{escape(words)}: {escape(file.name)}"'
    start = f'<a class="file-act" href="{file.address}{query}" rel="noopener noreferrer"'
    return f"{start}{more} {label}>{drawing(icon)}{escape(words)}</a>"


def _frame(frame: FrameView) -> str:
    lines = frame.length // LINE_OF
    height = min(max(lines * A_LINE, SHORTEST), LONGEST)
    acts = _act(frame.address, _("Open in a tab"), "_blank", "external")
    if frame.has_remote:
        asked = f"{frame.address}?pictures=1"
        acts = _act(asked, _("Show pictures from other servers"), frame.name, "image") + acts
    larger = escape(_("Show larger"))
    return (
        f'<div class="written"><div class="written-acts">{acts}'
        f'<label class="written-larger"><input type="checkbox">{larger}</label></div>'
        f'<iframe name="{frame.name}" title="{escape(frame.title)}" src="{frame.address}" '
        f'sandbox="{SANDBOX}" referrerpolicy="no-referrer" loading="lazy" height="{height}">'
        f"</iframe></div>"
    )


def _act(address: str, words: str, target: str, icon: str) -> str:
    start = f'<a class="file-act" href="{address}" target="{target}" rel="noopener noreferrer">'
    return f"{start}{drawing(icon)}{escape(words)}</a>"
