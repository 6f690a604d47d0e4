"""What became of a mail, in the words of whoever reads the ledger."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from answerable.channels.email.models import InboundMail

State = InboundMail.State
# Reasons stand in the ledger as our rules gave them. These have words in other languages too.
REASONS = (
    gettext_noop("The same mail came before."),
    gettext_noop("It comes from our own address."),
    gettext_noop("It is a report of a mail server (multipart/report)."),
    gettext_noop("It names failed recipients (X-Failed-Recipients)."),
    gettext_noop("A mail server says that a mail was not delivered."),
    gettext_noop("A mail server sent it."),
    gettext_noop("Its subject is that of an automatic reply."),
    gettext_noop("It came by a mailing list (List-Id)."),
    gettext_noop("Its return path is empty, so its sender wants no answer."),
    gettext_noop("No mail of ours is named in it."),
    gettext_noop("It says that a mail of ours is delayed."),
    gettext_noop("It is about an automatic mail of ours."),
    gettext_noop("It names other recipients than that of our mail."),
    gettext_noop("A mail server reports on a mail (delivery-status)."),
    gettext_noop("A mail provider reports that a mail was not delivered."),
    gettext_noop("It is a complaint by a feedback loop (RFC 5965)."),
    gettext_noop("A mail provider passes on a complaint."),
    gettext_noop("A mail program unsubscribes for its user."),
    gettext_noop("It is a receipt for a mail that was read (RFC 8098)."),
    gettext_noop("It reports that a mail arrived (RFC 3464)."),
    gettext_noop(
        "More than sixty mails came to its ticket within an hour, as when programs talk."
    ),
)
# Those that hold a header's words, and what they are in other languages.
WITH_WORDS = (
    (re.compile(r"It says so itself \((.*)\)\."), gettext_noop("It says so itself ({words}).")),
    (
        re.compile(r"It was sent in bulk \((.*)\)\."),
        gettext_noop("It was sent in bulk ({words})."),
    ),
    (
        re.compile(r"A calendar answers an invitation \((.*)\)\."),
        gettext_noop("A calendar answers an invitation ({words})."),
    ),
)


def reason_of(mail: InboundMail) -> str:
    """Return why a mail is where it is; nothing for one that was not read yet."""
    if mail.state == State.ACCEPTED and mail.ticket_id:
        return _accepted(mail)
    return said(mail.reason)


def said(reason: str) -> str:
    """Return a recorded reason, sentence by sentence in the reader's language where we can."""
    if not reason:
        return ""
    sentences = reason.replace(". ", ".\n").split("\n")
    return " ".join(_sentence(sentence) for sentence in sentences)


def _sentence(said: str) -> str:
    for pattern, words in WITH_WORDS:
        if match := pattern.fullmatch(said):
            return _(words).format(words=match[1])
    return _(said)


def _accepted(mail: InboundMail) -> str:
    number = f"#{mail.ticket_id}"
    if mail.door == InboundMail.Door.IMPORT:
        return _("Kept as history in {ticket}.").format(ticket=number)
    if mail.reason.startswith("Opened"):
        if mail.reason.endswith("for review."):
            return _("Opened {ticket} for review: nobody knows its sender.").format(
                ticket=number
            )
        return _("Opened {ticket}.").format(ticket=number)
    if "unverified" in mail.reason:
        words = _("Added to {ticket}, unverified: its sender is not known to be the customer.")
        return words.format(ticket=number)
    return _("Added to {ticket}.").format(ticket=number)
