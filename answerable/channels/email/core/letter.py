"""What a mail adds to a conversation: new text, and what is folded below it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from answerable.channels.email.core.files import listed
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.quote import Split, split_reply
from answerable.channels.email.core.quote_html import HtmlSplit, split_html

NO_TEXT = "(no text)"
LONGEST_BODY = 150_000
# Beyond these all is quotation, or nobody's to read line by line.
LONGEST_SPLIT, LONGEST_HTML = 300_000, 300_000


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote, and the quotation and signature below it."""

    body: str
    folded: str


def written(mail: Mail) -> Written:
    """Return what a mail says; one without text says so, and names its files.

    A mail that was passed on is what its forwarder wants to be read, so it is not folded. A
    text that is too long for a message goes on in the folded part, so nothing is lost.
    """
    split = split_of(mail)
    if split.forwards:
        return _written(mail, mail.text.strip("\n"), "")
    return _written(mail, split.new, split.folded)


def unsplit(mail: Mail) -> Written:
    """Return what a mail says with nothing folded but what is too long."""
    return _written(mail, mail.text, "")


def split_of(mail: Mail) -> Split | HtmlSplit:
    """Return a mail's text apart from its quotation and its signature.

    HTML says more of both than a text that was made of it.
    """
    if mail.is_html_only and len(mail.html) <= LONGEST_HTML:
        return split_html(mail.html)
    head, rest = mail.text[:LONGEST_SPLIT], mail.text[LONGEST_SPLIT:]
    split = split_reply(head)
    if rest and split.folded:
        return replace(split, quoted=split.quoted + rest, folded=split.folded + rest)
    return replace(split, new=split.new + rest) if rest else split


def _written(mail: Mail, new: str, old: str) -> Written:
    body, rest = new[:LONGEST_BODY], new[LONGEST_BODY:]
    folded = "\n".join(part for part in (rest, old) if part)
    files = listed(mail.attachments)[:4000]
    lines = [body if _says(body) else NO_TEXT]
    if files:
        lines += ["", files]
    return Written("\n".join(lines), folded)


def _says(text: str) -> bool:
    return any(letter.isprintable() and not letter.isspace() for letter in text)
