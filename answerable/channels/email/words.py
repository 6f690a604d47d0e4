"""The words of the mails that we write, in the reader's language and zone.

A guarantee and an aim never look alike: an aim says that it is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import dateformat, translation
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.channels.email import ours
from answerable.channels.email.core.page import PLAIN_LOOK, Look, Page, Quoted
from answerable.channels.email.core.rich import STYLES
from answerable.channels.email.signed_by import signed_by
from answerable.channels.email.texts import CLOSING, FOOTER, GREETING, Texts
from answerable.lib import times
from answerable.lib.markdown import styled
from answerable.tickets.models import Message, SideMessage, Ticket


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject, the parts of a text, and how it looks."""

    subject: str
    page: Page
    language: str = "en"
    look: Look = PLAIN_LOOK

    @property
    def text(self) -> str:
        """The plain text."""
        return self.page.as_text()

    @property
    def html(self) -> str:
        """The same as a page of HTML."""
        return self.page.as_html(subject=self.subject, language=self.language, look=self.look)


@dataclass(frozen=True, slots=True)
class Promised:
    """What a ticket was promised: guarantee, aim or nothing, and by when, or within how many
    seconds once we set its severity."""

    kind: str
    due_at: datetime | None
    within: float = 0


def tagged(ticket: Ticket, subject: str) -> str:
    """Return a subject with the ticket's number before it."""
    return f"[#{ticket.pk}] {subject}"


def support_name() -> str:
    """Return the name that stands in From."""
    return _("{vendor} Support").format(vendor=settings.ANSWERABLE_VENDOR)


def sender_name(message: Message | SideMessage | None) -> str:
    """Return whose mail it is: “Ana Silva (Answerable Support)”, or support alone."""
    if message and message.agent:
        return f"{message.agent.name} ({support_name()})"
    return support_name()


def written(letter_of: Page, subject: str, texts: Texts) -> Letter:
    """Return a mail in the language that is active."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return Letter(subject, letter_of, language, texts.look)


def reply(
    ticket: Ticket, message: Message, texts: Texts, answered: Message | None = None
) -> Letter:
    """Return an agent's reply or notice as a mail, with what it answers below it.

    A stranger gets no link to sign in.
    """
    contact = ticket.requester
    agent = message.author
    name = contact.name if contact else ticket.sender_name
    with language_of(contact):
        closing = texts.say(CLOSING, name=name, agent=agent)
        url, number = (ours.request_url(ticket), str(ticket.pk)) if contact else ("", "")
        body = "\n\n".join(part for part in (message.body.strip("\n"), closing) if part)
        signed = signed_by(message.agent, agent, texts)
        page = Page(
            body=body,
            signature=signed.text,
            footer=texts.say(FOOTER, url=url, number=number) if contact else "",
            quoted=_quoted(answered, contact) if answered else None,
            html=styled(body, STYLES),
            signature_html=signed.html,
        )
        return written(page, tagged(ticket, _subject(ticket, answered)), texts)


def _subject(ticket: Ticket, answered: Message | None) -> str:
    """Return the subject of a reply: nothing is answered while we alone have written."""
    if answered or ticket.messages.filter(kind=Message.Kind.MESSAGE).exists():
        return f"Re: {ticket.subject}"
    return ticket.subject


def _quoted(answered: Message, contact: Contact | None) -> Quoted:
    zone = ZoneInfo(contact.zone if contact else settings.ANSWERABLE_ZONE)
    local = answered.written_at.astimezone(zone)
    head = _("On {date} at {time}, {name} wrote:").format(
        date=dateformat.format(local, _("j F Y")), time=f"{local:%H:%M}", name=answered.author
    )
    return Quoted(head, answered.body)


def acknowledgement(
    ticket: Ticket, contact: Contact, promised: Promised, at: datetime, texts: Texts
) -> Letter:
    """Return the mail that says what a request was promised; times in the contact's zone."""
    with language_of(contact):
        zone = ZoneInfo(contact.zone)
        had = _("We have your message “{subject}”. It is request #{number}.")
        lines = [
            texts.say(GREETING, name=contact.name),
            "",
            had.format(subject=ticket.subject, number=ticket.pk),
            "",
            *_promise_lines(promised, at, zone),
            *_mail_lines(ticket, promised),
            "",
            _("Read it, or add to it: {url}").format(url=ours.request_url(ticket)),
            _("You can also reply to this mail."),
        ]
        subject = tagged(ticket, _promise_subject(promised, at, zone))
        return written(automatic(lines), subject, texts)


def automatic(lines: list[str]) -> Page:
    """Return the parts of a mail that no person wrote, and that says so."""
    return Page("\n".join(lines), support_name(), _("This mail was sent automatically."))


def _promise_subject(promised: Promised, at: datetime, zone: ZoneInfo) -> str:
    if promised.due_at is None:
        return _("We have your message")
    words = (
        _("We have your message: guaranteed reply by {time} ({city})")
        if promised.kind == "guarantee"
        else _("We have your message: we aim to reply by {time} ({city})")
    )
    time = times.moment(promised.due_at, at, zone)
    return words.format(time=time, city=times.city(zone))


def _promise_lines(promised: Promised, at: datetime, zone: ZoneInfo) -> Iterator[str]:
    due = promised.due_at
    if promised.within:
        words = (
            _("Guaranteed reply within {length}, counted from when we set the severity.")
            if promised.kind == "guarantee"
            else _(
                "We aim to reply within {length}, counted from when we set the severity. "
                "This is not a guarantee."
            )
        )
        yield words.format(length=times.span(int(promised.within)))
        return
    if due is None:
        yield _("We reply as soon as we can. This is not a guarantee.")
        return
    words = (
        _("Guaranteed reply by {time} ({offset}, {city}).")
        if promised.kind == "guarantee"
        else _("We aim to reply by {time} ({offset}, {city}). This is not a guarantee.")
    )
    yield words.format(
        time=times.customer_moment(due, at, zone),
        offset=times.offset_name(due, zone),
        city=times.city(zone),
    )


def _mail_lines(ticket: Ticket, promised: Promised) -> Iterator[str]:
    if ticket.channel == Ticket.Channel.EMAIL and promised.kind != "guarantee":
        yield ""
        yield _("A request by mail carries no guarantee. The request form can carry one:")
        yield ours.form_url()


def sign_in_link(contact: Contact, url: str, texts: Texts) -> Letter:
    """Return the mail with a link that signs a contact in."""
    with language_of(contact):
        lines = [
            texts.say(GREETING, name=contact.name),
            "",
            _("This link signs you in. It works once, for 15 minutes:"),
            url,
            "",
            _("If you did not ask for it, nothing happens as long as nobody opens it."),
        ]
        subject = _("Sign in to {vendor} Support").format(vendor=settings.ANSWERABLE_VENDOR)
        return written(Page("\n".join(lines), support_name()), subject, texts)


@contextmanager
def language_of(contact: Contact | None) -> Iterator[None]:
    """Speak the language of a contact, or that of the installation to a stranger."""
    language = contact.language if contact else settings.LANGUAGE_CODE
    with translation.override(language):
        yield
