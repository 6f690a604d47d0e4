"""A mail as it was written: a document without an origin, in which nothing runs.

It stands in a frame of our pages. Its Content-Security-Policy lets it have inline styles, and
pictures from where files are served; it has no script, no form, and no way to anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape, unescape
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from answerable import design
from answerable.files import capability
from answerable.files.scanning import held_back
from answerable.tickets.models import HtmlBody

SHEETS = (
    Path(design.__file__).parent / "static" / "design" / "css" / "tokens.css",
    Path(__file__).parent / "static" / "apart" / "frame.css",
)
IMAGE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
# Colours that somebody chose are meant for a white ground.
COLOURED = re.compile(r'(?:color|background)\s*:|(?:color|bgcolor)="', re.IGNORECASE)
# A picture that nobody can see is there to tell its sender that the mail was read.
UNSEEN = {"0", "1", "2"}
THEMES = dict(enumerate(capability.THEMES))

Attributes = dict[str, str]
Placed = Callable[[Attributes], str]


def framed(body: HtmlBody, *, pictures: int, theme: int) -> HttpResponseBase:
    """Return a mail's document: with pictures of the web where they were asked for."""
    answer = HttpResponse(_document(body, pictures=bool(pictures), theme=theme))
    answer.headers["Content-Security-Policy"] = _policy()
    answer.xframe_options_exempt = True  # The policy says who may frame it.
    return answer


def _policy() -> str:
    """Return what the document may do. Links open beside us, in windows that are not ours."""
    files = settings.ANSWERABLE_FILES_URL or settings.ANSWERABLE_URL
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            f"img-src 'self' {files}{capability.PATH}",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors 'self' {settings.ANSWERABLE_URL}",
            "sandbox allow-popups allow-popups-to-escape-sandbox",
        ]
    )


def _document(body: HtmlBody, *, pictures: bool, theme: int) -> str:
    coloured = bool(COLOURED.search(body.html))
    chosen = "light" if coloured else THEMES.get(theme, "")
    themed = f' data-theme="{chosen}"' if chosen else ""
    inner = _with_pictures(body, pictures=pictures)
    return (
        f'<!doctype html><html{themed}><head><meta charset="utf-8">'
        f"<title>{_title(body)}</title>"
        f'<meta name="viewport" content="width=device-width"><base target="_blank">'
        f'<style>{_styles()}</style></head><body dir="auto">{inner}</body></html>'
    )


def _title(body: HtmlBody) -> str:
    return escape(body.message.ticket.subject)


@cache
def _styles() -> str:
    return "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)


def _with_pictures(body: HtmlBody, *, pictures: bool) -> str:
    """Put an address on each picture that is there, or that was asked for."""
    enclosed = _enclosed(body)
    numbers = {address: number for number, address in reversed([*enumerate(body.remote)])}

    def placed(attributes: Attributes) -> str:
        if "src" in attributes:
            return enclosed.get(unescape(attributes["src"])[len("cid:") :].lower(), "")
        remote = numbers.get(unescape(attributes.get("data-remote", "")))
        if remote is None or not pictures or _is_unseen(attributes):
            return ""
        return capability.address("picture", body.pk, remote)

    return IMAGE.sub(lambda image: _image(image[1], placed), body.html)


def _image(written: str, placed: Placed) -> str:
    """Return a picture with its address; one that has none stands there by its words."""
    attributes = dict(ATTRIBUTE.findall(written))
    address = placed(attributes)
    if not address and _is_unseen(attributes):
        return ""
    kept = {
        name: value for name, value in attributes.items() if name not in {"src", "data-remote"}
    }
    if address:
        kept["src"] = escape(address)
    return "<img" + "".join(f' {name}="{value}"' for name, value in kept.items()) + ">"


def _is_unseen(attributes: Attributes) -> bool:
    return bool(UNSEEN & {attributes.get("width", ""), attributes.get("height", "")})


def _enclosed(body: HtmlBody) -> Mapping[str, str]:
    """Return the addresses of pictures that came with the mail, by how its HTML names them."""
    attachments = body.message.attachments.exclude(content_id="").select_related("file")
    return {
        one.content_id.lower(): capability.address("view", one.pk)
        for one in attachments
        if one.file.is_picture and not held_back(one.file)
    }
