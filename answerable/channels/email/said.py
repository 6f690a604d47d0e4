"""What a customer's mail says as a message: their words, and what is folded below them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from answerable.channels.email.core.forward import Forwarded
from answerable.channels.email.core.letter import Written, written
from answerable.channels.email.core.parse import Mail
from answerable.channels.email.core.passing import as_passed_on, passed_on


def said_in(mail: Mail) -> Written:
    """Return what a mail says; what its sender passes on is named, and folded below it."""
    forwarded = passed_on(mail)
    if forwarded is None:
        return written(mail)
    return as_passed_on(forwarded, named(forwarded))


def named(forwarded: Forwarded) -> str:
    """Return the line that says what was passed on: whose mail, about what, of when."""
    who = forwarded.sender.name or forwarded.sender.address
    if forwarded.sender.name and forwarded.sender.address:
        who = f"{forwarded.sender.name} <{forwarded.sender.address}>"
    words = _("Forwarded: “{subject}” from {who}").format(subject=forwarded.subject, who=who)
    return f"{words}, {forwarded.date}" if forwarded.date else words
