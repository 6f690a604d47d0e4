"""A mail that was passed on to us: by an agent, or by a customer. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.channels.email.core.forward import Forwarded, bare, forwarded_in, is_passed_on
from answerable.channels.email.core.letter import Written, written
from answerable.channels.email.core.mapped import Buffer
from answerable.channels.email.core.parse import Mail, read_mail
from answerable.channels.email.core.quote import split_reply
from answerable.channels.email.core.tree import Part

ATTACHED = "message/rfc822"
LONGEST_BODY = 150_000
LONGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The mail that was passed on, and what its forwarder says of it.

    `said` is what its own sender wrote, `body` all of it. One that is attached, and not in the
    text, is for those to use who know that it was meant so.
    """

    name: str
    address: str
    subject: str
    date: str
    body: str
    said: Written
    note: str
    attached: bool = False


def passed_on(mail: Mail, said: Written, root: Part) -> Passed | None:
    """Return the mail that another passes on in its text, else the one that is attached to it.

    Whoever answers below a quotation passes nothing on, unless the subject says so.
    """
    if is_passed_on(mail.subject) or not said.folded:
        found = forwarded_in(mail.subject, mail.text)
        if found and "@" in found.sender.address:
            return _in_text(found)
    mails = [part for part in root.parts() if part.kind == ATTACHED]
    return _attached(mail, mails[0].content()) if len(mails) == 1 else None


def _in_text(found: Forwarded) -> Passed:
    split = split_reply(found.body)
    new = split.new or found.body
    folded = "\n".join(part for part in (new[LONGEST_BODY:], split.folded) if part)
    return Passed(
        name=found.sender.name,
        address=found.sender.address.lower(),
        subject=found.subject,
        date=found.date,
        body=found.body.strip("\n"),
        said=Written(new[:LONGEST_BODY], folded),
        note=_note(found.note),
    )


def _attached(mail: Mail, raw: Buffer) -> Passed | None:
    inner = read_mail(raw)
    if not inner.sender:
        return None
    return Passed(
        name=inner.sender_name,
        address=inner.sender,
        subject=inner.subject or bare(mail.subject),
        date=inner.headers.get("date", ""),
        body=inner.text.strip("\n"),
        said=written(inner),
        note=_note(mail.text),
        attached=True,
    )


def _note(text: str) -> str:
    """Return what the forwarder wrote above it, without their signature."""
    note = split_reply(text).new if text.strip() else ""
    return note.strip()


def as_passed_on(passed: Passed, words: str) -> Written:
    """Return a mail in which a customer passes on another's: their words, and it below them.

    `words` names it. Where they wrote nothing it is what they want to be read.
    """
    note, below = passed.note, passed.body
    if not note:
        return Written(f"{words}\n\n{below[:LONGEST_BODY]}", below[LONGEST_BODY:])
    rest = note[LONGEST_BODY:]
    return Written(f"{note[:LONGEST_BODY]}\n\n{words}", f"{rest}{below}")
