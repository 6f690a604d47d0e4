"""What a mail adds to a conversation: new text, and what is folded below it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.channels.email.core.files import listed
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.quote import split_reply

NO_TEXT = "(no text)"
LONGEST_BODY = 150_000


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
    split = split_reply(mail.text)
    new, old = (mail.text.strip("\n"), "") if split.forwards else (split.new, split.folded)
    body, rest = new[:LONGEST_BODY], new[LONGEST_BODY:]
    folded = "\n".join(part for part in (rest, old) if part)
    files = listed(mail.attachments)[:4000]
    lines = [body if _says(body) else NO_TEXT]
    if files:
        lines += ["", files]
    return Written("\n".join(lines), folded)


def _says(text: str) -> bool:
    return any(letter.isprintable() and not letter.isspace() for letter in text)
