"""The files of a reply in its mail; what is too large for mail is a link, which ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from answerable.channels.email import ours
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.wire import WireMessage
from answerable.channels.email.words import language_of
from answerable.files.capability import LINKED_FOR, link_token
from answerable.files.reading import pieces
from answerable.files.words import described
from answerable.lib import times
from answerable.tickets.models import Attachment

# Many servers take 25 MB, counted as it is written for the wire: a third more than files are.
MOST_IN_MAIL = 18 * 1024 * 1024
ANYTHING = ("application", "octet-stream")
# What a mail program may open by itself goes as the file that it is.
NAMED = ("image/", "application/")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The files that go with a mail, those too large for it, and those that nobody gets."""

    goes: Sequence[Attachment] = ()
    linked: Sequence[Attachment] = ()
    infected: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A paragraph below a mail about a file that is not in it, and the address in it."""

    words: str
    url: str = ""

    @property
    def text(self) -> str:
        """As it stands in a mail's text."""
        return self.words.replace("{url}", self.url)

    @property
    def html(self) -> str:
        """As it stands in a mail's page."""
        link = f'<a href="{escape(self.url)}">{escape(self.url)}</a>'
        return f"<p>{escape(self.words).replace('{url}', link)}</p>"


def enclosed_in(queued: OutgoingMail) -> Enclosed:
    """Return the files of a mail's message, in the order in which they were attached: each that
    has room goes. One in which the scanner found something goes to nobody."""
    said = queued.message or queued.side
    if said is None:
        return Enclosed()
    goes: list[Attachment] = []
    linked: list[Attachment] = []
    infected: list[Attachment] = []
    size = 0
    for one in said.attachments.select_related("file").order_by("pk"):
        if one.file.is_infected:
            infected.append(one)
        elif size + one.file.size > MOST_IN_MAIL:
            linked.append(one)
        else:
            size += one.file.size
            goes.append(one)
    return Enclosed(goes, linked, infected)


def beside(queued: OutgoingMail, files: Enclosed) -> list[Beside]:
    """Say which files are not in the mail and where they are, in the reader's language."""
    with language_of(queued.contact):
        return [
            *(_linked(one, queued) for one in files.linked),
            *(_withheld(one) for one in files.infected),
        ]


def _linked(one: Attachment, queued: OutgoingMail) -> Beside:
    zone = ZoneInfo(queued.contact.zone if queued.contact else settings.ANSWERABLE_ZONE)
    at = queued.created_at
    words = _(
        "Too large for email: {name} ({about}). You can download it until {time}: {url}"
    ).format(
        name=_plain(one.name),
        about=described(one.file),
        time=times.customer_moment(at + LINKED_FOR, at, zone),
        url="{url}",
    )
    return Beside(words, ours.file_url(link_token(one.pk, at=at)))


def _withheld(one: Attachment) -> Beside:
    words = _("Not sent: the virus scanner found something in {name}.")
    return Beside(words.format(name=_plain(one.name)))


def _plain(name: str) -> str:
    """Return a file's name without what stands for the address in these paragraphs."""
    return name.replace("{url}", "url")


def text_with(text: str, said: Sequence[Beside]) -> str:
    """Return a mail's text with paragraphs below it."""
    return "\n\n".join([text.rstrip(), *(one.text for one in said)]) + "\n" if said else text


def html_with(html: str, said: Sequence[Beside]) -> str:
    """Return a mail's page with paragraphs below it."""
    before, end, after = html.rpartition("</body>")
    added = "".join(f"{one.html}\n" for one in said)
    return f"{before}{added}{end}{after}" if added and end else html


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
