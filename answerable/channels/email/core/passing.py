"""A mail that was passed on to us: by an agent, or by a customer. Pure."""

from __future__ import annotations

from answerable.channels.email.core.forward import Forwarded, bare, forwarded_in
from answerable.channels.email.core.letter import Written
from answerable.channels.email.core.named_people import Named
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.quote import split_reply
from answerable.channels.email.core.tree import Part

ATTACHED = "message/rfc822"
LONGEST_BODY = 150_000
LONGEST_NOTE = 10_000


def passed_on(mail: Mail, attached: Mail | None = None) -> Forwarded | None:
    """Return the mail that is passed on in another's text, else the attached one, else None."""
    found = forwarded_in(mail.subject, mail.text)
    if found and "@" in found.sender.address:
        return found
    if attached is None or not attached.sender:
        return None
    return Forwarded(
        sender=Named(attached.sender_name, attached.sender),
        to=(),
        cc=(),
        subject=attached.subject or bare(mail.subject),
        date=attached.headers.get("date", ""),
        body=attached.text,
        note=mail.text,
    )


def attached_mail(root: Part) -> bytes | None:
    """Return the bytes of the one mail that another carries; None for none, or for several."""
    mails = [part for part in root.parts() if part.kind == ATTACHED]
    return mails[0].content() if len(mails) == 1 else None


def as_written(forwarded: Forwarded) -> Written:
    """Return what the original sender wrote, as a message of theirs."""
    split = split_reply(forwarded.body)
    new = split.new or forwarded.body
    rest = new[LONGEST_BODY:]
    folded = "\n".join(part for part in (rest, split.folded) if part)
    return Written(new[:LONGEST_BODY], folded)


def note_of(forwarded: Forwarded) -> str:
    """Return what the forwarder wrote above it, without their signature."""
    note = split_reply(forwarded.note).new if forwarded.note.strip() else ""
    return note.strip()[:LONGEST_NOTE]


def as_passed_on(forwarded: Forwarded, words: str) -> Written:
    """Return a mail in which a customer passes on another's: their words, and it below them.

    `words` names it. Where they wrote nothing it is what they want to be read.
    """
    note, below = forwarded.note.strip(), forwarded.body.strip("\n")
    if not note:
        return Written(f"{words}\n\n{below[:LONGEST_BODY]}", below[LONGEST_BODY:])
    return Written(f"{note[:LONGEST_BODY]}\n\n{words}", f"{note[LONGEST_BODY:]}{below}")
