"""All that a worker wants to know of a mail, read at once. Pure.

It is read in a process that may be killed (reader.py), so it holds nothing but values, and
files that are read on their way back (laid.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from answerable.channels.email.core.automatic import Kind, Signs, why_automatic
from answerable.channels.email.core.failure import Failure, failure_of
from answerable.channels.email.core.kinds import signs_of
from answerable.channels.email.core.letter import Written, unsplit, written
from answerable.channels.email.core.mapped import Buffer
from answerable.channels.email.core.parse import Mail, plain_mail, read_mail
from answerable.channels.email.core.passing import Passed, passed_on
from answerable.channels.email.core.tree import Part, parsed


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail to be read, its return path, and our domain, by which our own mails are known."""

    raw: Buffer
    envelope_from: str
    domain: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mail says, the signs of what it is, and what a bounce says of a mail of ours."""

    mail: Mail
    said: Written
    signs: Signs  # as of a mail that is not ours
    failure: Failure | None = None
    passed: Passed | None = None  # the mail that it passes on


def reading_of(asked: Asked) -> Reading:
    """Return what a mail says; what cannot be taken apart is given as plain text."""
    try:
        return _reading(asked)
    except Exception as error:  # Whatever is wrong with it, it must not be lost.
        return plain_reading(asked, f"It cannot be taken apart ({type(error).__name__}).")


def plain_reading(asked: Asked, problem: str) -> Reading:
    """Return a mail as its headers and the text below them, whatever that is."""
    mail = plain_mail(asked.raw, problem)
    signs = Signs(
        headers=mail.headers,
        content_type=mail.content_type,
        envelope_from=asked.envelope_from,
        sender=mail.sender or asked.envelope_from,
        subject=mail.subject,
        is_own=False,
        sender_name=mail.sender_name,
    )
    return Reading(_bare(mail), unsplit(mail), signs)


def _reading(asked: Asked) -> Reading:
    mail = read_mail(asked.raw)
    root: Part = mail.root or parsed(b"")
    signs = signs_of(mail, root, envelope_from=asked.envelope_from)
    machine = why_automatic(signs)
    is_bounce = machine is not None and machine.kind == Kind.BOUNCE
    failure = failure_of(mail, root, asked.domain) if is_bounce else None
    said = written(mail)
    passed = None if machine else passed_on(mail, said, root)
    return Reading(_bare(mail), said, signs, failure, passed)


def _bare(mail: Mail) -> Mail:
    """Return a mail without the tree of its parts; its files still read from those."""
    return replace(mail, root=None)
