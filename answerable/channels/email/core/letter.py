"""What a mail adds to a conversation: new text, and what is folded below it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

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
    """Return what a mail says; one without text says so.

    A text that is too long for a message goes on in the folded part, so nothing is lost.
    """
    split = split_reply(mail.text)
    body, rest = split.new[:LONGEST_BODY], split.new[LONGEST_BODY:]
    folded = "\n".join(part for part in (rest, split.folded) if part)
    return Written(body if _says(body) else NO_TEXT, folded)


def _says(text: str) -> bool:
    return any(letter.isprintable() and not letter.isspace() for letter in text)
