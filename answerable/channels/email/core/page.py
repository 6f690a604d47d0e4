"""A mail as we write it: its parts, as plain text and as a simple page of HTML. Pure.

The page has no tables, no pictures of its own and no colours but those of lines, so that it
looks like something that a person wrote, on light ground and on dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from answerable.channels.email.core.rich import QUOTE, plain, plain_lines

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ACCENT = "#3b6ea8"
MOST_QUOTED_LINES = 12
MOST_QUOTED = 1200
ALREADY_QUOTED = re.compile(r"\s{0,3}>")

BODY = (
    "margin:0;padding:16px;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Helvetica,"
    "Arial,sans-serif;font-size:15px;line-height:1.5"
)
COLUMN = "max-width:640px;overflow-wrap:break-word"
SIGNATURE = "margin:16px 0 0;padding:10px 0 0;border-top:2px solid {accent}"
SMALL = "margin:12px 0 0;font-size:13px;opacity:0.85"
LOGO = "display:block;margin:0 0 8px;max-height:40px;max-width:200px;border:0"


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a mail answers: the line that says whose it is, and the text."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """What all mails have alike: the colour of their line, and a picture by its address."""

    accent: str = ACCENT
    logo: str = ""


PLAIN_LOOK = Look()


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a mail. Each may be empty; `footer` is small, and for programs no text.

    `html` is the body as it looks, where an agent wrote all of it: else it is no markup. So it
    is with `signature_html`.
    """

    body: str
    signature: str = ""
    footer: str = ""
    quoted: Quoted | None = None
    html: str = ""
    signature_html: str = ""

    def as_text(self) -> str:
        """Return it as plain text, which ends with a line end."""
        parts = [self.body.strip("\n"), self.signature.strip("\n")]
        if self.footer:
            parts.append(f"-- \n{self.footer}")
        if self.quoted:
            lines = shortened(self.quoted.text)
            behind = "\n".join(f"> {line}".rstrip() for line in lines)
            parts.append(f"{self.quoted.head}\n{behind}")
        return "\n\n".join(part for part in parts if part) + "\n"

    def as_html(self, *, subject: str, language: str, look: Look) -> str:
        """Return it as a page of HTML, with lines of less than 900 letters where it can."""
        return "\n".join(self._lines(subject, language, look)) + "\n"

    def _lines(self, subject: str, language: str, look: Look) -> Iterator[str]:
        yield f'<!doctype html>\n<html lang="{escape(language)}">\n<head>'
        yield '<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="color-scheme" content="light dark">'
        yield '<meta name="supported-color-schemes" content="light dark">'
        yield f"<title>{escape(subject)}</title>\n</head>"
        yield f'<body style="{BODY}">\n<div dir="auto" style="{COLUMN}">'
        yield self.html or plain(self.body)
        if self.signature:
            shown = self.signature_html or plain_lines(self.signature.strip())
            yield from _signature(shown, look)
        if self.footer:
            yield f'<p style="{SMALL}">{plain_lines(self.footer.strip())}</p>'
        yield "</div>"
        if self.quoted:
            yield _quotation(self.quoted)
        yield "</body>\n</html>"


def shortened(text: str) -> Sequence[str]:
    """Return the first lines of a text that is quoted, and […] where it goes on.

    What it quotes itself is left out: whoever reads it has it above.
    """
    own = [line for line in text.strip().splitlines() if not ALREADY_QUOTED.match(line)]
    lines: list[str] = []
    room = MOST_QUOTED
    for line in own:
        if len(lines) == MOST_QUOTED_LINES or room <= 0:
            return [*lines, "[\u2026]"]
        lines.append(line if len(line) <= room else f"{line[:room].rstrip()} [\u2026]")
        room -= len(line)
    return lines


def _signature(shown: str, look: Look) -> Iterator[str]:
    accent = look.accent if COLOUR.fullmatch(look.accent) else ACCENT
    yield f'<div style="{SIGNATURE.format(accent=accent)}">'
    if look.logo.startswith("https://"):
        yield f'<img src="{escape(look.logo)}" alt="" style="{LOGO}">'
    yield f"{shown}</div>"


def _quotation(quoted: Quoted) -> str:
    """Return what mail programs fold: they know it by its class, and by its first line."""
    lines = "<br>\n".join(escape(line) for line in shortened(quoted.text))
    head = f'<p style="{SMALL}">{escape(quoted.head)}</p>'
    quote = f'<blockquote class="gmail_quote" type="cite" style="{QUOTE}">{lines}</blockquote>'
    return f'<div class="gmail_quote" dir="auto" style="{COLUMN}">{head}\n{quote}</div>'
