"""What an agent writes by mail: a reply to the customer, or a note for colleagues. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from answerable.channels.email.core.letter import split_of
from answerable.channels.email.core.parse import Mail

# As other desks have it. Anywhere but on the first line it is a word like any other.
NOTE = re.compile(r"\s*[#@](?:note|internal|private)\b[ \t]*[:.]?[ \t]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeskText:
    """What an agent says, without quotation and signature, and to whom."""

    body: str
    is_note: bool

    @property
    def mode(self) -> str:
        """The composer that it would have been typed into."""
        return "note" if self.is_note else "reply"


def desk_text(mail: Mail) -> DeskText:
    """Return what an agent's mail says: a note when its first line begins with #note."""
    new = split_of(mail).new.strip("\n")
    found = NOTE.match(new)
    body = new[found.end() :] if found else new
    return DeskText(body.strip("\n"), bool(found))


def files_of(mail: Mail) -> list[str]:
    """Return the names of files that an agent attached; pictures in the text are none."""
    return [file.name for file in mail.attachments if not file.inline]
