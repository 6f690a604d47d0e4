"""The files of a reply in its mail; what is too large for mail is named, and stays here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.channels.email import ours
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.wire import WireMessage
from answerable.files.reading import pieces
from answerable.files.words import described
from answerable.tickets.models import Attachment

# Many servers take 25 MB, counted as it is written for the wire: a third more than files are.
MOST_IN_MAIL = 18 * 1024 * 1024
ANYTHING = ("application", "octet-stream")
# What a mail program may open by itself goes as the file that it is.
NAMED = ("image/", "application/")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The files that go with a mail, and those that are too large for it."""

    goes: Sequence[Attachment] = ()
    stays: Sequence[Attachment] = ()


def enclosed_in(queued: OutgoingMail) -> Enclosed:
    """Return the files of a mail's message. One in which the scanner found something stays."""
    said = queued.message or queued.side
    if said is None:
        return Enclosed()
    goes: list[Attachment] = []
    stays: list[Attachment] = []
    size = 0
    for one in said.attachments.select_related("file").order_by("pk"):
        size += one.file.size
        fits = size <= MOST_IN_MAIL and not one.file.is_infected
        (goes if fits else stays).append(one)
    return Enclosed(goes, stays)


def named(queued: OutgoingMail, stays: Sequence[Attachment]) -> str:
    """Say which files are not in the mail and where they are, in the reader's language."""
    if not stays:
        return ""
    with translation.override(queued.contact.language if queued.contact else "en"):
        names = ", ".join(f"{one.name} ({described(one.file)})" for one in stays)
        words = _("Too large for mail: {names}. You find it here: {url}")
        address = ours.request_url(queued.ticket) if queued.ticket else ""
        return words.format(names=names, url=address)


def text_with(text: str, said: str) -> str:
    """Return a mail's text with a last paragraph."""
    return f"{text.rstrip()}\n\n{said}\n" if said else text


def html_with(html: str, said: str) -> str:
    """Return a mail's page with a last paragraph."""
    before, end, after = html.rpartition("</body>")
    return f"{before}<p>{escape(said)}</p>\n{end}{after}" if said and end else html


def enclose(wire: WireMessage, files: Sequence[Attachment]) -> None:
    """Put files into a mail, each under its name and as what it is."""
    for one in files:
        wire.enclose(partial(pieces, one.file), kind=_kind(one), name=one.name)


def put_beside(letter: EmailMessage, files: Sequence[Attachment]) -> None:
    """Put files beside a mail for a provider, which takes them whole."""
    for one in files:
        letter.attach(one.name, b"".join(pieces(one.file)), "/".join(_kind(one)))


def _kind(one: Attachment) -> tuple[str, str]:
    main, slash, sub = one.file.type.partition("/")
    return (main, sub) if slash and one.file.type.startswith(NAMED) else ANYTHING
